/// What a store could not do, why, and what to do about it.
public struct VectorStoreError: Error, Hashable, CustomStringConvertible {
  public enum Code: String, Sendable, Hashable {
    case unknownID, duplicateID, dimension, metric, selfMerge, nothingToUndo, nothingToRedo
    case unsupported, invalidArgument, file, journal
  }

  public var code: Code
  /// Lower case; names the thing, the expectation and the remedy.
  public var message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }
}

extension VectorStoreError {
  static func dimension(expected: Int, found: Int, what: String) -> VectorStoreError {
    VectorStoreError(
      .dimension,
      "\(what) has \(found) dimensions, the index has \(expected); "
        + "vectors must come from the model that made the index")
  }

  static func ownClass(_ id: DocumentID) -> VectorStoreError {
    VectorStoreError(
      .unsupported,
      "the document \"\(id.text)\" is of a class of its own, which only its program can change; nothing was edited"
    )
  }

  /// The message lists a few ids and counts the rest.
  static func unknown(_ ids: [DocumentID]) -> VectorStoreError {
    let shown = ids.prefix(5).map { "\"\($0.text)\"" }.joined(separator: ", ")
    let rest = ids.count > 5 ? " and \(ids.count - 5) more" : ""
    return VectorStoreError(.unknownID, "no document has the id \(shown)\(rest); nothing was changed")
  }
}
