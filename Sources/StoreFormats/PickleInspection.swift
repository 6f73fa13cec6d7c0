import Pickle
import VectorStore

/// What a pickle would do in Python, told without doing it, whether Fathom opens such a file or not.
///
/// All texts here are a stranger's.
public struct PickleInspection: Sendable, Hashable {
  /// One opcode.
  public struct Step: Sendable, Hashable {
    public var offset: Int
    /// As Python's `pickletools` calls it.
    public var opcode: String
    public var argument: String
  }

  /// A call that loading would make, of code or of an unknown class.
  public struct Call: Sendable, Hashable {
    public var offset: Int
    /// As Python would write it.
    public var text: String
    /// "opaque" or "forbidden".
    public var verdict: String
  }

  public var path: String
  public var protocolVersion: Int
  public var globals: [PickleSummary.Global]
  /// In the order of the file; where there are very many, the forbidden ones and the first of the others.
  public var calls: [Call]
  public var callCount: Int
  /// Why the file could not be read to its end.
  public var failure: String?

  /// Whether Python would run code that is not known to be harmless data.
  public var isForbidden: Bool { globals.contains { $0.verdict == GlobalUse.Verdict.forbidden.rawValue } }

  /// Looks at the pickle that `path` names: the file, or the one in a folder.
  ///
  /// Hands each opcode to `each` as it goes, and rethrows what that throws; else throws ``StoreFormatError``
  /// `.notFound`. Memory grows with the file.
  public init(path: String, limits: PickleLimits = .standard, each: ((Step) throws -> Void)? = nil) throws {
    let path = Self.file(of: path)
    let file: MappedFile
    do { file = try MappedFile(path: path) } catch { throw StoreFormatError(.notFound, error.message) }
    let survey = try file.withBytes { bytes in
      let told: ((PickleInstruction) throws -> Void)? = each.map { each in
        { try each(Step(offset: $0.offset, opcode: $0.opcode, argument: $0.argument)) }
      }
      return try PickleSurvey(bytes, limits: limits, each: told)
    }
    self.path = path
    protocolVersion = survey.protocolVersion
    globals = survey.globals.map(PickleSummary.Global.init)
    calls = survey.calls.map { Call(offset: $0.offset, text: $0.text, verdict: $0.verdict.rawValue) }
    callCount = survey.callCount
    failure = survey.failure.map { $0.message + StoreFormatError.advice($0.limit?.rawValue) }
  }

  private static func file(of path: String) -> String {
    guard !path.hasSuffix(".pkl"), let location = try? StoreLocation(path: path) else { return path }
    return location.pickle ?? path
  }
}

extension PickleSummary.Global {
  init(_ use: GlobalUse) {
    self.init(name: use.qualifiedName, offset: use.offset, verdict: use.verdict.rawValue)
  }
}
