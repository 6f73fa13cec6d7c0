import CFiles
import Foundation

/// A piece of a ``StoreCache`` while it is written, section by section.
///
/// Nobody sees it before ``finish()``; when it is let go of before, or the program ends, nothing of it is left; on a file
/// system without unnamed files a program that is killed leaves what it had written, which goes as old pieces go.
final class CacheFile {
  private let path: String
  /// The name it has until it is whole, where it has to have one.
  private let beside: String
  private let isNamed: Bool
  private let descriptor: Int32
  private var header: CacheHeader
  private var written = 0

  /// A piece with sections of these sizes, to come in this order; nil where nothing can be kept.
  init?(of cache: StoreCache, _ name: String, sizes: [Int]) {
    header = CacheHeader(title: cache.title(of: name), sizes: sizes)
    path = cache.path(of: name)
    beside = "\(path).\(getpid()).new"
    guard cache.makeRoom(for: header.size) else { return nil }
    let unnamed = cfiles_open_unnamed(cache.folder, 0o600)
    isNamed = unnamed < 0
    unlink(beside)
    descriptor =
      isNamed ? open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600) : unnamed
    guard descriptor >= 0 else { return nil }
  }

  deinit {
    close(descriptor)
    if isNamed { unlink(beside) }
  }

  /// Writes the next section; false where that cannot be done.
  func append(_ section: UnsafeRawBufferPointer) -> Bool {
    let range = header.sections[written].range
    precondition(range.count == section.count)
    header.sections[written].checksum = CacheChecksum.of(section)
    written += 1
    return write(section, at: range.lowerBound)
  }

  /// Puts the piece in its place, once all sections are written; false where that cannot be done.
  func finish() -> Bool {
    precondition(written == header.sections.count)
    let isWhole =
      header.bytes.withUnsafeBytes { write($0, at: 0) } && ftruncate(descriptor, off_t(header.size)) == 0
    guard isWhole, isNamed || cfiles_name_unnamed(descriptor, beside) == 0 else { return false }
    guard rename(beside, path) == 0 else {
      unlink(beside)
      return false
    }
    return true
  }

  private func write(_ bytes: UnsafeRawBufferPointer, at start: Int) -> Bool {
    var done = 0
    while done < bytes.count {
      let written = pwrite(
        descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done, off_t(start + done))
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { return false }
      done += written
    }
    return true
  }
}
