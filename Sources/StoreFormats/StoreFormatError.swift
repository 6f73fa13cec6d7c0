/// What is wrong with a file, where, and what to do about it.
public struct StoreFormatError: Error, Hashable, CustomStringConvertible {
  public enum Code: String, Sendable, Hashable {
    /// There is no such file or folder.
    case notFound
    /// The file is not what its place says, or is damaged.
    case badData
    /// Reading would run code in Python.
    case forbidden
    /// A limit on size, depth or count.
    case limit
    /// Known, and not served here.
    case unsupported
    /// The files changed on disk since they were opened.
    case changedOnDisk
    /// Another process is changing the files.
    case locked
    /// Writing failed or is not allowed.
    case cannotWrite
    /// Whoever asked for it wants it no more.
    case cancelled
  }

  public var code: Code
  /// Lower case; names the file, the expectation, what was found, and the remedy.
  public var message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }
}

/// Something about a store that a person should know; the store opens all the same.
public struct StoreProblem: Sendable, Hashable, Codable {
  /// A stable name: "missing_document", "vectors_without_id".
  public var code: String
  public var message: String
  /// The rows concerned, ascending; at most 100 are listed.
  public var rows: [Int]

  public init(code: String, message: String, rows: [Int] = []) {
    self.code = code
    self.message = message
    self.rows = Array(rows.prefix(100))
  }

  static let wholeObject = StoreProblem(
    code: "whole_object",
    message:
      "the pickle is a LangChain object of 2022 or 2023 with its embedder, of which nothing is shown: it may hold keys. "
      + "a save in place would lose it; copy the store to a folder of its own to edit it")
}
