import Foundation
import Synchronization

/// Keeps two writers of a folder apart: an advisory lock on the folder itself, which ends with its owner.
///
/// Nothing is written into the folder. File systems that cannot lock a folder give a lock that keeps nobody out;
/// the check for changes on disk is then what is left.
public final class FolderLock: Sendable {
  private let descriptors: Mutex<[Int32]>

  private init(_ descriptors: [Int32]) { self.descriptors = Mutex(descriptors) }

  deinit { for descriptor in descriptors.withLock({ $0 }) { close(descriptor) } }

  /// Takes over a locked descriptor of the folder that has this one's place now.
  func extend(to descriptor: Int32) { descriptors.withLock { $0.append(descriptor) } }

  /// The lock of the folder that a store's files are in; waits for the one who has it.
  ///
  /// Throws ``StoreFormatError`` `.locked` when that takes longer than `limit`, and `CancellationError`.
  public static func acquire(
    _ location: StoreLocation, waiting limit: Duration = .seconds(60)
  ) async throws -> FolderLock {
    let clock = ContinuousClock()
    let end = clock.now + limit
    while true {
      if let lock = attempt(location.folder) { return lock }
      guard clock.now < end else {
        throw StoreFormatError(
          .locked,
          "another process has been changing \(location.path) for \(limit / .seconds(1)) s; nothing was changed. "
            + "try again when it has ended")
      }
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  /// The lock if nobody has it.
  static func attempt(_ folder: String) -> FolderLock? {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return FolderLock([]) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let isTaken = errno == EWOULDBLOCK || errno == EINTR
      close(descriptor)
      return isTaken ? nil : FolderLock([])
    }
    // Meanwhile a save may have put another folder in its place (FolderExchange).
    var (locked, current) = (stat(), stat())
    guard fstat(descriptor, &locked) == 0, stat(folder, &current) == 0, locked.st_ino == current.st_ino,
      locked.st_dev == current.st_dev
    else {
      close(descriptor)
      return nil
    }
    return FolderLock([descriptor])
  }
}
