import VectorStore

/// A document at its row.
public struct Row: Sendable, Hashable {
  public var row: Int
  public var document: Document

  public init(row: Int, document: Document) {
    self.row = row
    self.document = document
  }
}

/// A stretch of the rows that a filter lets through, in row order.
public struct Page: Sendable, Hashable {
  /// The store's revision that it shows.
  public var revision: Int
  /// All rows under the filter, of which `rows` are those from `offset` on.
  public var matched: Int
  /// All rows of the store.
  public var total: Int
  public var offset: Int
  public var rows: [Row]

  public init(revision: Int, matched: Int, total: Int, offset: Int, rows: [Row]) {
    self.revision = revision
    self.matched = matched
    self.total = total
    self.offset = offset
    self.rows = rows
  }
}

/// One document with what its vector looks like.
public struct DocumentDetail: Sendable, Hashable {
  public var row: Row
  public var dimension: Int
  /// Euclidean length.
  public var norm: Float
  public var minimum: Float
  public var maximum: Float
  /// Empty when the index cannot give its vectors back.
  public var vector: [Float]

  public init(row: Row, dimension: Int, vector: [Float]) {
    self.row = row
    self.dimension = dimension
    self.vector = vector
    norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    minimum = vector.min() ?? 0
    maximum = vector.max() ?? 0
  }
}

/// A value of a metadata key with the number of documents that have it.
public struct Facet: Sendable, Hashable {
  public var value: MetadataValue
  public var count: Int

  public init(value: MetadataValue, count: Int) {
    self.value = value
    self.count = count
  }
}

/// A metadata key with how many documents have it.
public struct KeyCount: Sendable, Hashable {
  public var key: String
  public var count: Int

  public init(key: String, count: Int) {
    self.key = key
    self.count = count
  }
}
