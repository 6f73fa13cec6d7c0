import VectorStore

/// Sentences and lines that come again in documents of other contents: footers, menus, notices.
enum Boilerplate {
  /// Shorter pieces are headings and phrases.
  private static let leastWeight = 30
  /// Pieces that come again within so few rows may overlap because the text was cut so; those move from the end of
  /// a chunk to its beginning, and a footer or a header does not.
  private static let leastSpan = 20
  /// From this share of a content on it is boilerplate and little else.
  private static let mostly = 0.6

  /// A piece of a content, known by a hash of its letters without case and with single spaces.
  struct Piece: Sendable, Hashable {
    var hash: UInt64
    var weight: Int
    var range: Range<Int>
  }

  /// The lines of a text, cut at the ends of sentences too, that are long enough to be told from chance.
  static func pieces(of scalars: [Unicode.Scalar]) -> [Piece] {
    var pieces: [Piece] = []
    var (hash, weight, start) = (seed, 0, 0)
    func end(at place: Int) {
      if weight >= leastWeight { pieces.append(Piece(hash: hash, weight: weight, range: start..<place)) }
      (hash, weight, start) = (seed, 0, place)
    }
    for (place, scalar) in scalars.enumerated() {
      switch scalar.value {
      case 0x0A, 0x0D: end(at: place)
      case 0x20, 0x09, 0xA0, 0x3000:
        let last = place > start ? scalars[place - 1] : " "
        if last == "." || last == "!" || last == "?" { end(at: place) }
        if weight > 0, !last.isSpace { mix(0x20, into: &hash) }
      case 0x3002, 0xFF01, 0xFF1F:
        mix(scalar.value, into: &hash)
        end(at: place + 1)
      case 0x41...0x5A:
        mix(scalar.value | 0x20, into: &hash)
        weight += 1
      default:
        mix(scalar.value, into: &hash)
        weight += ContentScan.isWide(scalar) ? 3 : 1
      }
    }
    end(at: scalars.count)
    return pieces
  }

  // FNV-1a, 64 bits, over code points.
  private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325
  private static func mix(_ value: UInt32, into hash: inout UInt64) {
    hash = (hash ^ UInt64(value)) &* 0x0000_0100_0000_01B3
  }

  /// Pieces by row, all rows one after another: where those of row r begin is `starts[r]`.
  struct Table: Sendable {
    var hashes: [UInt64] = []
    var starts: [Int] = [0]

    mutating func append(_ row: [UInt64]) {
      hashes += row
      starts.append(hashes.count)
    }

    mutating func append(contentsOf other: Table) {
      let offset = hashes.count
      hashes += other.hashes
      starts += other.starts.dropFirst().map { $0 + offset }
    }

    func row(_ row: Int) -> ArraySlice<UInt64> { hashes[starts[row]..<starts[row + 1]] }
  }

  /// The finding about pieces in at least `least` of `rows`, which have no two of the same content.
  ///
  /// O(pieces). A count in a small table comes first, so that only what may be frequent is remembered.
  static func finding(_ table: Table, rows: [Int], least: Int, in version: StoreVersion) -> Finding? {
    var sketch = [UInt8](repeating: 0, count: 1 << 20)
    func bucket(_ hash: UInt64) -> Int { Int(hash >> 44) ^ Int(hash & 0xFFFFF) }
    for row in rows {
      for hash in table.row(row) where sketch[bucket(hash)] < .max { sketch[bucket(hash)] += 1 }
    }
    var rowsOf: [UInt64: [Int]] = [:]
    for row in rows {
      for hash in table.row(row) where Int(sketch[bucket(hash)]) >= min(least, 255) {
        if rowsOf[hash]?.last != row { rowsOf[hash, default: []].append(row) }
      }
    }
    rowsOf = rowsOf.filter { hash, rows in
      guard rows.count >= least else { return false }
      let isWide = (rows.last ?? 0) - (rows.first ?? 0) >= leastSpan
      return isWide || rows.allSatisfy { table.row($0).first == hash }
        || rows.allSatisfy { table.row($0).last == hash }
    }
    guard !rowsOf.isEmpty else { return nil }
    // Sentences of one notice stand in the same documents and are one group.
    let groups = Set(rowsOf.values).sorted { ($1.count, $0[0]) < ($0.count, $1[0]) }
    let affected = Set(groups.flatMap { $0 }).sorted()
    let marked = affected.filter { row in
      let scalars = Array(version.document(atRow: row).content.string.unicodeScalars)
      let repeated = pieces(of: scalars).filter { rowsOf[$0.hash] != nil }.reduce(0) { $0 + $1.weight }
      return Double(repeated) >= mostly * Double(max(1, ContentScan.weight(of: scalars)))
    }
    let example = Array(version.document(atRow: groups[0][0]).content.string.unicodeScalars)
    let piece = pieces(of: example).first { rowsOf[$0.hash] == groups[0] }
    let text = piece.map { Example.quote(String(String.UnicodeScalarView(example[$0.range]))) } ?? ""
    let others =
      groups.count == 1 ? "" : ", and \(Count.of(groups.count - 1, "other passage")) come again too"
    return Finding(
      .boilerplate,
      "\(text) is in \(Count.of(groups[0].count, "document"))\(others); "
        + "\(marked.count) of \(Count.of(affected.count, "document")) hold little else",
      groups: groups, marked: marked)
  }
}

extension ContentScan {
  /// Letters, digits and signs, a wide character counted as three.
  static func weight(of scalars: [Unicode.Scalar]) -> Int {
    scalars.reduce(0) { $0 + ($1.isSpace ? 0 : isWide($1) ? 3 : 1) }
  }
}
