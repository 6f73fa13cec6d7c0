import Foundation

/// Replaces the files of a store together: after a crash at any moment the folder holds the old
/// pair or the new pair, never one file of each.
///
/// Both new files are written beside the old and forced to disk; the old ones get a second name as
/// backup; an intent record names the renames to come; the renames are made; the record goes away.
/// ``recover(in:name:)`` finishes a replacement whose record is still there.
struct FileReplacement {
  /// Where the files live.
  let folder: String
  /// The name of the pair, for the intent record's own name.
  let name: String
  /// Final file names inside the folder, in the order they are renamed.
  let files: [String]

  private func path(_ file: String) -> String { (folder as NSString).appendingPathComponent(file) }
  /// Where a new file is written first.
  func newPath(_ file: String) -> String { path(".\(file).fathom-new") }
  private var record: String { path(Self.recordName(name)) }
  private static func recordName(_ name: String) -> String { ".\(name).fathom-save" }

  /// The names under which the files of before the last save are kept.
  static func backupName(_ file: String) -> String { "\(file).bak" }

  /// The permissions a new file should have: those of the file it replaces.
  func permissions(of file: String) -> mode_t {
    var status = stat()
    return stat(path(file), &status) == 0 ? status.st_mode & 0o7777 : 0o644
  }

  /// Makes the new files, written and synced at their ``newPath(_:)``, the store's files.
  ///
  /// - Returns: the backups' paths; empty when there was no older file.
  func commit() throws(StoreFormatError) -> [String] {
    // With one of them missing the renames would mix an old file with a new one.
    for file in files where access(newPath(file), F_OK) != 0 { throw .system("find", newPath(file)) }
    let backups = try keepBackups()
    var sink = try FileSink(path: record, permissions: 0o600)
    try sink.append(Array(files.joined(separator: "\n").utf8))
    try sink.finish()
    try syncFolder()
    try finish()
    return backups
  }

  /// Forgets new files that will not be used.
  func abandon() {
    for file in files { unlink(newPath(file)) }
  }

  private func finish() throws(StoreFormatError) {
    for file in files {
      guard rename(newPath(file), path(file)) == 0 || errno == ENOENT else {
        throw .system("rename", newPath(file))
      }
    }
    try syncFolder()
    unlink(record)
    try syncFolder()
  }

  private func keepBackups() throws(StoreFormatError) -> [String] {
    var backups: [String] = []
    for file in files where access(path(file), F_OK) == 0 {
      let backup = path(Self.backupName(file))
      let fresh = backup + ".fathom-new"
      unlink(fresh)
      if link(path(file), fresh) != 0 {
        // Some file systems have no hard links; a copy is as good.
        do { try FileManager.default.copyItem(atPath: path(file), toPath: fresh) } catch {
          throw StoreFormatError(
            .cannotWrite, "cannot keep a backup of \(path(file)): \(error.localizedDescription)")
        }
      }
      guard rename(fresh, backup) == 0 else { throw .system("rename", fresh) }
      backups.append(backup)
    }
    return backups
  }

  private func syncFolder() throws(StoreFormatError) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system("open", folder) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .system("write to disk", folder) }
  }

  /// Whether a save is under way or was cut off between its first and its last rename.
  static func hasRecord(in folder: String, name: String) -> Bool {
    access((folder as NSString).appendingPathComponent(recordName(name)), F_OK) == 0
  }

  /// Finishes a save that a crash cut off between its intent record and its last rename.
  ///
  /// - Returns: true when there was one. Throws `.cannotWrite` when the folder cannot be changed.
  static func recover(in folder: String, name: String) throws(StoreFormatError) -> Bool {
    let record = (folder as NSString).appendingPathComponent(recordName(name))
    guard let text = try? String(contentsOfFile: record, encoding: .utf8) else { return false }
    let files = text.split(separator: "\n").map(String.init)
    let expected = ["\(name).faiss", "\(name).pkl"]
    guard !files.isEmpty, files.allSatisfy(expected.contains) else {
      throw StoreFormatError(
        .badData, "\(record) is not a record that fathom wrote; move it away to open this folder")
    }
    try FileReplacement(folder: folder, name: name, files: files).finish()
    return true
  }
}
