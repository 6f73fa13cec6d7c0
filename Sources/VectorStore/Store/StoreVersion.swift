/// The whole state of a store as a value; every edit makes a new one, and nothing is ever changed in place.
///
/// A row is a rank among the live positions of all parts in order, so rows and ids are always those
/// that LangChain's `index_to_docstore_id` would have after the same edits.
public struct StoreVersion: Sendable {
  /// A segment with the positions of it that are still in the store, and the documents that were edited.
  public struct Part: Sendable {
    public let segment: Segment
    public let live: RowSet
    /// By position; the segment keeps what they were.
    let edited: [Int: Document]
    /// The row of the part's first live position.
    public let start: Int

    /// The id of the document at a position; an edit keeps it.
    public func id(at position: Int) -> DocumentID { segment.documents.id(at: position) }

    public func metadata(at position: Int) -> Metadata {
      edited[position]?.metadata ?? segment.documents.metadata(at: position)
    }

    /// The document at a position as it is now.
    public func document(at position: Int) -> Document {
      edited.isEmpty
        ? segment.documents.document(at: position)
        : edited[position] ?? segment.documents.document(at: position)
    }
  }

  /// A part before it has its first row.
  package struct Piece: Sendable {
    var segment: Segment
    var live: RowSet
    var edited: [Int: Document] = [:]

    package init(segment: Segment, live: RowSet, edited: [Int: Document] = [:]) {
      self.segment = segment
      self.live = live
      self.edited = edited
    }

    init(_ part: Part) { self.init(segment: part.segment, live: part.live, edited: part.edited) }
  }

  /// A document's place: which part, which position in its segment.
  public struct Place: Sendable, Hashable {
    public var part: Int
    public var position: Int
  }

  public let dimension: Int
  public let metric: Metric
  public let parts: [Part]
  /// The number of rows.
  public let count: Int

  public init(dimension: Int, metric: Metric, segments: [Segment] = []) {
    self.init(
      dimension: dimension, metric: metric,
      pieces: segments.map { Piece(segment: $0, live: RowSet(all: $0.count)) })
  }

  /// One segment of which only some positions are rows, as a damaged store opens.
  public init(dimension: Int, metric: Metric, segment: Segment, live: RowSet) {
    self.init(dimension: dimension, metric: metric, pieces: [Piece(segment: segment, live: live)])
  }

  package init(dimension: Int, metric: Metric, pieces: [Piece]) {
    self.dimension = dimension
    self.metric = metric
    var parts: [Part] = []
    var start = 0
    for piece in pieces {
      parts.append(Part(segment: piece.segment, live: piece.live, edited: piece.edited, start: start))
      start += piece.live.count
    }
    self.parts = parts
    count = start
  }

  // MARK: Rows

  /// Where a row lies.
  ///
  /// Precondition: `0 <= row < count`.
  public func place(ofRow row: Int) -> Place {
    precondition(row >= 0 && row < count)
    let part = parts.lastIndex { $0.start <= row && $0.live.count > 0 } ?? 0
    return Place(part: part, position: parts[part].live.position(ofRank: row - parts[part].start))
  }

  public func row(of place: Place) -> Int {
    parts[place.part].start + parts[place.part].live.rank(of: place.position)
  }

  public func document(atRow row: Int) -> Document {
    let place = place(ofRow: row)
    return parts[place.part].document(at: place.position)
  }

  /// The vector of a row, `[dimension]`.
  ///
  /// Throws `.unsupported` when its index cannot reconstruct.
  public func vector(atRow row: Int) throws(VectorStoreError) -> [Float] {
    let place = place(ofRow: row)
    return try parts[place.part].segment.vectors.row(place.position)
  }

  /// Every live place that carries `id`, in row order.
  ///
  /// More than one only in damaged stores.
  public func places(of id: DocumentID) -> [Place] {
    parts.indices.flatMap { part in
      parts[part].segment.positions(of: id).filter { parts[part].live.contains($0) }
        .map { Place(part: part, position: $0) }
    }
  }

  public func contains(_ id: DocumentID) -> Bool { !places(of: id).isEmpty }

  /// The ids that people mean by `text`: a plain id first, else keys that print so (an `int` 7 for "7").
  public func ids(written text: String) -> [DocumentID] {
    let plain = DocumentID(text)
    if contains(plain) { return [plain] }
    var found: [DocumentID] = []
    forEachDocument { _, document in
      if document.id.text == text, !found.contains(document.id) { found.append(document.id) }
    }
    return found
  }

  /// The first ids that begin with `prefix`, in row order, at most `limit`.
  ///
  /// O(count).
  public func ids(startingWith prefix: String, limit: Int) -> [DocumentID] {
    var found: [DocumentID] = []
    forEachDocument { _, document in
      if found.count < limit, document.id.text.hasPrefix(prefix) { found.append(document.id) }
    }
    return found
  }

  /// Visits all rows in order.
  ///
  /// O(count).
  public func forEachDocument(_ body: (Int, Document) throws -> Void) rethrows {
    try forEachPosition { row, part, position in try body(row, part.document(at: position)) }
  }

  /// The same for those who need less than the whole document.
  public func forEachPosition(_ body: (_ row: Int, Part, _ position: Int) throws -> Void) rethrows {
    for part in parts {
      var row = part.start
      for position in part.live.members {
        try body(row, part, position)
        row += 1
      }
    }
  }

  // MARK: Edits

  /// Without these places; the segments stay.
  func removing(_ places: [Place]) -> StoreVersion {
    var pieces = pieces
    for (part, places) in Dictionary(grouping: places, by: \.part) {
      pieces[part].live = pieces[part].live.subtracting(places.map(\.position))
    }
    return StoreVersion(dimension: dimension, metric: metric, pieces: pieces)
  }

  /// With further pieces after the last row.
  func appending(_ new: [Piece]) -> StoreVersion {
    StoreVersion(dimension: dimension, metric: metric, pieces: pieces + new)
  }

  /// With other documents in these places, which keep their ids and vectors.
  func replacing(_ documents: [Place: Document]) -> StoreVersion {
    var pieces = pieces
    for (place, document) in documents { pieces[place.part].edited[place.position] = document }
    return StoreVersion(dimension: dimension, metric: metric, pieces: pieces)
  }

  private var pieces: [Piece] {
    parts.map { Piece($0) }
  }
}
