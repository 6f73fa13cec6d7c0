import Foundation

/// A whole file mapped read-only into memory.
///
/// Opening costs the same for any size; pages are read when touched. The map stays valid when the
/// file is renamed or unlinked, as an atomic save does.
public final class MappedFile: Sendable {
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
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system("read the size of", path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw VectorStoreError(.file, "\(path) is not a regular file; give a folder or an index file")
    }
    let size = Int(status.st_size)
    guard size > 0 else {
      bytes = Span(base: nil, count: 0)
      return
    }
    guard let base = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), base != MAP_FAILED else {
      throw .system("map", path)
    }
    bytes = Span(base: UnsafeRawPointer(base), count: size)
  }

  deinit {
    if let base = bytes.base { munmap(UnsafeMutableRawPointer(mutating: base), bytes.count) }
  }

  /// Lends the bytes; the pointer must not leave `body`.
  public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
    try body(UnsafeRawBufferPointer(start: bytes.base, count: bytes.count))
  }
}

extension VectorStoreError {
  /// An error of a system call on a file, with `errno`'s text.
  public static func system(_ verb: String, _ path: String) -> VectorStoreError {
    let reason = String(cString: strerror(errno))
    return VectorStoreError(.file, "cannot \(verb) \(path): \(reason)")
  }
}
