/// A pattern of paths as shells know it.
///
/// `*` and `?` match within a name, `[a-z]` and `[!a-z]` one character, `**` any number of folders. A
/// backslash takes the next character literally.
///
/// Hidden names match only where the pattern has the dot.
struct GlobPattern {
  private let isAbsolute: Bool
  private let parts: [String]

  init(_ pattern: String) {
    isAbsolute = pattern.hasPrefix("/")
    parts = pattern.split(separator: "/").map(String.init)
  }

  /// Whether shells would expand `text`.
  static func isPattern(_ text: String) -> Bool { text.contains { "*?[".contains($0) } }

  /// The files that match, sorted by the bytes of their paths; folders are left out.
  ///
  /// Folders that may not be listed are an error, as everything below them would be missing in silence.
  func files() throws(SourceError) -> [String] {
    var found: Set<String> = []
    try collect(below: isAbsolute ? "/" : "", parts[...], into: &found)
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func collect(
    below folder: String, _ parts: ArraySlice<String>, into found: inout Set<String>
  ) throws(SourceError) {
    guard let part = parts.first else { return }
    let rest = parts.dropFirst()
    if part == "**" {
      var walked: Set<[UInt64]> = []
      // A last `**` gives the files of all folders, as `**/*`.
      try collectEverywhere(below: folder, rest.isEmpty ? ["*"] : rest, walked: &walked, into: &found)
      return
    }
    guard Self.isPattern(part) || part.contains("\\") else {
      try step(to: folder + part, rest, into: &found)
      return
    }
    for name in try names(in: folder) where Self.matches(name, part) {
      try step(to: folder + name, rest, into: &found)
    }
  }

  private func step(
    to path: String, _ rest: ArraySlice<String>, into found: inout Set<String>
  ) throws(SourceError) {
    let type = FileStatus(path)?.type
    if rest.isEmpty {
      if type == .file { found.insert(path) }
    } else if type == .folder {
      try collect(below: path + "/", rest, into: &found)
    }
  }

  private func collectEverywhere(
    below folder: String, _ rest: ArraySlice<String>, walked: inout Set<[UInt64]>,
    into found: inout Set<String>
  ) throws(SourceError) {
    guard let status = FileStatus(folder.isEmpty ? "." : folder), status.type == .folder,
      walked.insert(status.identity).inserted
    else { return }
    try collect(below: folder, rest, into: &found)
    for name in try names(in: folder) where !name.hasPrefix(".") {
      guard FileStatus(folder + name)?.type == .folder else { continue }
      try collectEverywhere(below: folder + name + "/", rest, walked: &walked, into: &found)
    }
  }

  private func names(in folder: String) throws(SourceError) -> [String] {
    try FolderWalk.names(in: folder.isEmpty ? "." : folder)
  }

  /// Whether one name matches one part of a pattern.
  static func matches(_ name: String, _ part: String) -> Bool {
    if name.hasPrefix("."), !part.hasPrefix(".") { return false }
    return matches(Array(name.unicodeScalars)[...], Array(part.unicodeScalars)[...])
  }

  private static func matches(
    _ name: ArraySlice<Unicode.Scalar>, _ part: ArraySlice<Unicode.Scalar>
  ) -> Bool {
    var (name, part) = (name, part)
    // Only the last `*` is ever tried again: it can take over what those before it gave away.
    var retry: (name: ArraySlice<Unicode.Scalar>, part: ArraySlice<Unicode.Scalar>)?
    while true {
      if part.first == "*" {
        part.removeFirst()
        retry = (name, part)
      } else if let scalar = name.first, let behind = matchOne(scalar, part) {
        name.removeFirst()
        part = behind
      } else if name.isEmpty, part.isEmpty {
        return true
      } else if let (before, after) = retry, !before.isEmpty {
        name = before.dropFirst()
        part = after
        retry = (name, part)
      } else {
        return false
      }
    }
  }

  /// What is left of the pattern behind a first element that matches `scalar`; nil when it does not.
  private static func matchOne(
    _ scalar: Unicode.Scalar, _ part: ArraySlice<Unicode.Scalar>
  ) -> ArraySlice<Unicode.Scalar>? {
    guard let element = part.first else { return nil }
    switch element {
    case "?": return part.dropFirst()
    case "\\" where part.count > 1:
      return part[part.startIndex + 1] == scalar ? part.dropFirst(2) : nil
    case "[":
      var rest = part.dropFirst()
      let isNegated = rest.first == "!" || rest.first == "^"
      if isNegated { rest.removeFirst() }
      // A bracket that comes first in the set is a member of it.
      guard let end = rest.dropFirst().firstIndex(of: "]") else {
        return element == scalar ? part.dropFirst() : nil
      }
      return contains(rest[..<end], scalar) != isNegated ? part[(end + 1)...] : nil
    default: return element == scalar ? part.dropFirst() : nil
    }
  }

  private static func contains(_ set: ArraySlice<Unicode.Scalar>, _ scalar: Unicode.Scalar) -> Bool {
    var rest = set
    while let low = rest.popFirst() {
      if rest.first == "-", rest.count > 1 {
        rest.removeFirst()
        if let high = rest.popFirst(), low <= scalar, scalar <= high { return true }
      } else if low == scalar {
        return true
      }
    }
    return false
  }
}
