import CFiles
import Foundation

/// The file of one session's unsaved edits, open and locked.
final class JournalFile: Sendable {
  static let fileExtension = "journal"
  private static let title = "fathom journal 1"

  let path: String
  private let descriptor: Int32

  deinit { close(descriptor) }

  private init(path: String, descriptor: Int32) {
    self.path = path
    self.descriptor = descriptor
  }

  /// Creates the file with its header; both are on disk, name and all, when it returns.
  convenience init(
    creatingIn place: EditJournal.Place, _ fingerprint: String, dimension: Int
  ) throws(VectorStoreError) {
    do throws(VectorStoreError) {
      try Folder.create(place.folder, permissions: 0o700)
    } catch {
      throw VectorStoreError(.journal, "the edit cannot be kept safe and was not made: \(error.message)")
    }
    let moment = Int(Date().timeIntervalSince1970)
    let unique = String(UInt32.random(in: 0 ... .max), radix: 16)
    let path = "\(place.folder)/\(place.prefix)\(moment)-\(unique).\(Self.fileExtension)"
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_APPEND, 0o600)
    guard descriptor >= 0 else { throw .journal("create", path) }
    self.init(path: path, descriptor: descriptor)
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw .journal("lock", path) }
    do throws(VectorStoreError) {
      try write { write throws(VectorStoreError) in
        var header = JournalEncoder()
        header.text(Self.title)
        header.text(place.store)
        header.text(fingerprint)
        header.integer(moment)
        header.integer(dimension)
        try write(header.bytes)
      }
      try Folder.sync(place.folder)
    } catch {
      unlink(path)
      throw error
    }
  }

  /// Takes over a file that no living session holds; nil when one does, or the file is gone.
  init?(orphan path: String) {
    let descriptor = open(path, O_RDWR | O_CLOEXEC | O_APPEND)
    guard descriptor >= 0 else { return nil }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, access(path, F_OK) == 0 else {
      close(descriptor)
      return nil
    }
    self.path = path
    self.descriptor = descriptor
  }

  func append(_ entry: JournalEntry) throws(VectorStoreError) { try write(entry.encode) }

  func remove() { unlink(path) }

  // MARK: Frames

  private typealias Write = ([UInt8]) throws(VectorStoreError) -> Void

  /// Writes the frames of one entry and waits for the disk; a failure leaves the file as it was.
  private func write(_ body: (Write) throws(VectorStoreError) -> Void) throws(VectorStoreError) {
    let start = lseek(descriptor, 0, SEEK_END)
    do throws(VectorStoreError) {
      try body { bytes throws(VectorStoreError) in
        if !bytes.isEmpty { try self.frame(bytes) }
      }
      try frame([])
      guard fdatasync(descriptor) == 0 else { throw .journal("write", path) }
    } catch {
      ftruncate(descriptor, start)
      throw error
    }
  }

  private func frame(_ bytes: [UInt8]) throws(VectorStoreError) {
    var (before, after) = (JournalEncoder(), JournalEncoder())
    before.integer(bytes.count)
    after.integer(Int(bitPattern: UInt(checksum(bytes))))
    guard bytes.count >= Self.largeFrame else { return try writeAll(before.bytes + bytes + after.bytes) }
    for part in [before.bytes, bytes, after.bytes] { try writeAll(part) }
    // So that there is less to wait for at the end.
    let end = lseek(descriptor, 0, SEEK_END)
    cfiles_begin_writeback(descriptor, end - off_t(bytes.count), off_t(bytes.count))
  }

  /// From this size on a frame is not copied to be written at once.
  private static let largeFrame = 1 << 16

  private func writeAll(_ bytes: [UInt8]) throws(VectorStoreError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + written }, $0.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .journal("write", path) }
      written += count
    }
  }

  // MARK: Reading

  struct Contents {
    var store: String
    /// The files that the first entry led on from.
    var fingerprint: String
    var created: Date
    var entries: [JournalEntry]
    /// Where the last whole entry ends, in bytes.
    var end: Int
  }

  /// True when the file was cut off inside its header; false too when it cannot be read now.
  var isUnfinished: Bool {
    guard let bytes else { return false }
    var decoder = JournalDecoder(bytes)
    return (try? Self.entry(&decoder)) == nil
  }

  private var bytes: [UInt8]? { FileManager.default.contents(atPath: path).map([UInt8].init) }

  /// Cuts off what a crash left behind the last whole entry.
  func shorten(to end: Int) { ftruncate(descriptor, off_t(end)) }

  /// All that was written to its end; nil when not even the header was, or it cannot be read.
  func read() -> Contents? {
    guard let bytes else { return nil }
    var decoder = JournalDecoder(bytes)
    guard let header = try? Self.entry(&decoder) else { return nil }
    var fields = JournalDecoder(header)
    guard let title = try? fields.text(), title == Self.title, let store = try? fields.text(),
      let fingerprint = try? fields.text(), let moment = try? fields.integer(),
      let dimension = try? fields.integer(), dimension > 0
    else { return nil }
    var contents = Contents(
      store: store, fingerprint: fingerprint, created: Date(timeIntervalSince1970: Double(moment)),
      entries: [], end: decoder.place)
    while let bytes = try? Self.entry(&decoder) {
      guard let entry = try? JournalEntry(bytes, dimension: dimension) else { break }
      contents.entries.append(entry)
      contents.end = decoder.place
    }
    return contents
  }

  /// The bytes of the next entry.
  private static func entry(_ decoder: inout JournalDecoder) throws(JournalDecoder.Damage) -> [UInt8] {
    var entry: [UInt8] = []
    while true {
      let bytes = try decoder.data()
      guard UInt64(UInt(bitPattern: try decoder.integer())) == checksum(bytes) else {
        throw JournalDecoder.Damage()
      }
      if bytes.isEmpty { return entry }
      entry += bytes
    }
  }
}

extension VectorStoreError {
  fileprivate static func journal(_ verb: String, _ path: String) -> VectorStoreError {
    VectorStoreError(
      .journal,
      "the edit cannot be kept safe and was not made: cannot \(verb) \(path): "
        + String(cString: strerror(errno)))
  }
}
