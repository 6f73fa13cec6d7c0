import VectorStore

/// Which document of a group of duplicates stays.
public enum KeepRule: String, Sendable, Hashable, CaseIterable {
  /// The lowest row.
  case first
  /// The highest row, which was added last.
  case newest
  /// The longest content; of equal ones the first.
  case longest

  /// The place in the group of the document that stays.
  ///
  /// Precondition: the group is not empty.
  public func kept(of contents: [Text]) -> Int {
    switch self {
    case .first: 0
    case .newest: contents.count - 1
    case .longest:
      contents.indices.max {
        (contents[$0].string.utf8.count, $1) < (contents[$1].string.utf8.count, $0)
      } ?? 0
    }
  }
}
