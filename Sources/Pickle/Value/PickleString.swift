/// A Python `str`: Unicode text that may hold lone surrogates.
public struct PickleString: Sendable, Hashable {
  /// UTF-8 in which a lone surrogate stands as three bytes (Python's "surrogatepass").
  public let bytes: [UInt8]

  /// Takes bytes that are valid UTF-8 apart from lone surrogates.
  public init(bytes: [UInt8]) { self.bytes = bytes }

  public init(_ string: String) { bytes = Array(string.utf8) }

  /// The text; nil when it holds lone surrogates.
  public var string: String? {
    let text = String(decoding: bytes, as: UTF8.self)
    // Of a surrogate's three bytes each is replaced by three.
    return text.utf8.count == bytes.count ? text : nil
  }

  /// Whether it is this text, made of nothing.
  func spells(_ text: StaticString) -> Bool {
    text.withUTF8Buffer { $0.count == bytes.count && $0.elementsEqual(bytes) }
  }
}

extension PickleString: ExpressibleByStringLiteral, CustomStringConvertible {
  public init(stringLiteral value: String) { self.init(value) }

  /// The text; lone surrogates appear as U+FFFD.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}
