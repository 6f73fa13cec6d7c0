import Synchronization

/// An immutable piece of a store: a file just opened, a batch just added, a store just merged in.
///
/// The document at position `p` belongs to the vector at position `p`.
public final class Segment: Sendable {
  /// Where a segment came from, for the changes screen and for undo's names.
  public enum Origin: Sendable, Hashable {
    case file
    case added
    case merged(from: String)
  }

  public let origin: Origin
  public let vectors: Vectors
  public let documents: any DocumentSource
  /// Where what is worked out of vectors and documents is kept for the next time; nil for what is in no file.
  public let cache: StoreCache?
  public var count: Int { vectors.count }

  private let positions = Mutex<[DocumentID: [Int]]?>(nil)
  private let columns = Mutex<[FieldPath: MetadataColumn]>([:])
  private let makings = Mutex<[FieldPath: Task<Void, Never>]>([:])
  private let keys = Mutex<Task<[String: Int], Never>?>(nil)
  /// The vectors as bytes, for long scans.
  let codes: SegmentCodes

  public convenience init(vectors: Vectors, documents: [Document], origin: Origin) {
    self.init(vectors: vectors, documents: DocumentArray(documents), origin: origin)
  }

  /// Precondition: as many documents as vectors.
  public init(
    vectors: Vectors, documents: any DocumentSource, origin: Origin, cache: StoreCache? = nil
  ) {
    precondition(vectors.count == documents.count)
    self.cache = cache
    self.vectors = vectors
    self.documents = documents
    self.origin = origin
    codes = SegmentCodes(of: vectors, cache: cache)
  }

  /// The values of a metadata key.
  ///
  /// The first call makes the column, O(count), and keeps it. Throws `CancellationError`.
  func column(_ path: FieldPath) throws -> MetadataColumn {
    if let column = columns.withLock({ $0[path] }) { return column }
    let column = try cache?.column(path, rows: count) ?? MetadataColumn(path, of: documents)
    columns.withLock { $0[path] = column }
    return column
  }

  /// Makes the column of a key, so that ``column(_:)`` has it; other work gets its turn meanwhile.
  ///
  /// Whoever asks while it is being made waits for the same; it is made to its end though they are cancelled, as
  /// somebody who types a filter asks again with every key. Throws `CancellationError`.
  func prepare(_ path: FieldPath) async throws {
    let task = makings.withLock { running -> Task<Void, Never>? in
      guard columns.withLock({ $0[path] }) == nil else { return nil }
      if let task = running[path] { return task }
      let task = Task.detached(priority: .utility) { [self] in
        if let column = cache?.column(path, rows: count) {
          columns.withLock { $0[path] = column }
        } else {
          let column = await MetadataColumn.made(path, of: documents)
          columns.withLock { $0[path] = column }
          // What was read of a file that was written into meanwhile is no column of it.
          if (try? documents.check()) != nil { cache?.keep(column, of: path) }
        }
        makings.withLock { $0[path] = nil }
      }
      running[path] = task
      return task
    }
    await task?.value
    try Task.checkCancellation()
  }

  /// The metadata keys that are text, with how many positions have each.
  ///
  /// The first call costs O(count), as ``prepare(_:)``. Throws `CancellationError`.
  func keyCounts() async throws -> [String: Int] {
    let task = keys.withLock { known in
      if let known { return known }
      let task = Task.detached(priority: .utility) { [documents, cache] in
        if let counts = cache?.keyCounts() { return counts }
        var counts: [String: Int] = [:]
        for position in 0..<documents.count {
          if position % MetadataColumn.Builder.step == 0 { await Task.yield() }
          for entry in documents.metadata(at: position).entries {
            if case .string(let key) = entry.key { counts[key.string, default: 0] += 1 }
          }
        }
        if (try? documents.check()) != nil { cache?.keep(keyCounts: counts) }
        return counts
      }
      known = task
      return task
    }
    let counts = await task.value
    try Task.checkCancellation()
    return counts
  }

  /// Every position that carries `id`, ascending.
  ///
  /// The first call builds the table, O(count).
  public func positions(of id: DocumentID) -> [Int] {
    if let known = documents.positions(of: id) { return known }
    return positions.withLock { table in
      if table == nil {
        var built: [DocumentID: [Int]] = [:]
        built.reserveCapacity(documents.count)
        for position in 0..<count { built[documents.id(at: position), default: []].append(position) }
        table = built
      }
      return table?[id] ?? []
    }
  }
}
