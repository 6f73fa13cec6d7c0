/// Why texts could not be embedded.
public struct EmbeddingError: Error, Equatable, Sendable {
  public enum Code: String, Sendable {
    /// The embedder is not installed, not reachable, or refuses to work.
    case unavailable
    /// The embedder's vectors have another dimension than the index.
    case wrongDimension
    /// A model's file is not what it should be: cut short, changed, or of another model.
    case modelDamaged
  }

  public var code: Code
  /// What was expected, what was found and what to do, in lower case and fit for the user.
  public var message: String

  public init(code: Code, message: String) {
    self.code = code
    self.message = message
  }
}
