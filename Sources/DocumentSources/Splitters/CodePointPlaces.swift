/// Finds texts in a UTF-8 text by code point numbers, as Python's `str.find` counts them.
struct CodePointPlaces {
  private let text: [UInt8]
  /// How many code points start before each block of the text.
  private var countBeforeBlock: [Int] = []
  private static let blockSize = 1024

  init(_ text: [UInt8]) {
    self.text = text
    var count = 0
    for start in stride(from: 0, through: text.count, by: Self.blockSize) {
      countBeforeBlock.append(count)
      count += text[start..<min(start + Self.blockSize, text.count)].codePointCount
    }
  }

  /// The number of the code point where `needle` first starts at `start` or behind; nil when it does not.
  func index(of needle: [UInt8], from start: Int) -> Int? {
    guard let startByte = byteOffset(ofCodePoint: start),
      let found = text.firstOffset(of: needle, in: startByte..<text.count)
    else { return nil }
    let block = found / Self.blockSize
    return countBeforeBlock[block] + text[block * Self.blockSize..<found].codePointCount
  }

  private func byteOffset(ofCodePoint index: Int) -> Int? {
    var low = 0
    var high = countBeforeBlock.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if countBeforeBlock[middle] <= index { low = middle } else { high = middle - 1 }
    }
    var remaining = index - countBeforeBlock[low]
    for offset in low * Self.blockSize..<text.count where text[offset] & 0xc0 != 0x80 {
      if remaining == 0 { return offset }
      remaining -= 1
    }
    return remaining == 0 ? text.count : nil
  }
}
