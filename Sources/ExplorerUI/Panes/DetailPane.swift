import Explorer
import VectorStore

/// One document in full: the current row of the list that was focused last.
public struct DetailPane: Sendable, Equatable {
  /// What is known of its vector; it may still be that of another document.
  public internal(set) var loaded: DocumentDetail?
  /// The first line shown.
  public internal(set) var top = 0
  public internal(set) var wraps = true
  var shown: DocumentID?
  /// The document laid out; nil when there is none.
  var text: DetailText?
}
