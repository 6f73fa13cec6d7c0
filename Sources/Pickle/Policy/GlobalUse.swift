/// A class or function that a pickle names, how often, and what the reader thinks of it.
public struct GlobalUse: Sendable, Hashable {
  /// What a name means for the file.
  public enum Verdict: String, Sendable {
    /// Data that the reader understands: LangChain's classes, dates, decimals, numpy arrays, …
    case known
    /// A name of an unknown module: kept as data and never interpreted.
    case opaque
    /// Code; a file that names it is refused.
    case forbidden
  }

  public let module: String
  public let name: String
  /// The byte of the file that names it first.
  public let offset: Int
  /// How many opcodes name it; values that refer back to an earlier name do not count.
  public internal(set) var uses: Int
  public internal(set) var verdict: Verdict

  public init(module: String, name: String, offset: Int, uses: Int, verdict: Verdict) {
    self.module = module
    self.name = name
    self.offset = offset
    self.uses = uses
    self.verdict = verdict
  }

  /// Module and name with a dot between them.
  public var qualifiedName: String { "\(module).\(name)" }
}
