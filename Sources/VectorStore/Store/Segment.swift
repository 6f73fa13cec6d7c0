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
