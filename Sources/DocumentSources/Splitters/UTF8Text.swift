import Foundation

// Text is cut as UTF-8, where lone surrogates stand as three bytes: searching bytes finds whole code
// points only, and a code point is one byte that is no continuation.

extension Collection<UInt8> {
  /// Python's `len` of the text.
  var codePointCount: Int {
    var count = 0
    for byte in self where byte & 0xc0 != 0x80 { count += 1 }
    return count
  }
}

extension [UInt8] {
  /// Where `needle` first starts within `range`, all of it inside; an empty one is found at once.
  func firstOffset(of needle: [UInt8], in range: Range<Int>) -> Int? {
    guard !needle.isEmpty else { return range.lowerBound }
    return withUnsafeBytes { haystack in
      needle.withUnsafeBytes { needle in
        ByteSearch.firstOffset(of: needle, in: haystack[range])
      }
    }
  }

  func contains(_ needle: [UInt8], in range: Range<Int>) -> Bool {
    firstOffset(of: needle, in: range) != nil
  }

  /// The pieces between separators, without the empty ones; LangChain's `_split_text_with_regex`.
  func pieces(
    in range: Range<Int>, separator: [UInt8], placement: SeparatorPlacement
  ) -> [Range<Int>] {
    guard !separator.isEmpty else { return codePoints(in: range) }
    var pieces: [Range<Int>] = []
    var start = range.lowerBound
    var searched = start
    while let found = firstOffset(of: separator, in: searched..<range.upperBound) {
      searched = found + separator.count
      let end = placement == .end ? searched : found
      if start < end { pieces.append(start..<end) }
      start = placement == .start ? found : searched
    }
    if start < range.upperBound { pieces.append(start..<range.upperBound) }
    return pieces
  }

  private func codePoints(in range: Range<Int>) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var start = range.lowerBound
    for offset in range.dropFirst() where self[offset] & 0xc0 != 0x80 {
      pieces.append(start..<offset)
      start = offset
    }
    if start < range.upperBound { pieces.append(start..<range.upperBound) }
    return pieces
  }

  /// What Python's `str.strip` leaves.
  var strippedRange: Range<Int> {
    var start = 0
    while let length = pythonBlank(startingAt: start) { start += length }
    var end = count
    while end > start, let length = pythonBlank(endingAt: end) { end -= length }
    return start..<end
  }

  /// Whether Python's `str.isspace` would hold, or the text is empty.
  var isBlank: Bool { strippedRange.isEmpty }

  private func pythonBlank(startingAt start: Int) -> Int? {
    guard start < count else { return nil }
    let length = self[start] < 0x80 ? 1 : self[start] < 0xe0 ? 2 : 3
    return start + length <= count && isPythonBlank(self[start..<start + length]) ? length : nil
  }

  private func pythonBlank(endingAt end: Int) -> Int? {
    var start = end - 1
    while start > 0, self[start] & 0xc0 == 0x80 { start -= 1 }
    return isPythonBlank(self[start..<end]) ? end - start : nil
  }

  /// One code point for which Python's `str.isspace` holds; all of them take at most three bytes.
  private func isPythonBlank(_ bytes: ArraySlice<UInt8>) -> Bool {
    switch bytes.count {
    case 1:
      return (0x09...0x0d).contains(bytes[bytes.startIndex])
        || (0x1c...0x20).contains(bytes[bytes.startIndex])
    case 2:
      return bytes.elementsEqual([0xc2, 0x85]) || bytes.elementsEqual([0xc2, 0xa0])
    case 3:
      let codePoint = bytes.reduce(UInt32(0)) { $0 << 6 | UInt32($1 & 0x3f) } & 0xffff
      switch codePoint {
      case 0x1680, 0x2000...0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000: return true
      default: return false
      }
    default: return false
    }
  }
}
