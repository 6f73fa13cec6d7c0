import CFiles
import Foundation
import VectorStore

/// Changes several files of a folder at one moment, for every program that looks: by exchanging the folder.
///
/// A twin beside the folder gets a second name of everything in it, with the new files under their final names; the
/// system exchanges the two (`renameat2` with `RENAME_EXCHANGE`); what is the twin then is removed. A crash before
/// the exchange leaves the old files, one after it the new, and a twin that ``clear(dropping:files:)`` removes.
struct FolderExchange {
  private static let mostFiles = 10_000

  /// Without links, so that a link to the folder goes on to lead to it.
  private let folder: String
  private let twin: String

  /// nil for a folder that is not there.
  init?(_ path: String) {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    folder = String(cString: real)
    let name = (folder as NSString).lastPathComponent
    twin = folder.parentFolder + "/.\(name).fathom-twin"
  }

  /// Whether a save was cut off beside the folder.
  var hasTwin: Bool { access(twin, F_OK) == 0 }

  /// Gives each name that is a key to the file that is called as its value says, and to no other.
  ///
  /// Every other name that is no value stays as it is. Returns a locked descriptor of what is now the folder, which the
  /// caller closes; nil when the folder cannot be exchanged, and then nothing has changed: it has folders in it, is
  /// a mount point or some process's working directory, or a new folder would have another owner or other attributes.
  /// Files of the folder before that are called as `expendable` says are no more. Throws `.cannotWrite` when the disk
  /// does not take the exchange.
  func commit(_ sources: [String: String], dropping expendable: Set<String>, files: Set<String>)
    throws(StoreFormatError)
    -> Int32?
  {
    guard let names = exchangeableFiles(), !isWorkingDirectory, !hasTwin, mkdir(twin, 0o700) == 0 else {
      return nil
    }
    var links = sources
    let moved = Set(sources.values)
    for name in names where links[name] == nil && !moved.contains(name) { links[name] = name }
    guard fill(links), let descriptor = lockedTwin() else {
      clear(dropping: expendable, files: files)
      return nil
    }
    guard cfiles_exchange(folder, twin) == 0 else {
      close(descriptor)
      clear(dropping: expendable, files: files)
      return nil
    }
    do throws(StoreFormatError) {
      try FileReplacement.sync(folder.parentFolder)
    } catch {
      close(descriptor)
      throw error
    }
    clear(dropping: expendable, files: files)
    return descriptor
  }

  /// Removes the twin and the names in it that are `expendable`, backups of a save before.
  ///
  /// What else is in it and not in the folder was put there meanwhile and moves to the folder, under a name that
  /// ends in ".interrupted" where its own is taken or one of `files`, which only belong together.
  func clear(dropping expendable: Set<String>, files: Set<String>) {
    guard let names = Self.names(in: twin), let kept = Self.names(in: folder) else { return }
    let inodes = Set(kept.compactMap { Self.inode("\(folder)/\($0)") })
    for name in names {
      let path = "\(twin)/\(name)"
      let isKept =
        Self.inode(path).map(inodes.contains) == true
        // Whoever copies folders seldom copies that two names are of one file.
        || kept.contains { FileManager.default.contentsEqual(atPath: path, andPath: "\(folder)/\($0)") }
      if isKept || expendable.contains(name) {
        unlink(path)
      } else {
        let isFree = !files.contains(name) && !kept.contains(name)
        rename(path, "\(folder)/\(name)" + (isFree ? "" : ".interrupted"))
      }
    }
    rmdir(twin)
  }

  // MARK: Steps

  /// What is in the folder, if all of it can have a second name and a new folder would be as this one is.
  private func exchangeableFiles() -> [String]? {
    guard cfiles_has_attributes(folder) == 0, let names = Self.names(in: folder),
      names.count <= Self.mostFiles
    else { return nil }
    let areFiles = names.allSatisfy { name in
      var status = stat()
      return lstat("\(folder)/\(name)", &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
    }
    return areFiles ? names : nil
  }

  /// Whoever works in the folder would be left in one that is gone.
  private var isWorkingDirectory: Bool {
    guard let own = Self.inode(folder) else { return true }
    let processes = (Self.names(in: "/proc") ?? []).filter { $0.first?.isNumber == true }
    return processes.contains { Self.inode("/proc/\($0)/cwd", followingLinks: true) == own }
  }

  private func fill(_ links: [String: String]) -> Bool {
    for (name, source) in links where link("\(folder)/\(source)", "\(twin)/\(name)") != 0 { return false }
    var (old, new) = (stat(), stat())
    guard stat(folder, &old) == 0, stat(twin, &new) == 0, old.st_uid == new.st_uid, old.st_gid == new.st_gid
    else { return false }
    return chmod(twin, old.st_mode & 0o7777) == 0 && (try? FileReplacement.sync(twin)) != nil
  }

  /// Nobody else may take the lock of the new folder before its maker is done.
  private func lockedTwin() -> Int32? {
    let descriptor = open(twin, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return descriptor }
    close(descriptor)
    return nil
  }

  private static func names(in folder: String) -> [String]? {
    try? Folder.names(in: folder)
  }

  private struct Inode: Hashable {
    var device: UInt64
    var number: UInt64
  }

  private static func inode(_ path: String, followingLinks: Bool = false) -> Inode? {
    var status = stat()
    guard (followingLinks ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
    return Inode(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
  }
}
