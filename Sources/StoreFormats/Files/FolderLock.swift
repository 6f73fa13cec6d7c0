import Foundation

/// Keeps two writers of a folder apart: an advisory lock on the folder itself, which ends with its owner.
///
/// Nothing is written into the folder. File systems that cannot lock a folder give a lock that keeps nobody out;
/// the check for changes on disk is then what is left.
public final class FolderLock: Sendable {
  private let descriptor: Int32

  private init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { if descriptor >= 0 { close(descriptor) } }

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
    guard descriptor >= 0 else { return FolderLock(descriptor: -1) }
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return FolderLock(descriptor: descriptor) }
    let isTaken = errno == EWOULDBLOCK || errno == EINTR
    close(descriptor)
    return isTaken ? nil : FolderLock(descriptor: -1)
  }
}
