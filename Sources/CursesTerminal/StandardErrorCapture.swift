import Foundation

/// Keeps what is written to standard error while the screen is up, and writes it out afterwards.
///
/// Libraries print warnings there; on a screen they would land between the cells.
public struct StandardErrorCapture: ~Copyable {
  private let original: Int32
  private let kept: UnsafeMutablePointer<FILE>?

  public init() {
    fflush(nil)
    kept = tmpfile()
    original = kept == nil ? -1 : fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    if original >= 0 { dup2(fileno(kept), STDERR_FILENO) }
  }

  /// Gives standard error back and writes what was kept to it.
  public consuming func finish() {
    guard let kept, original >= 0 else { return }
    dup2(original, STDERR_FILENO)
    rewind(kept)
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = fread(&buffer, 1, buffer.count, kept), count > 0 {
      guard write(original, buffer, count) == count else { break }
    }
    fclose(kept)
    close(original)
  }
}
