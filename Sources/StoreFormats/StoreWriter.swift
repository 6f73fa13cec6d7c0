import Foundation
import Synchronization
import VectorStore

/// Writes a version of a store to disk, so that the files there are always whole.
public struct StoreWriter {
  public let location: StoreLocation
  private let leftovers: DocstoreLeftovers
  private let limits: ReadLimits
  private let watch: SaveWatch

  /// What was written and what of before was kept.
  public struct Report: Sendable, Hashable {
    public var bytes: Int
    public var backups: [String]
    public var fingerprint: Fingerprint
  }

  /// A writer for a place.
  ///
  /// `limits` are those for reading the new files back. `watch` learns how far a save has come, and can stop it until
  /// the first file of before is replaced.
  public init(
    _ location: StoreLocation, leftovers: DocstoreLeftovers = DocstoreLeftovers(),
    limits: ReadLimits = .standard,
    watch: @escaping SaveWatch = { _ in }
  ) {
    self.location = location
    self.leftovers = leftovers
    self.limits = limits
    self.watch = watch
  }

  /// Where "save as" to `path` goes: a folder; the pair of that name for `.faiss`; by its ending JSON Lines
  /// (`.jsonl`), a matrix of vectors (`.npy`), serialized bytes (`.bin`, `.bytes`); `sqlite:FILE#NAME`.
  public static func destination(for path: String) -> StoreLocation {
    if path.hasPrefix(StoreLocation.databasePrefix) {
      let parts = path.dropFirst(StoreLocation.databasePrefix.count)
        .split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      return .database(path: parts[0], name: parts.count == 2 && !parts[1].isEmpty ? parts[1] : "index")
    }
    let file = path as NSString
    switch file.pathExtension {
    case "jsonl": return .lines(path: path)
    case "npy": return .matrix(path: path)
    case "bin", "bytes": return .serialized(path: path)
    case "faiss":
      return .folder(
        path: path.parentFolder, name: (file.lastPathComponent as NSString).deletingPathExtension)
    default: return .folder(path: path, name: "index")
    }
  }

  /// Where a copy goes whose format is named: those of ``destination(for:)``, or `faiss` for the index file alone,
  /// or `langchain.js`.
  ///
  /// Throws `.notFound` for a name that is none.
  public static func destination(for path: String, format: String) throws(StoreFormatError) -> StoreLocation {
    switch format {
    case "langchain": return .folder(path: path, name: "index")
    case "jsonl": return .lines(path: path)
    case "serialized": return .serialized(path: path)
    case "faiss": return .index(path: path)
    case "npy": return .matrix(path: path)
    case "langchain.js": return .javaScript(path: path)
    default:
      throw StoreFormatError(
        .notFound,
        "there is no format \"\(format)\"; choose langchain, jsonl, serialized, faiss, npy or langchain.js")
    }
  }

  /// Replaces the store's files by `version`'s.
  ///
  /// The new files are written beside the old, read back, compared with `version` and synced, and only then
  /// take the old ones' names, all together (``FileReplacement``). With `expecting`, files that are no longer
  /// those refuse the save. `willCommit` learns, before the first file is replaced, what the files will be
  /// known by. The caller holds the ``FolderLock``, which it gives here when it goes on to need it. Throws
  /// ``StoreFormatError`` `.changedOnDisk`, `.cannotWrite`, `.unsupported`; the store on disk is then as it was.
  public func write(
    _ version: StoreVersion, expecting: Fingerprint? = nil, holding lock: FolderLock? = nil,
    willCommit: (Fingerprint) throws(StoreFormatError) -> Void = { _ in }
  ) throws(StoreFormatError) -> Report {
    guard location.canBeReplaced else {
      throw StoreFormatError(
        .unsupported,
        "\(location.path) holds more than its documents, which a save would lose; save elsewhere")
    }
    if case .database(let path, let name) = location {
      return try write(version, to: StoreDatabase(path: path, name: name), expecting, willCommit)
    }
    let replacement = FileReplacement(location)
    let isNewFolder = access(replacement.folder, F_OK) != 0
    try check(expecting)
    try createFolder(replacement.folder)
    replacement.clearTwin()
    let bytes: Int
    do {
      let written = try writeNewFiles(version, replacement)
      bytes = written.bytes
      // The disk is at it meanwhile.
      try verify(version, files: replacement.files.map(replacement.newPath))
      for file in written.files { try file.sync() }
      try check(expecting)
      try willCommit(Fingerprint(files: replacement.files.map(replacement.newPath)))
    } catch {
      replacement.abandon()
      if isNewFolder { rmdir(replacement.folder) }
      throw error
    }
    let backups = try replacement.commit(lock)
    return Report(bytes: bytes, backups: backups, fingerprint: Fingerprint(of: location))
  }

  /// The two files of a folder, made elsewhere and checked, go into the database in one transaction.
  private func write(
    _ version: StoreVersion, to database: StoreDatabase, _ expecting: Fingerprint?,
    _ willCommit: (Fingerprint) throws(StoreFormatError) -> Void
  ) throws(StoreFormatError) -> Report {
    let folder = try StoreReader.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try createFolder(location.folder)
    let pair = StoreWriter(
      .folder(path: folder, name: "index"), leftovers: leftovers, limits: limits, watch: watch)
    let written = try pair.write(version)
    let existed = location.exists
    let revision = try withoutActuallyEscaping(willCommit) { willCommit throws(StoreFormatError) in
      try database.replace(
        with: pair.location.files, rows: version.count, dimension: version.dimension,
        metric: version.metric.scoreName, expecting: expecting?.description
      ) { try willCommit(Fingerprint(revision: $0)) }
    }
    return Report(
      bytes: written.bytes,
      backups: existed ? ["\(StoreLocation.databasePrefix)\(database.path)#\(database.name).bak"] : [],
      fingerprint: Fingerprint(revision: revision))
  }

