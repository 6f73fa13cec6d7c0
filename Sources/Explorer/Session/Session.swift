import Embeddings
import Foundation
import StoreFormats
import Synchronization
import VectorStore

/// How far a long piece of work has come.
public struct Progress: Sendable, Hashable {
  public var completed: Int
  public var total: Int
  public var note: String

  public init(completed: Int, total: Int, note: String) {
    self.completed = completed
    self.total = total
    self.note = note
  }
}

/// One open store with its embedder and its place on disk: every verb that the command line and the screen share.
///
/// All methods may be called from anywhere; they run off the caller's thread and honour cancellation.
/// They throw ``ExplorerError``, and `CancellationError` when cancelled.
public final class Session: Sendable {
  let store: VectorStore
  let workshop: EmbedderWorkshop
  let embedding: Mutex<EmbedderSearch>
  let index: IndexSummary
  public let pickle: PickleSummary?
  let leftovers: DocstoreLeftovers
  let limits: ReadLimits
  let place: Mutex<Place>
  let masks = Mutex<CachedMask?>(nil)
  let orders = Mutex<CachedOrder?>(nil)
  let maps = Mutex<CachedMap?>(nil)
  let journal: EditJournal?
  /// Files of vectors that were computed for rows that are not saved yet.
  let builds = Mutex<[String]>([])
  /// What an earlier session left unsaved, until it is applied or discarded.
  let unsaved: Mutex<UnsavedEdits?>
  /// Held by a session that was opened to write, from before it read until it ends.
  let lock: FolderLock?

  /// What a session is opened for.
  public enum Access: Sendable, Hashable {
    case reading
    /// To change the files and be done: nobody else changes them meanwhile.
    case writing
    /// To look, and to edit as it goes: every edit is on disk before it is shown, files change with a save only.
    case exploring
  }

  /// Where the store lives; changes with a save elsewhere.
  struct Place: Sendable {
    var location: StoreLocation
    var fingerprint: Fingerprint
    var problems: [StoreProblem]
    var sizes: [FileSize]
    var isReadOnly: Bool
  }

  /// The rows of the filter asked for last.
  struct CachedMask: Sendable {
    var revision: Int
    var filter: Filter
    var mask: RowMask
  }

  /// Opens what `path` names: a LangChain folder, one of its files, serialized bytes, or an index file alone.
  ///
  /// Text queries go to `embedder`, nil looks for the one that fits. `environment` tells where a person's
  /// models, keys and Fathom's memory are; with nil there are none, and no journal. A session opened to write
  /// waits for others that do; it throws `.cannotWrite` when an earlier session left edits unsaved.
  public static func open(
    _ path: String, for access: Access = .exploring, embedder: EmbedderName? = nil,
    environment: [String: String]? = nil, progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) async throws -> Session {
    do {
      progress(Progress(completed: 0, total: 1, note: "opening \(path)"))
      let limits = try readLimits(environment)
      let location = try StoreLocation(path: path)
      let lock = access == .writing ? try await FolderLock.acquire(location) : nil
      let opened = try StoreReader(
        location, limits: limits, cacheFolder: environment.flatMap { UserFolders(environment: $0).stores },
        watch: Self.watch(reading: (location.path as NSString).lastPathComponent, progress)
      ).read(isLocked: lock != nil)
      let session = Session(
        opened, for: access, lock: lock, embedder: embedder, environment: environment, limits: limits)
      if access == .writing { try session.refuseUnsavedEdits() }
      progress(Progress(completed: 1, total: 1, note: "opened \(path)"))
      return session
    } catch {
      throw sessionError(error)
    }
  }

  /// A session over the first documents of a large store, to look at while ``open(_:for:embedder:environment:progress:)``
  /// reads it; nil where that cannot be, or does not pay.
  ///
  /// Pages, single documents and searches by vectors alone: documents that are not known yet say so.
  public static func beginning(of path: String, atLeast bytes: Int = StoreReader.leastBegun) -> Session? {
    guard let location = try? StoreLocation(path: path),
      let opened = StoreReader(location).readBeginning(atLeast: bytes)
    else { return nil }
    return Session(opened, for: .exploring, embedder: nil, environment: nil)
  }

  /// The limits that a person set.
  ///
  /// Throws `.usage` for those that are none.
  static func readLimits(_ environment: [String: String]?) throws(ExplorerError) -> ReadLimits {
    guard let text = environment?[ReadLimits.variable] else { return .standard }
    do { return try ReadLimits(parsing: text) } catch { throw ExplorerError(.usage, error.message) }
  }

  /// The size of a store's files together; nil when there is no store.
  public static func bytes(at path: String) -> Int? {
    guard let location = try? StoreLocation(path: path) else { return nil }
    return location.files.reduce(0) { total, file in
      let attributes = try? FileManager.default.attributesOfItem(atPath: file)
      return total + (attributes?[.size] as? Int ?? 0)
    }
  }

  /// Whether `path` names the store of this session.
  public func isStore(at path: String) -> Bool {
    guard let other = try? StoreLocation(path: path) else { return false }
    return Self.journalKey(other) == Self.journalKey(place.withLock { $0.location })
  }

