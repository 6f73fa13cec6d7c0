import Faiss
import Foundation
import Pickle
import VectorStore

/// Opens a store: checks both files, maps what can be searched in place, and joins rows with documents.
///
/// Nothing that a file names is run, and nothing on disk changes, but for a save that was cut off:
/// its record is honoured first (``FileReplacement``).
public struct StoreReader {
  let location: StoreLocation
  private let limits: ReadLimits
  private let cacheFolder: String?
  private let watch: ReadWatch

  /// `watch` learns how far the reading has come, and can end it.
  ///
  /// In `cacheFolder` what takes long to work out of the files is kept for the next time; nothing is without one.
  public init(
    _ location: StoreLocation, limits: ReadLimits = .standard, cacheFolder: String? = nil,
    watch: @escaping ReadWatch = { _ in }
  ) {
    self.location = location
    self.limits = limits
    self.cacheFolder = cacheFolder
    self.watch = watch
  }

  /// Throws ``StoreFormatError`` naming the file, what was expected and what was found.
  ///
  /// The files are of one save, whoever writes meanwhile. `isLocked` says that the caller has the folder's lock.
  public func read(isLocked: Bool = false) throws(StoreFormatError) -> OpenedStore {
    for _ in 0..<Self.attempts {
      let before = Fingerprint(of: location)
      if try !recover(isLocked: isLocked) {
        usleep(Self.pause)
        continue
      }
      do throws(StoreFormatError) {
        let opened = try read(files: location.files)
        if Fingerprint(of: location) == before { return opened }
      } catch {
        // Two files of different saves may contradict each other.
        guard Fingerprint(of: location) != before else { throw error }
      }
    }
    throw StoreFormatError(
      .locked, "another process is saving \(location.path) all the time; try again when it has ended")
  }

  /// The store with its first documents, long before a large one is read; nil where that cannot be, or does not pay.
  ///
  /// A folder as LangChain writes it: all vectors, and some hundreds of documents in the rows that the end of the
  /// pickle gives them; those after them say that they are still being read. For looking only: whether the files are
  /// whole, ``read(isLocked:)`` tells. A pickle of fewer than `bytes` bytes is not worth it.
  public func readBeginning(atLeast bytes: Int = leastBegun) -> OpenedStore? {
    let before = Fingerprint(of: location)
    let replacement = FileReplacement(location)
    guard case .folder = location, !replacement.hasRecord, !replacement.hasTwin,
      let files = try? location.files.map(Self.map), files.count == 2, files[1].count >= bytes,
      let index = try? IndexReader(files[0], name: location.files[0], limits: limits.index),
      index.vectors.faissIndex == nil,
      let documents = OutlinedDocuments(headOf: files[1], count: index.vectors.count),
      Fingerprint(of: location) == before
    else { return nil }
    var opened = join(index, documents, nil)
    opened.fingerprint = before
    return opened
  }

  /// A smaller pickle is read in less time than the eye needs.
  public static let leastBegun = 8 << 20
  private static let attempts = 1000
  private static let pause: UInt32 = 10_000

  /// Honours the record of a save that was cut off; false while a living process is at it.
  private func recover(isLocked: Bool) throws(StoreFormatError) -> Bool {
    let replacement = FileReplacement(location)
    guard replacement.hasRecord || replacement.hasTwin else { return true }
    let lock = isLocked ? nil : FolderLock.attempt(location.folder)
    guard isLocked || lock != nil else { return !replacement.hasRecord }
    return try withExtendedLifetime(lock) { () throws(StoreFormatError) in
      try replacement.recover()
      return true
    }
  }

  /// Reads the files of a store of this location's format from other paths.
  func read(files paths: [String]) throws(StoreFormatError) -> OpenedStore {
    let fingerprint = Fingerprint(of: location)
    if case .database(let path, let name) = location {
      var opened = try readDatabase(StoreDatabase(path: path, name: name))
      opened.location = location
      opened.fingerprint = fingerprint
      return opened
    }
    let files = try paths.map(Self.map)
    let sizes = zip(paths, files).map {
      FileSize(name: ($0 as NSString).lastPathComponent, bytes: $1.count)
    }
    var opened: OpenedStore
    switch location {
    case .folder:
      let index = try IndexReader(files[0], name: paths[0], limits: limits.index)
      let cache = cache(of: files, paths)
      if index.hasPlainLabels,
        let documents = try outline(files[1], paths[1], count: index.labels.count, cache)
      {
        opened = join(index, documents, cache)
      } else {
        let contents = try unpickle(files[1], paths[1])
        opened = join(index, contents.documents)
        opened.pickle = contents.summary
      }
    case .serialized(let path):
      let contents = try unpickle(files[0], paths[0])
      opened = join(try index(in: contents.documents, path), contents.documents)
      opened.pickle = contents.summary
    case .object(let path, let file):
      let contents = try unpickle(files[files.count - 1], path)
      opened =
        if let file {
          join(try IndexReader(files[0], name: file, limits: limits.index), contents.documents)
        } else {
          join(try index(in: contents.documents, path), contents.documents)
        }
      opened.pickle = contents.summary
      opened.problems.append(.wholeObject)
    case .javaScript:
      opened = join(
        try IndexReader(files[0], name: paths[0], limits: limits.index),
        try LangChainJSDocstore.read(files[1], name: paths[1]))
    case .lines: opened = try join(JSONLinesStore(files[0], name: paths[0], watch: watch))
    case .matrix:
      opened = join(try NumPyFile.vectors(files[0], name: paths[0]))
    case .index, .database:
      opened = join(try IndexReader(files[0], name: paths[0], limits: limits.index), nil)
    }
    do {
      for file in files { try file.check() }
    } catch {
      throw StoreFormatError(.notFound, error.message)
    }
    opened.fingerprint = fingerprint
    opened.bytes = sizes
    return opened
  }