  private func createFolder(_ path: String) throws(StoreFormatError) {
    do { try Folder.create(path) } catch { throw StoreFormatError(.cannotWrite, error.message) }
  }

  private func check(_ expected: Fingerprint?) throws(StoreFormatError) {
    guard let expected, expected != Fingerprint(of: location) else { return }
    throw StoreFormatError(
      .changedOnDisk,
      "\(location.path) changed on disk since it was opened; nothing was written. "
        + "save elsewhere, or open it again to see what it holds now")
  }

  private func writeNewFiles(
    _ version: StoreVersion, _ replacement: FileReplacement
  ) throws(StoreFormatError) -> (bytes: Int, files: [WrittenFile]) {
    let index = try IndexWriter(version)
    var (total, files) = (0, [WrittenFile]())
    for (number, file) in replacement.files.enumerated() {
      var sink = try FileSink(
        path: replacement.newPath(file), permissions: replacement.permissions(of: file))
      let (phase, watch) = (phase(of: number), watch)
      sink.watch = { (rows) throws(StoreFormatError) in
        try watch(SaveStep(phase, done: rows, total: version.count))
      }
      try writeFile(number, version, index, to: &sink)
      if let file = try sink.written() { files.append(file) }
      total += sink.bytesWritten
    }
    return (total, files)
  }

  /// What the file is mostly made of.
  private func phase(of number: Int) -> SaveStep.Phase {
    switch (location, number) {
    case (.index, _), (.matrix, _), (.folder, 0), (.javaScript, 0): .vectors
    default: .documents
    }
  }

  /// The sizes that the files of ``location`` would have, in order; nil where the index cannot be written.
  public func sizes(of version: StoreVersion) -> [Int?] {
    location.files.indices.map { number in
      var sink = FileSink.counting()
      do {
        try writeFile(number, version, IndexWriter(version), to: &sink)
        return sink.bytesWritten
      } catch {
        return nil
      }
    }
  }

  private func writeFile(
    _ number: Int, _ version: StoreVersion, _ index: IndexWriter, to sink: inout FileSink
  ) throws(StoreFormatError) {
    let pickle = LangChainWriter(version: version, labels: index.labels, leftovers: leftovers)
    switch (location, number) {
    case (.index, _), (.folder, 0), (.javaScript, 0): try index.write(to: &sink)
    case (.folder, _), (.database, _): try pickle.write(to: &sink)
    case (.serialized, _), (.object, _): try pickle.write(to: &sink, index: index)
    case (.javaScript, _):
      try LangChainJSDocstore.write(version, labels: index.labels, leftovers, to: &sink)
    case (.lines, _): try JSONLinesStore.write(version, leftovers, to: &sink)
    case (.matrix, _):
      try sink.append(NumPyFile.header(rows: version.count, columns: version.dimension))
      try IndexWriter.writeRows(of: version, to: &sink)
    }
  }

  /// Reads the new files back as any reader would and compares every document, and the shape of the index.
  private func verify(_ version: StoreVersion, files: [String]) throws(StoreFormatError) {
    do throws(VectorStoreError) {
      for part in version.parts { try part.segment.documents.check() }
    } catch {
      throw StoreFormatError(.cannotWrite, error.message)
    }
    let watch = watch
    let reader = StoreReader(location, limits: limits) { (step) throws(StoreFormatError) in
      try watch(SaveStep(.reading, done: step.done, total: step.total))
    }
    // Most folders are read too fast to say how far that is.
    try watch(SaveStep(.reading, done: 0, total: version.count))
    let written = try reader.read(files: files)
    var isSame = written.version.count == version.count && written.version.dimension == version.dimension
    if isSame {
      if case .index = location { return }
      if case .matrix = location { return }
      // JavaScript's ids are text, and its documents have no class.
      if case .javaScript = location { return }
      isSame = try holds(written.version, theDocumentsOf: version)
    }
    guard isSame else {
      throw StoreFormatError(
        .cannotWrite, "what was written does not read back as it should; the store on disk was left as it is")
    }
  }

  /// Whether two versions of as many rows have equal documents, each of which is made for that on both sides: on all
  /// processors, so many at a time.
  func holds(
    _ written: StoreVersion, theDocumentsOf version: StoreVersion
  ) throws(StoreFormatError) -> Bool {
    var (isSame, stop) = (true, StoreFormatError?.none)
    var (start, places) = (0, [(part: StoreVersion.Part, position: Int)]())
    func compare() {
      do throws(StoreFormatError) {
        try watch(SaveStep(.comparing, done: start, total: version.count))
      } catch {
        stop = error
        return
      }
      let (first, rows) = (start, places)
      let lanes = max(1, min(ProcessInfo.processInfo.activeProcessorCount, 8))
      let differs = Atomic<Bool>(false)
      DispatchQueue.concurrentPerform(iterations: lanes) { lane in
        for row in rows.count * lane / lanes..<rows.count * (lane + 1) / lanes {
          guard written.document(atRow: first + row) != rows[row].part.document(at: rows[row].position) else {
            continue
          }
          return differs.store(true, ordering: .relaxed)
        }
      }
      isSame = !differs.load(ordering: .relaxed)
      start += places.count
      places.removeAll(keepingCapacity: true)
    }
    version.forEachPosition { _, part, position in
      guard isSame, stop == nil else { return }
      places.append((part, position))
      if places.count == FileSink.rowsBetweenSteps { compare() }
    }
    if isSame, stop == nil, !places.isEmpty { compare() }
    if let stop { throw stop }
    return isSame
  }
}
