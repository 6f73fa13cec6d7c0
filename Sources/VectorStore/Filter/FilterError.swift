/// Why a text is not a filter, or why LangChain would fail with this filter on this document.
public struct FilterError: Error, Equatable, Sendable {
  public enum Code: Sendable, Equatable {
    /// The text breaks the grammar (or the JSON) of its spelling.
    case syntax
    /// A LangChain dictionary names an operator that LangChain does not have (its ValueError).
    case unsupportedOperator
    /// Values of a type that the operation refuses (Python's TypeError and AttributeError).
    case type
  }

  public var code: Code
  /// What was expected and what was found; for LangChain's own errors its words.
  public var message: String
  /// Where in the text, in Characters; nil when the error has no place there.
  public var offset: Int?

  public init(code: Code, message: String, offset: Int? = nil) {
    self.code = code
    self.message = message
    self.offset = offset
  }

  /// The line of the text that is wrong, and below the place a caret with the message.
  ///
  /// Without an offset the message stands alone.
  public func caret(in text: String) -> String {
    guard let offset else { return message }
    let before = text.prefix(offset)
    let lineStart = before.lastIndex(where: \.isNewline).map(text.index(after:)) ?? text.startIndex
    let line = text[lineStart...].prefix { !$0.isNewline }
    let blanks = String(repeating: " ", count: text.distance(from: lineStart, to: before.endIndex))
    return "\(line)\n\(blanks)^ \(message)"
  }
}
