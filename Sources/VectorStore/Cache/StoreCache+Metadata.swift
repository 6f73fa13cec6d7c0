/// What reads the metadata of every document, kept: the columns of keys, and how many documents have which key.
extension StoreCache {
  func column(_ path: FieldPath, rows: Int) -> MetadataColumn? {
    piece(Self.name(of: path)).flatMap { piece in
      withExtendedLifetime(piece.owner) { MetadataColumn(sections: piece.sections, rows: rows) }
    }
  }

  func keep(_ column: MetadataColumn, of path: FieldPath) {
    var values = JournalEncoder()
    values.integer(column.values.count)
    for value in column.values {
      values.tag(value == nil ? 0 : 1)
      if let value { values.value(value) }
    }
    values.bytes.withUnsafeBytes { values in
      column.codes.withUnsafeBytes { keep(Self.name(of: path), [values, $0]) }
    }
  }

  func keyCounts() -> [String: Int]? {
    guard let piece = piece("keys"), let section = piece.sections.first else { return nil }
    var decoder = JournalDecoder(withExtendedLifetime(piece.owner) { Array(section) })
    var counts: [String: Int] = [:]
    guard let count = try? decoder.count() else { return nil }
    for _ in 0..<count {
      guard let key = try? decoder.text(), let rows = try? decoder.integer() else { return nil }
      counts[key] = rows
    }
    return counts
  }

  func keep(keyCounts counts: [String: Int]) {
    var encoder = JournalEncoder()
    encoder.integer(counts.count)
    for (key, rows) in counts {
      encoder.text(key)
      encoder.integer(rows)
    }
    encoder.bytes.withUnsafeBytes { keep("keys", [$0]) }
  }

  private static func name(of path: FieldPath) -> String {
    "column " + path.keys.map(\.json).joined(separator: " ")
  }
}

extension MetadataColumn {
  /// What ``StoreCache`` keeps of a column; nil when it is not one of so many rows.
  fileprivate init?(sections: [UnsafeRawBufferPointer], rows: Int) {
    guard sections.count == 2, sections[1].count == rows * MemoryLayout<UInt32>.size else { return nil }
    var decoder = JournalDecoder(Array(sections[0]))
    var values: [MetadataValue?] = []
    guard let count = try? decoder.count() else { return nil }
    values.reserveCapacity(count)
    for _ in 0..<count {
      guard let tag = try? decoder.tag() else { return nil }
      if tag == 0 {
        values.append(nil)
      } else {
        guard let value = try? decoder.value() else { return nil }
        values.append(value)
      }
    }
    let codes = Array(sections[1].bindMemory(to: UInt32.self))
    guard decoder.isAtEnd, codes.allSatisfy({ $0 < count }) else { return nil }
    self.init(values: values, codes: codes)
  }
}