  init(
    _ opened: OpenedStore, for access: Access, lock: FolderLock? = nil, embedder: EmbedderName?,
    environment: [String: String]?, limits: ReadLimits = .standard
  ) {
    self.lock = lock
    self.limits = limits
    let fingerprint = opened.fingerprint.description
    let journalPlace = environment.map {
      EditJournal.Place(
        folder: UserFolders(environment: $0).state + "/journal",
        store: Self.journalKey(opened.location))
    }
    journal =
      access == .exploring
      ? journalPlace.map {
        EditJournal(at: $0, fingerprint: fingerprint, dimension: opened.version.dimension)
      } : nil
    unsaved = Mutex(
      access == .reading ? nil : journalPlace.flatMap { .find(at: $0, fingerprint: fingerprint) })
    store = VectorStore(opened.version, journal: journal)
    workshop = EmbedderWorkshop(environment: environment)
    embedding = Mutex(EmbedderSearch(state: .open(asked: embedder)))
    index = opened.index
    pickle = opened.pickle
    leftovers = opened.leftovers
    let isWritable =
      opened.location.canBeReplaced && (Glibc.access(opened.location.folder, W_OK) == 0 || errno == ENOENT)
    place = Mutex(
      Place(
        location: opened.location, fingerprint: opened.fingerprint, problems: opened.problems,
        sizes: opened.bytes, isReadOnly: access == .reading || !isWritable))
  }

  // MARK: Looking

  public func summary() async -> StoreSummary {
    let snapshot = await store.snapshot
    let changes = StoreDifference.EditCounts(from: snapshot.saved, to: snapshot.version)
    let place = place.withLock { $0 }
    let path = place.location.path
    return StoreSummary(
      name: (path as NSString).lastPathComponent, path: path, count: snapshot.version.count,
      dimension: snapshot.version.dimension, metric: snapshot.version.metric, indexType: index.typeName,
      embedder: embedderStatus,
      deleted: changes.deleted, added: changes.added, merged: changes.merged, edited: changes.edited,
      undoName: snapshot.undoName, redoName: snapshot.redoName, isReadOnly: place.isReadOnly,
      problems: place.problems, revision: snapshot.revision)
  }

  /// Rows in order; under a filter those that match, with the row numbers they have in the store.
  public func page(offset: Int, limit: Int, filter: Filter?) async throws -> Page {
    let snapshot = await store.snapshot
    let version = snapshot.version
    let rows: [Int]
    let matched: Int
    if let filter {
      let mask = try await mask(filter, snapshot)
      matched = mask.count
      rows = version.rows(in: mask, offset: offset, limit: limit)
    } else {
      matched = version.count
      rows = Array(min(offset, matched)..<min(matched, offset + limit))
    }
    return Page(
      revision: snapshot.revision, matched: matched, total: version.count, offset: offset,
      rows: rows.map { Row(row: $0, document: version.document(atRow: $0)) })
  }

  /// The document of an id with its vector; the first row where an id is repeated.
  public func document(_ id: DocumentID) async throws -> DocumentDetail {
    let version = await store.current
    guard let place = version.places(of: id).first else {
      throw Self.unknownID(id.text, in: version)
    }
    let row = version.row(of: place)
    let vector = (try? version.vector(atRow: row)) ?? []
    return DocumentDetail(
      row: Row(row: row, document: version.document(atRow: row)), dimension: version.dimension, vector: vector
    )
  }

  /// The ids that people mean by what they typed.
  ///
  /// Throws `.noInput` naming one that is not there, unless `skipsMissing`.
  public func ids(written texts: [String], skipsMissing: Bool = false) async throws -> [DocumentID] {
    let version = await store.current
    return try texts.flatMap { text in
      let ids = version.ids(written: text)
      guard !ids.isEmpty || skipsMissing else {
        throw Self.unknownID(text, in: version)
      }
      return ids
    }
  }

  /// Says that an id is not there, and which ones begin so: lists show only the start of an id.
  static func unknownID(_ text: String, in version: StoreVersion) -> ExplorerError {
    let near = text.isEmpty ? [] : version.ids(startingWith: text, limit: 4)
    let hint =
      switch near.count {
      case 0: ""
      case 1...3: "; did you mean \(near.map(\.text).joined(separator: " or "))?"
      default: "; several begin so, write more of it"
      }
    return ExplorerError(.noInput, "no document has the id \"\(text)\"\(hint)")
  }

  /// How many rows a filter lets through.
  public func matchCount(_ filter: Filter) async throws -> Int {
    try await mask(filter, await store.snapshot).count
  }

  /// The ids of all rows that a filter lets through, in row order.
  public func ids(matching filter: Filter) async throws -> [DocumentID] {
    let snapshot = await store.snapshot
    let mask = try await mask(filter, snapshot)
    return snapshot.version.rows(in: mask, offset: 0, limit: mask.count)
      .map { snapshot.version.document(atRow: $0).id }
  }

  /// The metadata keys with how many documents have each, those of most documents first, then by name.
  public func keys() async throws -> [KeyCount] {
    try await store.current.keyCounts().map { KeyCount(key: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.key) < ($0.count, $1.key) }
  }

  /// The values of a key with their counts, most frequent first; of the rows that `filter` lets through.
  public func facets(of key: String, limit: Int, filter: Filter? = nil) async throws -> [Facet] {
    let snapshot = await store.snapshot
    let path = FieldPath(.string(Text(key)))
    try await snapshot.version.prepare(path)
    var rows: RowMask?
    if let filter { rows = try await mask(filter, snapshot) }
    let counts = try snapshot.version.valueCounts(of: path, in: rows)
    return counts.map { Facet(value: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.value.json) < ($0.count, $1.value.json) }
      .prefix(limit).map { $0 }
  }

  func mask(_ filter: Filter, _ snapshot: VectorStore.Snapshot) async throws -> RowMask {
    if let cached = masks.withLock({ $0 }), cached.revision == snapshot.revision, cached.filter == filter {
      return cached.mask
    }
    try await snapshot.version.prepare(filter)
    let mask = try snapshot.version.mask(filter)
    masks.withLock { $0 = CachedMask(revision: snapshot.revision, filter: filter, mask: mask) }
    return mask
  }
}