  /// Below this a look at the files is as quick as one into a cache.
  private static let leastCached = 4 << 20

  /// Where what is worked out of these files is kept; nil also for files that are so new that they might change
  /// without a sign of it.
  private func cache(of files: [MappedFile], _ paths: [String]) -> StoreCache? {
    guard let cacheFolder, files.reduce(0, { $0 + $1.count }) >= Self.leastCached,
      !files.contains(where: \.isFresh), let stamps = try? paths.map({ try ContentStamp(of: $0).description })
    else { return nil }
    let key = zip(files, stamps).map { "\($0.identity) \($1)" }.joined(separator: "\n")
    return StoreCache(folder: cacheFolder, place: location.path, key: key)
  }

  /// The index that a pickle holds itself.
  private func index(in pickle: LangChainPickle, _ path: String) throws(StoreFormatError) -> IndexReader {
    if let bytes = pickle.index { return try IndexReader(bytes: bytes, name: path, limits: limits.index) }
    let name = (path as NSString).lastPathComponent
    let stem = (name as NSString).deletingPathExtension
    throw StoreFormatError(
      .notFound,
      "\((path.parentFolder as NSString).appendingPathComponent("\(stem).faiss")): not found; \(name) holds "
        + "documents without their vectors and needs the index beside it, which was saved with it")
  }

  /// Documents that need no joining: position p has row p's.
  private func join(
    _ index: IndexReader, _ documents: OutlinedDocuments, _ cache: StoreCache?
  ) -> OpenedStore {
    var opened = OpenedStore.new(location, dimension: index.vectors.dimension, metric: index.metric)
    opened.version = StoreVersion(
      dimension: index.vectors.dimension, metric: index.metric,
      segment: Segment(vectors: index.vectors, documents: documents, origin: .file, cache: cache),
      live: RowSet(all: index.vectors.count))
    opened.index = index.summary
    opened.pickle = documents.summary
    opened.problems = index.problems
    return opened
  }

  private func join(_ index: IndexReader, _ pickle: LangChainPickle?) -> OpenedStore {
    var join = DocumentJoin(labels: index.labels)
    if let pickle { join.add(pickle) }
    let segment = Segment(vectors: index.vectors, documents: join.documents, origin: .file)
    var opened = OpenedStore.new(location, dimension: index.vectors.dimension, metric: index.metric)
    opened.version = StoreVersion(
      dimension: index.vectors.dimension, metric: index.metric, segment: segment, live: join.live)
    opened.index = index.summary
    opened.problems = join.problems + index.problems
    opened.leftovers = join.leftovers
    return opened
  }

  private func join(_ store: JSONLinesStore) throws(StoreFormatError) -> OpenedStore {
    guard let dimension = store.dimension else {
      throw StoreFormatError(
        .badData, "\(location.path): expected a header or a line with \"vector\", which says the dimension")
    }
    var opened = OpenedStore.new(location, dimension: dimension, metric: store.metric)
    opened.version = StoreVersion(
      dimension: dimension, metric: store.metric,
      segments: [
        Segment(
          vectors: Vectors(store.vectors, dimension: dimension), documents: store.documents, origin: .file)
      ])
    opened.leftovers = store.leftovers
    return opened
  }

  /// Vectors alone: a row's id is its number.
  private func join(_ vectors: Vectors) -> OpenedStore {
    let join = DocumentJoin(labels: Array(0..<vectors.count))
    var opened = OpenedStore.new(location, dimension: vectors.dimension, metric: .squaredL2)
    opened.version = StoreVersion(
      dimension: vectors.dimension, metric: .squaredL2,
      segments: [Segment(vectors: vectors, documents: join.documents, origin: .file)])
    return opened
  }

  /// The parts of a database's store go through files that have no name any more once they are mapped.
  private func readDatabase(_ database: StoreDatabase) throws(StoreFormatError) -> OpenedStore {
    let folder = try Self.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let paths = StoreDatabase.parts.map { "\(folder)/\($0)" }
    try database.extract(to: paths)
    do throws(StoreFormatError) {
      return try StoreReader(.folder(path: folder, name: "index"), limits: limits, watch: watch).read(
        files: paths)
    } catch {
      throw StoreFormatError(
        error.code, error.message.replacingOccurrences(of: folder, with: location.path))
    }
  }

