/// Why texts could not be embedded.
public struct EmbeddingError: Error, Equatable, Sendable {
  public enum Code: String, Sendable {
    /// The embedder is not installed, not reachable, or refuses to work.
    case unavailable
    /// The embedder's vectors have another dimension than the index.
    case wrongDimension
    /// A model's file is not what it should be: cut short, changed, or of another model.
    case modelDamaged
    /// A server does not take the key, or wants one.
    case unauthorized
    /// A server has had too many requests.
    case rateLimited
    case timedOut
    /// A server or a program answered something else than vectors.
    case badAnswer
  }

  public var code: Code
  /// What was expected, what was found and what to do, in lower case and fit for the user.
  public var message: String

  public init(code: Code, message: String) {
    self.code = code
    self.message = message
  }
}
