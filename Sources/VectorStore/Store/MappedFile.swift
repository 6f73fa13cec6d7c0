import CFiles
import Foundation

/// A whole file mapped read-only into memory.
///
/// Opening costs the same for any size; pages are read when touched. The map stays valid when the
/// file is renamed or unlinked, as an atomic save does. A program that writes into the file itself, as LangChain
/// does, changes what is mapped: ``check()`` finds that out.
public final class MappedFile: Sendable {
  private let path: String
  private let descriptor: Int32
  private let size: off_t
  private let modified: timespec
  /// Which file of the system this is, as it was when it was opened: device, inode, size, time of the last change.
  public let identity: String
  private let guardNumber: Int32
  /// The bytes of the file when it was opened.
  public let bytes: Span
  public var count: Int { bytes.count }

  /// The address range of the map.
  ///
  /// `@unchecked Sendable`: the pages are mapped `PROT_READ` and live until the owning
  /// ``MappedFile`` is released, which alone unmaps them; nobody can write through this pointer.
  public struct Span: @unchecked Sendable {
    fileprivate let base: UnsafeRawPointer?
    fileprivate let count: Int
  }

  /// Maps `path`.
  ///
  /// Throws ``VectorStoreError`` `.file` with the system's reason.
  public init(path: String) throws(VectorStoreError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system("open", path) }
    do throws(VectorStoreError) {
      let status = try Self.status(descriptor, path)
      (size, modified) = (status.st_size, status.st_mtim)
      identity = "\(status.st_dev):\(status.st_ino):\(size):\(modified.tv_sec).\(modified.tv_nsec)"
      bytes = try Self.map(descriptor, Int(size), path)
    } catch {
      close(descriptor)
      throw error
    }
    self.path = path
    self.descriptor = descriptor
    guardNumber = if let base = bytes.base { cfiles_guard(base, bytes.count) } else { -1 }
  }

  private static func status(_ descriptor: Int32, _ path: String) throws(VectorStoreError) -> stat {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system("read the size of", path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw VectorStoreError(.file, "\(path) is not a regular file; give a folder or an index file")
    }
    return status
  }

  private static func map(_ descriptor: Int32, _ size: Int, _ path: String) throws(VectorStoreError) -> Span {
    guard size > 0 else { return Span(base: nil, count: 0) }
    guard let base = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), base != MAP_FAILED else {
      throw .system("map", path)
    }
    return Span(base: UnsafeRawPointer(base), count: size)
  }

  deinit {
    cfiles_unguard(guardNumber)
    if let base = bytes.base { munmap(UnsafeMutableRawPointer(mutating: base), bytes.count) }
    close(descriptor)
  }

  /// Makes sure that what was read up to now is what the file held when it was opened.
  ///
  /// Throws ``VectorStoreError`` `.file` when another program has written into it since, or it cannot be read.
  /// Costs one `fstat`.
  public func check() throws(VectorStoreError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size == size,
      status.st_mtim.tv_sec == modified.tv_sec, status.st_mtim.tv_nsec == modified.tv_nsec
    else {
      throw VectorStoreError(
        .file,
        "another program has written into \(path) since it was opened, and what it held is gone from there; "
          + "open it again to see what it holds now")
    }
    guard cfiles_was_damaged(guardNumber) == 0 else {
      throw VectorStoreError(.file, "\(path) cannot be read to its end; its disk may be failing")
    }
  }

  /// Has the system read bytes that may not be in memory, and does not wait.
  func prefetch(_ range: Range<Int>) {
    guard let base = bytes.base, !range.isEmpty else { return }
    let page = Int(bitPattern: base + range.lowerBound) & (Int(getpagesize()) - 1)
    // Advice that cannot be taken changes nothing but the time.
    let start = UnsafeMutableRawPointer(mutating: base + range.lowerBound - page)
    madvise(start, range.count + page, MADV_WILLNEED)
  }

  /// Whether the last change is so recent that another one might not be told from it by the time.
  public var isFresh: Bool {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return now.tv_sec - modified.tv_sec < 2
  }

  /// The bytes of the file; valid while this lives.
  var memory: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: bytes.base, count: bytes.count) }

  /// Lends the bytes; the pointer must not leave `body`.
  public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
    try body(memory)
  }
}

extension VectorStoreError {
  /// An error of a system call on a file, with `errno`'s text.
  public static func system(_ verb: String, _ path: String) -> VectorStoreError {
    let reason = String(cString: strerror(errno))
    return VectorStoreError(.file, "cannot \(verb) \(path): \(reason)")
  }
}
