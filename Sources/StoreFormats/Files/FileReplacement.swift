import Foundation
import VectorStore

/// Replaces the files of a store together: after a crash at any moment Fathom finds the old files or the new ones,
/// never some of each.
///
/// The new files are written beside the old and forced to disk; the old ones get a second name as backup. Then the
/// folder is exchanged for one that has the new files (``FolderExchange``), and every program sees them at once.
/// A folder that cannot be exchanged gets them one by one: an intent record names the renames to come and what the
/// files were; the renames are made; the record goes away. Whoever reads such a folder between the renames without
/// looking for the record sees files of two saves. ``recover()`` finishes a replacement that was cut off.
struct FileReplacement {
  /// Where the files live.
  let folder: String
  /// The name of the store's files together, for the intent record's own name.
  let name: String
  /// Final file names inside the folder, in the order they are renamed.
  let files: [String]

  init(_ location: StoreLocation) {
    folder = location.folder
    files = location.files.map { ($0 as NSString).lastPathComponent }
    name =
      switch location {
      case .folder(_, let name): name
      case .javaScript: "faiss"
      default: files[0]
      }
  }

  private func path(_ file: String) -> String { (folder as NSString).appendingPathComponent(file) }
  /// Where a new file is written first.
  func newPath(_ file: String) -> String { path(".\(file).fathom-new") }
  private var record: String { path(".\(name)\(Self.recordEnding)") }
  private static let recordEnding = ".fathom-save"

  /// The names whose replacement is under way or was cut off, among the files of a folder.
  static func names(of files: Set<String>) -> [String] {
    files.filter { $0.hasPrefix(".") && $0.hasSuffix(recordEnding) }
      .map { String($0.dropFirst().dropLast(recordEnding.count)) }.sorted()
  }

  /// Whether a save is under way or was cut off between its first and its last rename.
  var hasRecord: Bool { access(record, F_OK) == 0 }
  /// Whether a save is under way or was cut off that exchanges the folder, whose files are whole all the time.
  var hasTwin: Bool { FolderExchange(folder)?.hasTwin == true }

  /// The names under which the files of before the last save are kept.
  static func backupName(_ file: String) -> String { "\(file).bak" }

  /// The permissions a new file should have: those of the file it replaces.
  func permissions(of file: String) -> mode_t {
    var status = stat()
    return stat(path(file), &status) == 0 ? status.st_mode & 0o7777 : 0o644
  }

  /// Makes the new files, written and synced at their ``newPath(_:)``, the store's files.
  ///
  /// `lock` is then that of the folder the files are in.
  /// - Returns: the backups' paths; empty when there was no older file.
  func commit(_ lock: FolderLock? = nil) throws(StoreFormatError) -> [String] {
    // With one of them missing the renames would mix an old file with a new one.
    for file in files where access(newPath(file), F_OK) != 0 { throw .system("find", newPath(file)) }
    if files.count > 1, let backups = try exchange(lock) { return backups }
    let backups = try keepBackups()
    // One rename needs no record: it is whole or not at all.
    if files.count > 1 { try writeRecord() }
    try finish()
    return backups
  }

  /// Exchanges the folder; nil when that cannot be done here.
  private func exchange(_ lock: FolderLock?) throws(StoreFormatError) -> [String]? {
    let old = files.filter { access(path($0), F_OK) == 0 }
    var sources = Dictionary(uniqueKeysWithValues: files.map { ($0, ".\($0).fathom-new") })
    for file in old { sources[Self.backupName(file)] = file }
    guard let exchange = FolderExchange(folder),
      let descriptor = try exchange.commit(sources, dropping: backupNames, files: Set(files))
    else { return nil }
    if let lock { lock.extend(to: descriptor) } else { close(descriptor) }
    return old.map { path(Self.backupName($0)) }
  }

  /// Removes what a save left beside the folder that was cut off.
  ///
  /// The caller holds the ``FolderLock``.
  func clearTwin() { FolderExchange(folder)?.clear(dropping: backupNames, files: Set(files)) }

