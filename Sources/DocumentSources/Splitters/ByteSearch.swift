import Foundation

/// Finds bytes in bytes.
///
/// A chunk that does not stand in its text is looked for up to the end, and a large text has thousands of
/// them. Long needles are therefore searched by the hash of three bytes at their end, which lets most of the
/// text go unread (Lecroq, "Fast exact string matching algorithms", 2007).
enum ByteSearch {
  /// The index in `haystack` where `needle`, which is not empty, first starts.
  static func firstOffset(of needle: UnsafeRawBufferPointer, in haystack: Slice<UnsafeRawBufferPointer>)
    -> Int?
  {
    guard needle.count <= haystack.count else { return nil }
    let text = UnsafeRawBufferPointer(rebasing: haystack)
    let found = needle.count < 16 ? scan(for: needle, in: text) : leap(to: needle, in: text)
    return found.map { $0 + haystack.startIndex }
  }

  private static func scan(for needle: UnsafeRawBufferPointer, in text: UnsafeRawBufferPointer) -> Int? {
    guard let base = text.baseAddress, let wanted = needle.baseAddress else { return nil }
    var start = 0
    while start + needle.count <= text.count {
      let possible = text.count - needle.count + 1 - start
      guard let found = memchr(base + start, Int32(needle[0]), possible) else { return nil }
      if memcmp(found, wanted, needle.count) == 0 { return UnsafeRawPointer(found) - base }
      start = UnsafeRawPointer(found) - base + 1
    }
    return nil
  }

  private static let slots = 4096

  private static func slot(of bytes: UnsafeRawBufferPointer, endingAt last: Int) -> Int {
    let mixed = UInt32(bytes[last]) &+ UInt32(bytes[last - 1]) &* 37 &+ UInt32(bytes[last - 2]) &* 1369
    return Int(mixed) & (slots - 1)
  }

  private static func leap(to needle: UnsafeRawBufferPointer, in text: UnsafeRawBufferPointer) -> Int? {
    guard let base = text.baseAddress, let wanted = needle.baseAddress else { return nil }
    return withUnsafeTemporaryAllocation(of: Int.self, capacity: slots) { leaps in
      // How far the needle may move when the text has these three bytes under its end.
      leaps.initialize(repeating: needle.count - 2)
      let last = needle.count - 1
      for place in 2..<last { leaps[slot(of: needle, endingAt: place)] = last - place }
      let lastSlot = slot(of: needle, endingAt: last)
      let leapBehindMatch = leaps[lastSlot]
      leaps[lastSlot] = 0
      var end = last
      while end < text.count {
        let leap = leaps[slot(of: text, endingAt: end)]
        if leap > 0 {
          end += leap
          continue
        }
        let start = end - last
        if memcmp(base + start, wanted, needle.count) == 0 { return start }
        end += leapBehindMatch
      }
      return nil
    }
  }
}
