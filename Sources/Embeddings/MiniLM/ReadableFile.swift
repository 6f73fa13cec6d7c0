import Foundation

/// A file opened for reading at any place, closed with its owner.
///
/// Files are read, not mapped: a mapped file that another program cuts short ends the process.
final class ReadableFile: Sendable {
  let url: URL
  let size: Int
  private let descriptor: Int32

  /// Opens a file.
  ///
  /// - Throws: ``EmbeddingError`` with the code `unavailable` when it cannot be opened.
  init(_ url: URL) throws {
    let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
    var status = stat()
    guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
      let reason = String(cString: strerror(errno))
      if descriptor >= 0 { close(descriptor) }
      throw EmbeddingError(code: .unavailable, message: "cannot read \(url.path): \(reason.lowercased())")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw EmbeddingError(code: .unavailable, message: "\(url.path) is not a file")
    }
    self.url = url
    self.descriptor = descriptor
    size = Int(status.st_size)
  }

  deinit {
    close(descriptor)
  }

  /// Fills a buffer with the bytes from `offset` on.
  ///
  /// - Throws: ``EmbeddingError`` with the code `modelDamaged` when the file ends before.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws {
    var filled = 0
    while filled < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let count = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + filled))
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        throw EmbeddingError(
          code: .modelDamaged,
          message: "expected \(buffer.count) bytes at byte \(offset) of \(url.path), found \(filled)")
      }
      filled += count
    }
  }
}
