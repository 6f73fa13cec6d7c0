import Glibc

/// A Python `str`: Unicode text that, unlike a Swift `String`, may hold lone surrogates.
///
/// `string` is what people read and search. `exact` keeps the bytes of a text that `string` cannot
/// hold, so that saving writes it back unchanged.
public struct Text: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// The text; lone surrogates appear as U+FFFD.
  public let string: String
  /// UTF-8 with "surrogatepass", as Python pickles it; nil when `string` already says everything.
  public let exact: [UInt8]?

  public init(_ string: String) {
    self.string = string
    self.exact = nil
  }

  /// Decodes UTF-8 in which lone surrogates may stand as three-byte sequences.
  public init(utf8 bytes: [UInt8]) {
    string = String(decoding: bytes, as: UTF8.self)
    exact = string.hasSameBytes(as: bytes) ? nil : bytes
  }

  /// The same of bytes that lie elsewhere; nil when they are no UTF-8, be it for a lone surrogate.
  public init?(validating bytes: UnsafeRawBufferPointer) {
    // Several times as fast as `String(validating:as:)`, which asks for types at run time.
    let bytes = bytes.assumingMemoryBound(to: UInt8.self)
    let string = String(decoding: bytes, as: UTF8.self)
    guard string.hasSameBytes(as: bytes) else { return nil }
    self.init(string)
  }

  public init(stringLiteral value: String) { self.init(value) }

  public var description: String { string }

  /// The bytes that stand for this text in a file.
  public var utf8: [UInt8] { exact ?? Array(string.utf8) }
}

/// Equal means the same code points, as in Python; Swift's `String` also calls "é" and "e\u{301}" equal.
extension Text {
  public static func == (a: Text, b: Text) -> Bool {
    a.exact == b.exact && a.string.hasSameBytes(as: b.string.utf8)
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(codePointsOf: string) }
}

extension String {
  fileprivate func hasSameBytes(as other: some Collection<UInt8>) -> Bool {
    guard utf8.count == other.count else { return false }
    let isSame = utf8.withContiguousStorageIfAvailable { own in
      other.withContiguousStorageIfAvailable { other in
        guard let first = own.baseAddress, let second = other.baseAddress else { return own.isEmpty }
        return memcmp(first, second, own.count) == 0
      }
    }
    return (isSame ?? nil) ?? utf8.elementsEqual(other)
  }
}

extension Hasher {
  mutating func combine(codePointsOf string: String) {
    var string = string
    string.withUTF8 { combine(bytes: UnsafeRawBufferPointer($0)) }
    combine(UInt8(0xFF))
  }
}
