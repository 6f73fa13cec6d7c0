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
  public var count: Int { vectors.count }

  private let positions = Mutex<[DocumentID: [Int]]?>(nil)
  private let columns = Mutex<[FieldPath: MetadataColumn]>([:])
  private let keys = Mutex<[String: Int]?>(nil)

  public convenience init(vectors: Vectors, documents: [Document], origin: Origin) {
    self.init(vectors: vectors, documents: DocumentArray(documents), origin: origin)
  }

  /// Precondition: as many documents as vectors.
  public init(vectors: Vectors, documents: any DocumentSource, origin: Origin) {
    precondition(vectors.count == documents.count)
    self.vectors = vectors
    self.documents = documents
    self.origin = origin
  }

  /// The values of a metadata key.
  ///
  /// The first call makes the column, O(count), and keeps it. Throws `CancellationError`.
  func column(_ path: FieldPath) throws -> MetadataColumn {
    if let column = columns.withLock({ $0[path] }) { return column }
    let column = try MetadataColumn(path, of: documents)
    columns.withLock { $0[path] = column }
    return column
  }

  /// Makes the column of a key, so that ``column(_:)`` has it; other work gets its turn meanwhile.
  func prepare(_ path: FieldPath) async throws {
    guard columns.withLock({ $0[path] }) == nil else { return }
    var builder = MetadataColumn.Builder(path, of: documents)
    while builder.hasMore {
      try Task.checkCancellation()
      builder.go(on: MetadataColumn.Builder.step)
      await Task.yield()
    }
    columns.withLock { [column = builder.column] in $0[path] = column }
  }

  /// The metadata keys that are text, with how many positions have each.
  ///
  /// The first call costs O(count); other work gets its turn meanwhile.
  func keyCounts() async throws -> [String: Int] {
    if let known = keys.withLock({ $0 }) { return known }
    var counts: [String: Int] = [:]
    for position in 0..<count {
      if position % MetadataColumn.Builder.step == 0 {
        try Task.checkCancellation()
        await Task.yield()
      }
      for entry in documents.metadata(at: position).entries {
        if case .string(let key) = entry.key { counts[key.string, default: 0] += 1 }
      }
    }
    keys.withLock { [counts] in $0 = counts }
    return counts
  }

  /// Every position that carries `id`, ascending.
  ///
  /// The first call builds the table, O(count).
  public func positions(of id: DocumentID) -> [Int] {
    positions.withLock { table in
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
