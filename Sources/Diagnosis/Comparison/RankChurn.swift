import VectorStore

/// How the answer to one question differs between two stores.
public struct RankChurn: Sendable, Hashable {
  /// A document of either answer with its ranks, counted from 1; nil where it is not in the top k.
  public struct Entry: Sendable, Hashable {
    public var id: DocumentID
    public var before: Int?
    public var after: Int?
  }

  /// Those of the first answer in its order, then those that came.
  public let entries: [Entry]
  public let k: Int

  /// Of two answers, best first.
  public init(from old: [DocumentID], to new: [DocumentID], k: Int) {
    self.k = k
    let (old, new) = (Array(old.prefix(k)), Array(new.prefix(k)))
    func rank(_ id: DocumentID, in ids: [DocumentID]) -> Int? { ids.firstIndex(of: id).map { $0 + 1 } }
    var seen: Set<DocumentID> = []
    entries = (old + new).filter { seen.insert($0).inserted }.map {
      Entry(id: $0, before: rank($0, in: old), after: rank($0, in: new))
    }
  }

  /// Documents that are in both answers, came, and went.
  public var kept: Int { entries.count { $0.before != nil && $0.after != nil } }
  public var came: [Entry] { entries.filter { $0.before == nil } }
  public var went: [Entry] { entries.filter { $0.after == nil } }

  /// Those of both answers that have another rank.
  public var moved: [Entry] {
    entries.filter { $0.before != $0.after && $0.before != nil && $0.after != nil }
  }

  public var isSame: Bool { entries.allSatisfy { $0.before == $0.after } }

  /// The share of both answers together that is in both; 1 for two empty ones.
  public var overlap: Double { entries.isEmpty ? 1 : Double(kept) / Double(entries.count) }
}
