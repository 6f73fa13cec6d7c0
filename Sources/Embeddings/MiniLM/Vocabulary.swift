import Foundation

/// The pieces of words that a model knows, one a line of `vocab.txt`; a piece's id is its line, from 0.
///
/// A piece that goes on a word begins with `##`.
public struct Vocabulary: Sendable {
  /// The pieces with meanings of their own.
  struct Special: Sendable, Equatable {
    var padding: Int32
    var unknown: Int32
    var start: Int32
    var end: Int32
    var mask: Int32
  }

  /// A prefix of a hash, as it grows byte by byte.
  struct Hash: Sendable {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    /// FNV-1a.
    @inline(__always) mutating func combine(_ byte: UInt8) {
      value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
  }

  /// The number of pieces.
  public let count: Int
  /// The longest piece in bytes of UTF-8.
  let longest: Int
  let special: Special
  private let bytes: [UInt8]
  /// Where each piece begins in `bytes`; one more at the end.
  private let starts: [Int32]
  /// Open addressing: ids, or -1.
  private let slots: [Int32]

  /// Reads a `vocab.txt`.
  ///
  /// - Throws: ``EmbeddingError``: `unavailable` when the file cannot be read, `modelDamaged` when it is no
  ///   vocabulary of BERT.
  public init(contentsOf url: URL) throws {
    guard let data = FileManager.default.contents(atPath: url.path) else {
      throw EmbeddingError(code: .unavailable, message: "cannot read the vocabulary \(url.path)")
    }
    try self.init([UInt8](data), name: url.path)
  }

  init(_ text: [UInt8], name: String) throws {
    var bytes: [UInt8] = []
    var starts: [Int32] = [0]
    var longest = 0
    for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      bytes += line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      longest = max(longest, bytes.count - Int(starts[starts.count - 1]))
      starts.append(Int32(clamping: bytes.count))
    }
    // The text after the last line break is no piece.
    if text.last == UInt8(ascii: "\n") || text.isEmpty { starts.removeLast() }
    count = starts.count - 1
    guard count > 0, bytes.count < Int32.max, count < 1 << 24 else {
      throw EmbeddingError(
        code: .modelDamaged, message: "\(name): expected a vocabulary, one piece a line; found \(count) lines"
      )
    }
    var size = 1 << 10
    while size < count * 4 { size *= 2 }
    var slots = [Int32](repeating: -1, count: size)
    for id in 0..<count {
      var hash = Hash()
      for byte in bytes[Int(starts[id])..<Int(starts[id + 1])] { hash.combine(byte) }
      var slot = Self.slot(hash, size)
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int32(id)
    }
    self.bytes = bytes
    self.starts = starts
    self.slots = slots
    self.longest = longest
    special = try Self.special(name) { Self.find($0, bytes, starts, slots) }
  }

  /// The id of a piece; nil when the model does not know it.
  public func id(of piece: String) -> Int32? { Self.find(piece, bytes, starts, slots) }

  /// The piece of an id; nil when there is none.
  public func piece(_ id: Int32) -> String? {
    guard id >= 0, id < count else { return nil }
    return String(decoding: bytes[Int(starts[Int(id)])..<Int(starts[Int(id) + 1])], as: UTF8.self)
  }

  /// The id of the piece made of `prefix` and then `text`, whose hash together is `hash`.
  @inline(__always)
  func id(_ prefix: StaticString, _ text: UnsafeBufferPointer<UInt8>, _ hash: Hash) -> Int32? {
    let length = prefix.utf8CodeUnitCount + text.count
    return slots.withUnsafeBufferPointer { slots in
      var slot = Self.slot(hash, slots.count)
      while slots[slot] >= 0 {
        let id = Int(slots[slot])
        let start = Int(starts[id])
        if Int(starts[id + 1]) - start == length, matches(start, prefix, text) { return Int32(id) }
        slot = (slot + 1) & (slots.count - 1)
      }
      return nil
    }
  }

  @inline(__always)
  private func matches(_ start: Int, _ prefix: StaticString, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let head = prefix.utf8CodeUnitCount
    for place in 0..<head where bytes[start + place] != prefix.utf8Start[place] { return false }
    for place in 0..<text.count where bytes[start + head + place] != text[place] { return false }
    return true
  }

  @inline(__always) private static func slot(_ hash: Hash, _ size: Int) -> Int {
    Int(truncatingIfNeeded: hash.value ^ (hash.value >> 29)) & (size - 1)
  }

  private static func find(_ piece: String, _ bytes: [UInt8], _ starts: [Int32], _ slots: [Int32]) -> Int32? {
    var hash = Hash()
    for byte in piece.utf8 { hash.combine(byte) }
    var slot = slot(hash, slots.count)
    while slots[slot] >= 0 {
      let id = Int(slots[slot])
      if bytes[Int(starts[id])..<Int(starts[id + 1])].elementsEqual(piece.utf8) { return Int32(id) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private static func special(_ name: String, _ find: (String) -> Int32?) throws -> Special {
    func id(_ piece: String) throws -> Int32 {
      guard let id = find(piece) else {
        throw EmbeddingError(
          code: .modelDamaged, message: "\(name): expected a vocabulary of BERT; it has no piece \(piece)")
      }
      return id
    }
    return Special(
      padding: try id("[PAD]"), unknown: try id("[UNK]"), start: try id("[CLS]"), end: try id("[SEP]"),
      mask: try id("[MASK]"))
  }
}
