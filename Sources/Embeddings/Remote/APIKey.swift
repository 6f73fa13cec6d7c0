/// The key of an embedding server.
///
/// Printing it in any way shows dots; only a request's header gets the text.
public struct APIKey: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  private let text: String

  /// Nil for an empty key.
  ///
  /// Blanks around it, which a file or a paste may bring, are dropped.
  public init?(_ text: String) {
    var rest = text[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    guard !rest.isEmpty else { return nil }
    self.text = String(rest)
  }

  public var description: String { "•••" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: []) }

  var header: String { "Bearer \(text)" }

  /// The text without the key, wherever a server repeats it.
  func removed(from text: String) -> String { text.replacing(self.text, with: description) }
}
