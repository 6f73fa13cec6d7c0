/// The bytes of a bracketed paste, up to the sequence that ends it.
///
/// A paste that holds that sequence itself would end early, and what follows would be keys. So what comes
/// in the same breath belongs to the paste when the sequence comes again; what comes without it was typed.
struct PasteReader {
  /// More than this of one paste is dropped.
  static let limit = 1 << 20
  private static let end = Array("\u{1B}[201~".utf8)

  private var bytes: [UInt8] = []
  private var tail: [UInt8] = []
  /// True once the end has been seen.
  private(set) var hasEnded = false

  /// Takes a byte; true when it completed the sequence that ends a paste.
  @discardableResult
  mutating func take(_ byte: UInt8) -> Bool {
    tail.append(byte)
    guard byte == 0x7E, tail.suffix(PasteReader.end.count).elementsEqual(PasteReader.end) else {
      // Only what may still become the end has to wait.
      if !hasEnded, tail.count > 4096 { keep(tail.count - PasteReader.end.count) }
      return false
    }
    keep(tail.count - PasteReader.end.count)
    tail.removeAll()
    hasEnded = true
    return true
  }

  private mutating func keep(_ count: Int) {
    bytes.append(contentsOf: tail.prefix(min(count, max(0, PasteReader.limit - bytes.count))))
    tail.removeFirst(count)
  }

  /// What was pasted; each kind of line break is one "\n", as terminals send the Return key for them.
  var text: String {
    var text = String(decoding: bytes, as: UTF8.self)
    if text.utf8.contains(0x0D) {
      text = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    }
    return text
  }

  /// What was typed after it.
  var typed: [Int32] { String(decoding: tail, as: UTF8.self).unicodeScalars.map { Int32($0.value) } }
}
