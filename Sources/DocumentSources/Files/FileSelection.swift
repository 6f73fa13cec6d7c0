import Foundation

/// The files that arguments name: files, folders, globs and "-".
public struct FileSelection: Sendable, Hashable {
  /// In the order of the arguments, sorted within each; no file comes twice.
  public private(set) var files: [SourceFile] = []
  /// Files that a folder or a glob holds but no reader knows by name, and names that lead nowhere.
  public private(set) var passedOver: [String] = []

  private let kind: SourceKind?
  private var seen: Set<String> = []

  /// Finds the files of `arguments`.
  ///
  /// A folder gives all files below it with a known ending, without hidden files and folders; links are
  /// followed, each folder is walked once. A glob (`*`, `?`, `[…]`, `**` for any folders) gives files
  /// alone, of known endings unless `kind` is set. What exists under the very name is no glob. "-" is
  /// the standard input; it needs `kind`.
  ///
  /// - Parameter kind: reads every file as that, whatever its name.
  /// - Throws: ``SourceError`` `.unreadable` for what is missing or may not be listed, `.noFiles` for a
  ///   folder or glob without any known file, `.unknownKind` or `.binary` for a named file.
  public init(_ arguments: [String], kind: SourceKind? = nil) throws(SourceError) {
    self.kind = kind
    for argument in arguments { try add(argument) }
  }

  private mutating func add(_ argument: String) throws(SourceError) {
    if argument == SourceFile.standardInput {
      guard let kind else {
        throw SourceError(
          .unknownKind,
          "the standard input has no name that tells its kind; choose one: "
            + SourceKind.allCases.map(\.rawValue).joined(separator: ", "), file: argument)
      }
      include(argument, kind: kind, identity: argument)
      return
    }
    switch FileStatus(argument)?.type {
    case .folder?:
      var walk = FolderWalk()
      let found = try walk.files(below: argument)
      passedOver += walk.lost
      try addFound(by: argument, what: "the folder", files: found, takesAll: false)
    case .file?, .other?:
      var kind = self.kind
      if kind == nil { kind = try SourceKind(path: argument) }
      if let kind { include(argument, kind: kind, identity: FileStatus.realPath(argument)) }
    case nil:
      guard GlobPattern.isPattern(argument) else { throw .system("find", argument) }
      let matches = try GlobPattern(argument).files()
      try addFound(by: argument, what: "the pattern", files: matches, takesAll: kind != nil)
    }
  }

  private mutating func addFound(
    by argument: String, what: String, files found: [String], takesAll: Bool
  ) throws(SourceError) {
    var known = 0
    for path in found {
      let own = try? SourceKind(path: path)
      if own == nil, !takesAll {
        passedOver.append(path)
        continue
      }
      guard let kind = kind ?? own else { continue }
      known += 1
      include(path, kind: kind, identity: FileStatus.realPath(path))
    }
    guard known > 0 else {
      let endings = SourceKind.endings.map { ".\($0)" }.joined(separator: " ")
      let others = found.isEmpty ? "" : ", only \(found.count) others"
      throw SourceError(.noFiles, "\(what) gives no file \(endings)\(others)", file: argument)
    }
  }

  private mutating func include(_ path: String, kind: SourceKind, identity: String) {
    if seen.insert(identity).inserted { files.append(SourceFile(path: path, kind: kind)) }
  }
}