  private var backupNames: Set<String> { Set(files.map(Self.backupName)) }

  /// Forgets new files that will not be used.
  func abandon() {
    for file in files { unlink(newPath(file)) }
  }

  // MARK: The record

  /// One line a file: what it was, what it will be, its name.
  ///
  /// The record has its own name only once it is whole.
  func writeRecord() throws(StoreFormatError) {
    let lines = try files.map { (file) throws(StoreFormatError) in
      "\(try ContentStamp(of: path(file))) \(try ContentStamp(of: newPath(file))) \(file)"
    }
    var sink = try FileSink(path: record + ".new", permissions: 0o600)
    try sink.append(Array(lines.joined(separator: "\n").utf8))
    try sink.finish()
    guard rename(record + ".new", record) == 0 else { throw .system("rename", record + ".new") }
    try Self.sync(folder)
  }

  /// Finishes a save that a crash cut off between its intent record and its last rename.
  ///
  /// Where another program has written a file since, its files stay, and the new ones are kept beside them under
  /// names that end in ".interrupted". The caller holds the ``FolderLock``. Throws `.cannotWrite` when the folder
  /// cannot be changed, and `.badData` when something that must be read for that cannot be.
  func recover() throws(StoreFormatError) {
    clearTwin()
    guard hasRecord else { return }
    let text: String
    do { text = try String(contentsOfFile: record, encoding: .utf8) } catch {
      throw StoreFormatError(
        .badData, "cannot read \(record), how a save goes on: \(error.localizedDescription)")
    }
    let lines = text.split(separator: "\n").map { $0.split(separator: " ", maxSplits: 2).map(String.init) }
    guard lines.map({ $0.last ?? "" }) == files, lines.allSatisfy({ $0.count == 3 }) else {
      throw StoreFormatError(
        .badData, "\(record) is not a record that fathom wrote; move it away to open this folder")
    }
    let stamps = try lines.map { (line) throws(StoreFormatError) in
      try ContentStamp(of: path(line[2])).description
    }
    let isOurs = zip(lines, stamps).allSatisfy { line, now in
      now == line[1] || now == line[0] && access(newPath(line[2]), F_OK) == 0
    }
    if isOurs { return try finish() }
    for file in files { rename(newPath(file), path(file) + ".interrupted") }
    try removeRecord()
  }

  private func finish() throws(StoreFormatError) {
    for file in files {
      guard rename(newPath(file), path(file)) == 0 || errno == ENOENT else {
        throw .system("rename", newPath(file))
      }
    }
    try Self.sync(folder)
    try removeRecord()
  }

  private func removeRecord() throws(StoreFormatError) {
    unlink(record)
    try Self.sync(folder)
  }

  private func keepBackups() throws(StoreFormatError) -> [String] {
    var backups: [String] = []
    for file in files where access(path(file), F_OK) == 0 {
      let backup = path(Self.backupName(file))
      let fresh = backup + ".fathom-new"
      unlink(fresh)
      if link(path(file), fresh) != 0 {
        // Some file systems have no hard links; a copy is as good.
        guard [EPERM, EOPNOTSUPP, EMLINK, ENOSYS].contains(errno) else {
          throw .system("keep a backup of", path(file))
        }
        do { try FileManager.default.copyItem(atPath: path(file), toPath: fresh) } catch {
          throw StoreFormatError(
            .cannotWrite, "cannot keep a backup of \(path(file)): \(error.localizedDescription)")
        }
      }
      guard rename(fresh, backup) == 0 else { throw .system("rename", fresh) }
      // Between two names of one file the system renames nothing, and both stay.
      unlink(fresh)
      backups.append(backup)
    }
    return backups
  }

  /// Forces the names in a folder to disk.
  static func sync(_ folder: String) throws(StoreFormatError) {
    do { try Folder.sync(folder) } catch { throw StoreFormatError(.cannotWrite, error.message) }
  }
}
