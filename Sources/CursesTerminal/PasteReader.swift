/// The bytes of a bracketed paste, up to the sequence that ends it.
///
/// A paste that holds that sequence itself would end early, and what follows would be keys. So what comes
/// in the same breath belongs to the paste when the sequence comes again, or another paste begins; what comes without
/// them was typed.
struct PasteReader {
  /// More than this of one paste is dropped.
  static let limit = 1 << 20
  private static let end = Array("\u{1B}[201~".utf8)
  private static let begin = Array("\u{1B}[200~".utf8)

  private var bytes: [UInt8] = []
  private var tail: [UInt8] = []
  /// True once the end has been seen.
  private(set) var hasEnded = false

  mutating func take(_ byte: UInt8) {
    tail.append(byte)
    if byte == 0x7E, ends(with: PasteReader.end) {
      close(PasteReader.end)
      hasEnded = true
    } else if byte == 0x7E, hasEnded, ends(with: PasteReader.begin) {
      close(PasteReader.begin)
      hasEnded = false
    } else if !hasEnded, tail.count > 4096 {
      // Only what may still become the end has to wait.
      keep(tail.count - PasteReader.end.count)
    }
  }

  private func ends(with sequence: [UInt8]) -> Bool {
    tail.suffix(sequence.count).elementsEqual(sequence)
  }

  private mutating func close(_ sequence: [UInt8]) {
    keep(tail.count - sequence.count)
    tail.removeAll()
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
