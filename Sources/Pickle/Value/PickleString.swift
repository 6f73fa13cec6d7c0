/// A Python `str`: Unicode text that may hold lone surrogates.
public struct PickleString: Sendable, Hashable {
  /// UTF-8 in which a lone surrogate stands as three bytes (Python's "surrogatepass").
  public let bytes: [UInt8]

  /// Takes bytes that are valid UTF-8 apart from lone surrogates.
  public init(bytes: [UInt8]) { self.bytes = bytes }

  public init(_ string: String) { bytes = Array(string.utf8) }

  /// The text; nil when it holds lone surrogates.
  public var string: String? { String(validating: bytes, as: UTF8.self) }
}

extension PickleString: ExpressibleByStringLiteral, CustomStringConvertible {
  public init(stringLiteral value: String) { self.init(value) }

  /// The text; lone surrogates appear as U+FFFD.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}