  /// A new folder that only this person can read.
  static func temporaryFolder() throws(StoreFormatError) -> String {
    let path = NSTemporaryDirectory() + "fathom-\(UUID().uuidString)"
    guard mkdir(path, 0o700) == 0 else { throw .system("create", path) }
    return path
  }

  private static func map(_ path: String) throws(StoreFormatError) -> MappedFile {
    do { return try MappedFile(path: path) } catch {
      throw StoreFormatError(.notFound, error.message)
    }
  }

  /// Documents to be read one by one; nil when the pickle must be read whole.
  private func outline(
    _ file: MappedFile, _ path: String, count: Int, _ cache: StoreCache?
  ) throws(StoreFormatError) -> OutlinedDocuments? {
    do { return try OutlinedDocuments(file, count: count, cache: cache, watch: pickleWatch) } catch {
      throw StoreFormatError(error, in: path)
    }
  }

  private var pickleWatch: PickleWatch {
    let watch = watch
    return { (step) throws(PickleError) in
      do { try watch(ReadStep(step)) } catch { throw PickleError.cancelled }
    }
  }

  private func unpickle(_ file: MappedFile, _ path: String) throws(StoreFormatError)
    -> (documents: LangChainPickle, summary: PickleSummary)
  {
    let watch = watch
    do {
      let document = try file.withBytes { bytes throws(PickleError) in
        try PickleReader.read(bytes, limits: limits.pickle, watch: pickleWatch)
      }
      do throws(StoreFormatError) {
        return (try LangChainPickle(document.value, watch: watch), PickleSummary(document))
      } catch {
        throw StoreFormatError(error.code, "\(path): \(error.message)")
      }
    } catch let error as PickleError {
      // What is no pickle from its first byte on is another file.
      if error.offset == 0, let other = file.withBytes({ FaissFile.recognize($0) }) {
        throw StoreFormatError(.badData, "\(path): expected a pickle of LangChain, found \(other)")
      }
      throw StoreFormatError(error, in: path)
    } catch let error as StoreFormatError {
      throw error
    } catch {
      throw StoreFormatError(.badData, "\(path): \(error)")
    }
  }
}

extension StoreFormatError {
  init(_ error: PickleError, in path: String) {
    let code: Code =
      switch error.code {
      case .forbiddenGlobal: .forbidden
      case .limit: .limit
      case .cancelled: .cancelled
      default: .badData
      }
    self.init(code, "\(path): \(error.message)\(Self.advice(error.limit?.rawValue))")
  }

  init(_ error: FaissError, in path: String) {
    let code: Code =
      switch error.code {
      case .unsupportedType, .unsupportedOperation: .unsupported
      case .limit: .limit
      default: .badData
      }
    self.init(code, "\(path): \(error.message)\(Self.advice(error.limit?.rawValue))")
  }
}

extension PickleSummary {
  init(_ document: PickleDocument) {
    self.init(
      protocolVersion: document.protocolVersion, document.globals,
      firstState: Self.firstDocumentState(document.value))
  }

  init(_ outline: DocstoreOutline, first: PickleValue) {
    self.init(
      protocolVersion: outline.protocolVersion, outline.globals, firstState: Self.documentState(first))
  }

  private init(protocolVersion: Int, _ uses: [GlobalUse], firstState: [PickleEntry]?) {
    let globals = uses.map(Global.init)
    self.init(
      protocolVersion: protocolVersion, globals: globals,
      writer: Self.writer(names: globals.map(\.name), firstState: firstState))
  }

  /// From the class names and the layout of a document's state (sections 2 and 3 of the pickle notes).
  private static func writer(names: [String], firstState: [PickleEntry]?) -> String {
    if names.contains("langchain_community.docstore.in_memory.InMemoryDocstore") {
      guard let state = firstState else {
        return "langchain-community 0.0.20 or later"
      }
      let keys = Set(state.compactMap(\.key.text))
      if keys.contains("__pydantic_fields_set__") {
        return keys.contains("__fields_set__")
          ? "fathom" : "langchain-community 0.3 or later (pydantic 2)"
      }
      return "langchain-community 0.0.20 to 0.2 (pydantic 1)"
    }
    if names.contains(where: { $0.hasPrefix("langchain_classic.") }) { return "langchain-classic" }
    if names.contains("langchain_core.documents.base.Document") { return "langchain 0.0.345" }
    if names.contains("langchain.schema.document.Document") { return "langchain 0.0.300" }
    if names.contains("langchain.schema.Document") { return "langchain 0.0.150 to 0.0.200" }
    if names.contains("langchain.docstore.document.Document") { return "langchain 0.0.90 to 0.0.100" }
    return "unknown"
  }

  private static func firstDocumentState(_ value: PickleValue) -> [PickleEntry]? {
    guard case .tuple(let parts) = value, parts.count >= 2,
      case .object(let docstore) = parts[parts.count - 2], case .dict(let state)? = docstore.state,
      let first = state["_dict"]?.dictionaryItems?.first
    else { return nil }
    return documentState(first.value)
  }

  private static func documentState(_ value: PickleValue) -> [PickleEntry]? {
    guard case .object(let object) = value, case .dict(let fields)? = object.state else { return nil }
    return fields
  }
}
