import Foundation

extension String {
  /// The folder that a path lies in: "." where it names none, "/" for the root itself.
  ///
  /// Foundation's own way ends the program for paths of one letter.
  public var parentFolder: String {
    let parts = split(separator: "/", omittingEmptySubsequences: true).dropLast()
    guard !parts.isEmpty else { return hasPrefix("/") ? "/" : "." }
    return (hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}

/// Folders that last: made and forced to disk.
public enum Folder {
  /// Creates the folder, and those it is in that are not there, with these permissions; their names are on disk when
  /// it returns.
  ///
  /// Throws ``VectorStoreError`` `.file` with the system's reason.
  public static func create(_ path: String, permissions: mode_t = 0o777) throws(VectorStoreError) {
    let path = (path as NSString).standardizingPath
    guard !path.isEmpty, access(path, F_OK) != 0 else { return }
    let parent = path.parentFolder
    try create(parent, permissions: permissions)
    guard mkdir(path, permissions) == 0 || errno == EEXIST else { throw .system("create the folder", path) }
    try sync(parent)
  }

  /// What is in a folder, in no order.
  ///
  /// All of it or nothing: Foundation's list ends early, and says nothing, where the system cannot read on. Throws
  /// ``VectorStoreError`` `.file` with the system's reason.
  public static func names(in path: String) throws(VectorStoreError) -> [String] {
    guard let stream = opendir(path) else { throw .system("list", path) }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    guard errno == 0 else { throw .system("list", path) }
    return names
  }

  /// Forces the names in a folder to disk.
  ///
  /// Throws ``VectorStoreError`` `.file`.
  public static func sync(_ path: String) throws(VectorStoreError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system("open", path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .system("write to disk", path) }
  }
}
