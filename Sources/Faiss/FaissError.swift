/// Why an index file was refused, or why faiss could not do what was asked.
public struct FaissError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What kind of refusal it is; the message has the details.
  public enum Code: String, Sendable {
    /// No faiss index of floats at all: empty, another format, a pointer to a file kept elsewhere, a binary index.
    case notAnIndex
    /// The file ends before the index does.
    case truncated
    /// A field that faiss never writes, or two fields that contradict each other.
    case malformed
    /// An index that this faiss cannot serve, or that cannot be checked before faiss reads it.
    case unsupportedType
    /// The index is sound, but its type has no such operation.
    case unsupportedOperation
    /// What was asked does not fit the index: a query of another dimension, a position that it does not have.
    case argument
    /// Larger or more deeply nested than is accepted.
    case limit
    /// faiss itself refused; the message is its own.
    case faiss
  }

  public var code: Code
  /// Lower case: what was expected, what was found, at which byte, and what to do.
  public var message: String
  /// The limit that was met, if ``FaissLimits`` has it.
  public var limit: FaissLimits.Name?

  public init(code: Code, message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }
}
