/// A file to read, and how.
public struct SourceFile: Sendable, Hashable {
  /// As the caller gave or found it; "-" is the standard input.
  public var path: String
  public var kind: SourceKind

  public init(path: String, kind: SourceKind) {
    self.path = path
    self.kind = kind
  }

  public static let standardInput = "-"
}
