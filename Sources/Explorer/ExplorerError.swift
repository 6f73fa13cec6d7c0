import DocumentSources
import Embeddings
import StoreFormats
import VectorStore

/// A failed verb, with a message fit for the person who asked and the exit code for scripts.
public struct ExplorerError: Error, Hashable, CustomStringConvertible {
  public enum Code: Sendable {
    case usage, badData, noInput, embedderUnavailable, cannotWrite, inputOutput
    /// Another program has written the files since they were opened.
    case changedOnDisk
    /// There is a file already that may not be replaced.
    case exists

    /// The exit code of the command line, after sysexits(3).
    public var exitCode: Int32 {
      switch self {
      case .usage: 64
      case .badData: 65
      case .noInput: 66
      case .embedderUnavailable: 69
      case .cannotWrite, .changedOnDisk, .exists: 73
      case .inputOutput: 74
      }
    }
  }

  public var code: Code
  public var message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }

  /// Any error of the layers below, as people should read it.
  public init(_ error: any Error) {
    switch error {
    case let error as ExplorerError: self = error
    case let error as StoreFormatError:
      switch error.code {
      case .notFound: self.init(.noInput, error.message)
      case .badData, .forbidden, .limit, .unsupported: self.init(.badData, error.message)
      case .changedOnDisk: self.init(.changedOnDisk, error.message)
      case .cancelled: self.init(.usage, "cancelled")
      case .locked, .cannotWrite: self.init(.cannotWrite, error.message)
      }
    case let error as VectorStoreError:
      switch error.code {
      case .file: self.init(.inputOutput, error.message)
      case .journal: self.init(.cannotWrite, error.message)
      case .unsupported: self.init(.badData, error.message)
      default: self.init(.usage, error.message)
      }
    case let error as LangChainError: self.init(.usage, "\(error)")
    case let error as FilterError: self.init(.usage, error.message)
    case let error as EmbeddingError: self.init(.embedderUnavailable, error.message)
    case let error as SourceError:
      switch error.code {
      case .unreadable, .noFiles: self.init(.noInput, "\(error)")
      case .unknownKind, .badSplitter: self.init(.usage, "\(error)")
      case .badEncoding: self.init(.badData, "\(error) (--repair-text)")
      case .binary: self.init(.badData, "\(error)")
      case .badJSON, .badCSV, .noText, .badVector, .badID, .badMetadata:
        self.init(.badData, "\(error). --skip-bad goes on without what is bad")
      }
    case is CancellationError: self.init(.usage, "cancelled")
    default: self.init(.inputOutput, "\(error)")
    }
  }
}
