import VectorStore

/// Ids that more than one row carries.
enum IDChecks {
  /// Groups of rows with the same id, by first row; O(rows).
  static func repeatedIDs(_ ids: some Sequence<DocumentID>) -> [[Int]] {
    var rows: [DocumentID: [Int]] = [:]
    for (row, id) in ids.enumerated() { rows[id, default: []].append(row) }
    return rows.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }
}
