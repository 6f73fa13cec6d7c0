import CScan

/// Vectors of a store, or queries, as panels of codes.
struct PanelSet: Sendable {
  let places: [CodePanel.Place]
  let dimension: Int
  /// By part.
  private let vectors: [Vectors]
  /// By part; nil where there are none for the dimension.
  private let codes: [ByteCodes]?
  private let path: cscan_path

  var hasCodes: Bool { codes != nil }

  /// The rows of `version`, with a `mask` only its own.
  ///
  /// Throws what reading the vectors throws, and `CancellationError`.
  init(_ version: StoreVersion, mask: RowMask?, mostRows: Int, path: cscan_path) async throws {
    places = (mask?.sets ?? version.parts.map(\.live)).enumerated().flatMap { part, set in
      CodePanel.Place.all(of: set, part: part, mostRows: mostRows)
    }
    dimension = version.dimension
    vectors = version.parts.map(\.segment.vectors)
    self.path = path
    guard ByteCodes.hasCodes(dimension: dimension) else {
      codes = nil
      return
    }
    var codes: [ByteCodes] = []
    for part in version.parts { codes.append(try await part.segment.codes.ready()) }
    self.codes = codes
  }

  /// `queries` is [n, dimension], row-major.
  init(queries: [Float], dimension: Int, mostRows: Int, path: cscan_path) async throws {
    let queries = Vectors(queries, dimension: dimension)
    places = CodePanel.Place.all(of: RowSet(all: queries.count), part: 0, mostRows: mostRows)
    vectors = [queries]
    codes =
      ByteCodes.hasCodes(dimension: dimension) ? [try await ByteCodes(encoding: queries, path: path)] : nil
    self.dimension = dimension
    self.path = path
  }

  /// The first `width` dimensions of a panel's rows; nil where there are no codes.
  ///
  /// Throws as ``ByteCodes/check()`` does.
  func panel(_ number: Int, _ metric: Metric, width: Int) throws(VectorStoreError) -> CodePanel? {
    let place = places[number]
    guard let codes = codes?[place.part] else { return nil }
    let panel = CodePanel(place, of: codes, metric: metric, width: width, path: path)
    try codes.check()
    return panel
  }

  /// Lends the floats that a panel's positions count from, as ``Vectors/withRows(_:)`` does.
  func withRows(of panel: Int, _ body: (UnsafeRawPointer) throws(VectorStoreError) -> Void)
    throws(VectorStoreError)
  {
    try vectors[places[panel].part].withRows(body)
  }
}
