import CCrypto
import Foundation
import VectorStore

/// The vectors that a build has computed so far, on disk, so that a build that was cancelled or killed goes on
/// where it was.
///
/// A file of records, appended batch by batch: SHA-256 of the text, the vector, a checksum of both. A record
/// cut short or damaged is as good as none. The first record's place holds what the vectors depend on; a
/// journal of another embedder is emptied. Where the file cannot be read or written, the vectors are kept in memory alone:
/// no reason to stop a build.
struct EmbeddingJournal: ~Copyable {
  typealias Key = [UInt8]

  let path: String
  private let dimension: Int
  private let header: [UInt8]
  /// Below 0 while there is no file.
  private var descriptor: Int32 = -1
  private(set) var vectors: [Key: [Float]] = [:]
  /// Why nothing is on disk any more.
  private(set) var failure: ExplorerError?

  private static let digestSize = 32
  private static let checksumSize = 8

  /// The journal of one build in `folder`, with what an earlier run left; the file is made with the first vectors.
  ///
  /// `build` says which build it is: where it goes and with which embedder.
  static func open(folder: String, build: String, dimension: Int) -> EmbeddingJournal {
    let path = "\(folder)/\(hex(digest(build)).prefix(24)).vectors"
    var journal = EmbeddingJournal(
      path: path, dimension: dimension, header: digest("fathom vectors 1\n\(dimension)\n\(build)"))
    if access(path, F_OK) == 0 {
      journal.attempt { (journal) throws(ExplorerError) in try journal.openFile() }
    }
    return journal
  }

  private init(path: String, dimension: Int, header: [UInt8]) {
    self.path = path
    self.dimension = dimension
    self.header = header
  }

  private mutating func attempt(_ step: (inout EmbeddingJournal) throws(ExplorerError) -> Void) {
    guard failure == nil else { return }
    do { try step(&self) } catch { failure = error }
  }

  /// Opens or creates the file.
  private mutating func openFile() throws(ExplorerError) {
    let folder = path.parentFolder
    do { try Folder.create(folder, permissions: 0o700) } catch {
      throw ExplorerError(.cannotWrite, error.message)
    }
    descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.failure("open", path) }
    try load()
  }

  private mutating func load() throws(ExplorerError) {
    guard let bytes = FileManager.default.contents(atPath: path) else { throw Self.failure("read", path) }
    if bytes.starts(with: header) {
      let end = read([UInt8](bytes), from: header.count)
      guard ftruncate(descriptor, off_t(end)) == 0 else { throw Self.failure("shorten", path) }
    } else {
      guard ftruncate(descriptor, 0) == 0 else { throw Self.failure("empty", path) }
      try write(header)
    }
    guard lseek(descriptor, 0, SEEK_END) >= 0 else { throw Self.failure("read", path) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  static func key(_ text: String) -> Key { digest(text) }

  /// Adds the vectors of a batch, `[keys.count, dimension]`, and has them on disk when it returns, but for a ``failure``.
  mutating func append(_ keys: [Key], _ values: [Float]) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(keys.count * recordSize)
    for (number, key) in keys.enumerated() {
      let vector = Array(values[number * dimension..<(number + 1) * dimension])
      var record = key
      vector.withUnsafeBytes { record += $0 }
      bytes += record + Self.checksum(record[...])
      vectors[key] = vector
    }
    attempt { (journal) throws(ExplorerError) in
      if journal.descriptor < 0 { try journal.openFile() }
      try journal.write(bytes)
      guard fdatasync(journal.descriptor) == 0 else { throw Self.failure("write", journal.path) }
    }
  }

  private var recordSize: Int { Self.digestSize + dimension * 4 + Self.checksumSize }

  /// Takes the records that are whole; returns where they end.
  private mutating func read(_ bytes: [UInt8], from start: Int) -> Int {
    var place = start
    while place + recordSize <= bytes.count {
      let record = bytes[place..<place + recordSize - Self.checksumSize]
      let checksum = bytes[place + recordSize - Self.checksumSize..<place + recordSize]
      guard Self.checksum(record).elementsEqual(checksum) else { break }
      let vector = record.dropFirst(Self.digestSize).withUnsafeBytes { raw in
        (0..<dimension).map { raw.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) }
      }
      vectors[Array(record.prefix(Self.digestSize))] = vector
      place += recordSize
    }
    return place
  }

  private func write(_ bytes: [UInt8]) throws(ExplorerError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Self.failure("write", path) }
      written += count
    }
  }

  private static func checksum(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    Array(digest(Array(bytes)).prefix(checksumSize))
  }

  private static func digest(_ text: String) -> [UInt8] { digest(Array(text.utf8)) }

  private static func digest(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: digestSize)
    var size: UInt32 = 0
    // SHA-256 cannot fail on bytes in memory; were it to, no record would ever be found again.
    _ = EVP_Digest(bytes, bytes.count, &digest, &size, EVP_sha256(), nil)
    return digest
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private static func failure(_ verb: String, _ path: String) -> ExplorerError {
    ExplorerError(.cannotWrite, "cannot \(verb) \(path): \(String(cString: strerror(errno)))")
  }
}
