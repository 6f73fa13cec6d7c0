import CFiles
import Foundation

/// Takes the bytes of a file in order: on their way to disk, into memory, or only counted.
public struct FileSink: ~Copyable {
  private static let bufferSize = 1 << 20
  /// The disk begins with so many bytes while the next are made.
  private static let writebackStep = 1 << 24

  private enum Target {
    case file(descriptor: Int32, path: String)
    case memory
    case count
  }

  private let target: Target
  private var buffer: [UInt8] = []
  public private(set) var bytesWritten = 0
  /// How many bytes went to the file, and how many of them the disk was given.
  private var (inFile, begun) = (0, 0)
  /// Learns of the rows that are written; nil where nobody wants to know.
  var watch: ((Int) throws(StoreFormatError) -> Void)?

  /// Creates or empties the file `path`.
  ///
  /// Throws ``StoreFormatError`` `.cannotWrite`.
  public init(path: String, permissions: mode_t) throws(StoreFormatError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, permissions)
    guard descriptor >= 0 else { throw .system("create", path) }
    fchmod(descriptor, permissions)
    target = .file(descriptor: descriptor, path: path)
  }

  /// Creates a file that ``finish(as:)`` gives its name, with the permissions of a file it is to replace; without one
  /// everybody may read it whom the umask lets.
  ///
  /// It has no name before, so that nothing stays of it when the program ends; where the file system has no such
  /// files, it is `path` from the start. Throws ``StoreFormatError`` `.cannotWrite`.
  public init(unnamedFor path: String, like permissions: mode_t?) throws(StoreFormatError) {
    let folder = path.parentFolder
    // The C library's O_TMPFILE is a macro that Swift does not see.
    let unnamed = 0o20_000_000 | O_DIRECTORY
    var descriptor = open(folder, O_WRONLY | O_CLOEXEC | unnamed, permissions ?? 0o644)
    if descriptor < 0, [EOPNOTSUPP, EISDIR, ENOENT, EINVAL].contains(errno) {
      descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, permissions ?? 0o644)
    }
    guard descriptor >= 0 else { throw .system("create", path) }
    if let permissions { fchmod(descriptor, permissions) }
    target = .file(descriptor: descriptor, path: path)
  }

  private init(_ target: Target) { self.target = target }

  /// A sink that keeps all bytes, for ``takeBytes()``.
  static func inMemory() -> FileSink { FileSink(.memory) }

  /// A sink that keeps none; ``bytesWritten`` tells how large the file would be.
  static func counting() -> FileSink { FileSink(.count) }

  public mutating func append(_ bytes: [UInt8]) throws(StoreFormatError) {
    let result = bytes.withUnsafeBytes { raw -> Result<Void, StoreFormatError> in
      do throws(StoreFormatError) { return .success(try append(raw)) } catch { return .failure(error) }
    }
    try result.get()
  }

  mutating func append(_ bytes: UnsafeRawBufferPointer) throws(StoreFormatError) {
    bytesWritten += bytes.count
    switch target {
    case .count: break
    case .memory: buffer.append(contentsOf: bytes)
    case .file:
      if bytes.count >= Self.bufferSize {
        try flush()
        try writeAll(bytes)
      } else {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.bufferSize { try flush() }
      }
    }
  }

  /// The bytes of an in-memory sink.
  mutating func takeBytes() -> [UInt8] {
    defer { buffer = [] }
    return buffer
  }

  /// Writes what is left and waits until the disk has it.
  public mutating func finish() throws(StoreFormatError) {
    try written()?.sync()
  }

  /// Writes what is left, so that the file can be read.
  ///
  /// The disk has it when the answer was synced; nil without a file.
  mutating func written() throws(StoreFormatError) -> WrittenFile? {
    guard case .file(let descriptor, let path) = target else { return nil }
    try flush()
    return try WrittenFile(descriptor, path)
  }

  /// ``finish()``, and then the file that was made for its path has the name `name`, in one step; what had it is gone.
  public mutating func finish(as name: String) throws(StoreFormatError) {
    guard case .file(let descriptor, let path) = target else { return }
    try finish()
    if access(path, F_OK) != 0 {
      guard linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0 else {
        throw .system("name", path)
      }
    }
    guard rename(path, name) == 0 else { throw .system("rename", path) }
  }

  private mutating func flush() throws(StoreFormatError) {
    let pending = buffer
    buffer.removeAll(keepingCapacity: true)
    let result = pending.withUnsafeBytes { bytes -> Result<Void, StoreFormatError> in
      do throws(StoreFormatError) { return .success(try writeAll(bytes)) } catch { return .failure(error) }
    }
    try result.get()
  }

  private mutating func writeAll(_ bytes: UnsafeRawBufferPointer) throws(StoreFormatError) {
    guard case .file(let descriptor, let path) = target else { return }
    var rest = bytes
    while rest.count > 0 {
      let written = write(descriptor, rest.baseAddress, rest.count)
      if written < 0 {
        if errno == EINTR { continue }
        throw .system("write", path)
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
      inFile += written
    }
    if inFile - begun >= Self.writebackStep {
      cfiles_begin_writeback(descriptor, off_t(begun), off_t(inFile - begun))
      begun = inFile
    }
  }

  deinit {
    if case .file(let descriptor, _) = target { close(descriptor) }
  }
}

/// A file that is written, and not known to be on disk.
final class WrittenFile: Sendable {
  private let descriptor: Int32
  private let path: String

  /// Of the same opening as `descriptor`, so that no failure to write it is missed.
  init(_ descriptor: Int32, _ path: String) throws(StoreFormatError) {
    self.descriptor = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    self.path = path
    guard self.descriptor >= 0 else { throw .system("keep open", path) }
  }

  /// Waits until the disk has the file.
  func sync() throws(StoreFormatError) {
    guard fsync(descriptor) == 0 else { throw .system("write to disk", path) }
  }

  deinit { close(descriptor) }
}

extension StoreFormatError {
  /// A failed system call on a file that is being written, with the system's reason.
  static func system(_ verb: String, _ path: String) -> StoreFormatError {
    StoreFormatError(.cannotWrite, "cannot \(verb) \(path): \(String(cString: strerror(errno)))")
  }
}
