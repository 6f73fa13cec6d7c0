import Foundation

/// The pieces that a WordPiece model knows, numbered from 0 in the order of its `vocab.txt`.
///
/// Pieces that continue a word begin with "##". They are found by a hash and compared in full.
public struct Vocabulary: Sendable {
  /// What pieces begin with that continue a word.
  static let continuation = "##"

  /// The UTF-8 bytes of all pieces, one after another.
  private var bytes: [UInt8] = []
  /// Where each piece begins in `bytes`, and where the last one ends.
  private var starts: [Int32] = [0]
  /// An open hash table: the upper half of a piece's hash and its id + 1, or 0.
  private var slots: [UInt64] = []
  /// Bytes of the longest piece, "##" included.
  private(set) var longestPiece = 0

  /// Pieces in the vocabulary; ids are below it.
  public var count: Int { starts.count - 1 }

  /// Reads a `vocab.txt`: UTF-8, one piece a line.
  ///
  /// - Throws: ``EmbeddingError`` with code `unavailable` when the file cannot be read, and
  ///   `modelDamaged` as ``init(lines:)`` does.
  public init(contentsOf url: URL) throws {
    let data: Data
    do {
      data = try Data(contentsOf: url)
    } catch {
      throw EmbeddingError(
        code: .unavailable,
        message: "cannot read the vocabulary \(url.path): \(error.localizedDescription)")
    }
    // Not String lines: to Swift, a carriage return and a line feed are one character.
    var lines = Array(data).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    try self.init(
      pieces: lines.map { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }, source: url.path)
  }

  /// Makes a vocabulary of pieces in the order of their ids.
  ///
  /// - Throws: ``EmbeddingError`` with code `modelDamaged` when there are none, or when one is empty
  ///   or there twice.
  public init(lines: some Sequence<String>) throws {
    try self.init(pieces: lines.map { ArraySlice($0.utf8) }, source: "the vocabulary")
  }

  private init(pieces: [ArraySlice<UInt8>], source: String) throws {
    func damaged(_ found: String) -> EmbeddingError {
      EmbeddingError(
        code: .modelDamaged,
        message: "expected one piece a line in \(source), found \(found); get the model again")
    }
    guard !pieces.isEmpty else { throw damaged("no line") }
    var capacity = 16
    while capacity < pieces.count * 4 { capacity *= 2 }
    slots = Array(repeating: 0, count: capacity)
    bytes.reserveCapacity(pieces.reduce(0) { $0 + $1.count })
    for (id, piece) in pieces.enumerated() {
      guard !piece.isEmpty else { throw damaged("an empty line \(id + 1)") }
      var hash = PieceHash()
      for byte in piece { hash.combine(byte) }
      if let earlier = find(Array(piece), 0..<piece.count, hash, continuing: false) {
        throw damaged("that of line \(earlier + 1) again in line \(id + 1)")
      }
      bytes += piece
      starts.append(Int32(bytes.count))
      longestPiece = max(longestPiece, piece.count)
      insert(id, hash)
    }
  }

  /// The id of a piece, written as in the vocabulary, or nil when it is not there.
  public func id(of piece: String) -> Int32? {
    let piece = Array(piece.utf8)
    var hash = PieceHash()
    for byte in piece { hash.combine(byte) }
    return find(piece, 0..<piece.count, hash, continuing: false)
  }

  /// The piece of an id as the vocabulary writes it, or nil when there is no such id.
  public func token(_ id: Int32) -> String? {
    guard id >= 0, Int(id) < count else { return nil }
    return String(decoding: bytes[Int(starts[Int(id)])..<Int(starts[Int(id) + 1])], as: UTF8.self)
  }

  /// Looks up part of a word.
  ///
  /// - Parameters:
  ///   - hash: Of the bytes in `range`, after those of "##" when `continuing`.
  ///   - continuing: Whether only a piece with "##" before these bytes will do.
  @inline(__always)
  func find(
    _ word: [UInt8], _ range: Range<Int>, _ hash: PieceHash, continuing: Bool
  ) -> Int32? {
    let mask = slots.count - 1
    var slot = hash.slot & mask
    while slots[slot] != 0 {
      if slots[slot] >> 32 == hash.tag {
        let id = Int(slots[slot] & 0xffff_ffff) - 1
        if isPiece(id, word, range, continuing: continuing) { return Int32(id) }
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  @inline(__always)
  private func isPiece(
    _ id: Int, _ word: [UInt8], _ range: Range<Int>, continuing: Bool
  ) -> Bool {
    var start = Int(starts[id])
    if continuing {
      guard Int(starts[id + 1]) - start == range.count + 2, bytes[start] == UInt8(ascii: "#"),
        bytes[start + 1] == UInt8(ascii: "#")
      else { return false }
      start += 2
    } else {
      guard Int(starts[id + 1]) - start == range.count else { return false }
    }
    for offset in 0..<range.count
    where bytes[start + offset] != word[range.lowerBound + offset] { return false }
    return true
  }

  private mutating func insert(_ id: Int, _ hash: PieceHash) {
    let mask = slots.count - 1
    var slot = hash.slot & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = hash.tag << 32 | UInt64(id + 1)
  }
}

/// A running hash of UTF-8 bytes: FNV-1a, of which every prefix of a word needs one step more.
struct PieceHash: Sendable {
  private var value: UInt64 = 0xcbf2_9ce4_8422_2325

  /// The hash of "##", with which that of every continuing piece begins.
  static let continuing: PieceHash = {
    var hash = PieceHash()
    for byte in Vocabulary.continuation.utf8 { hash.combine(byte) }
    return hash
  }()

  @inline(__always)
  mutating func combine(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
  }

  /// Where to begin in a table whose size is a power of two, after masking.
  @inline(__always)
  var slot: Int { Int(truncatingIfNeeded: value ^ value >> 29) }

  /// 32 bits that tell most hashes of a slot apart.
  @inline(__always)
  var tag: UInt64 { value >> 32 }
}
