import VectorStore

/// Ids that more than one row carries.
enum IDChecks {
  /// O(rows).
  static func finding(in version: StoreVersion) -> Finding? {
    var ids: [DocumentID] = []
    ids.reserveCapacity(version.count)
    version.forEachPosition { _, part, position in ids.append(part.id(at: position)) }
    let groups = repeatedIDs(ids)
    guard let first = groups.first else { return nil }
    let extra = groups.reduce(0) { $0 + $1.count - 1 }
    return Finding(
      .repeatedID,
      "\(Count.of(extra, "row")) carry an id that an earlier row has, such as \(Example.quote(ids[first[0]].text)); "
        + "LangChain's delete of it breaks the store", groups: groups)
  }

  /// Groups of rows with the same id, by first row; O(rows log rows).
  static func repeatedIDs(_ ids: [DocumentID]) -> [[Int]] {
    EqualGroups.find(among: ids.indices, hash: { ids[$0].hashValue }) { ids[$0] == ids[$1] }
  }
}
