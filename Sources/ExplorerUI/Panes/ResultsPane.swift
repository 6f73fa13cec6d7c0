import Explorer
import VectorStore

/// The ranked results of the query.
public struct ResultsPane: Sendable, Equatable {
  public internal(set) var list = ListPosition()
  /// The newest answer; nil before the first and after clearing.
  public internal(set) var result: SearchResult?

  public var hits: [Hit] { result?.hits ?? [] }

  public var selectedHit: Hit? {
    hits.indices.contains(list.selected) ? hits[list.selected] : nil
  }
}
