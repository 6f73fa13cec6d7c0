/// What a merge does with a document whose id is in the store already.
public enum DuplicatePolicy: String, Sendable, Hashable, CaseIterable, Codable {
  /// Refuse the merge.
  case fail
  /// Leave the document of the source out.
  case skip
  /// Take the document under a new id: the old one with "~2", "~3", …
  case rename
  /// Delete the store's document and take the source's.
  case replace
}

/// What a merge did, or would do.
public struct MergeOutcome: Sendable, Hashable {
  public var added: Int
  public var skipped: Int
  public var renamed: Int
  public var replaced: Int
  /// Ids that both stores have, in the source's row order.
  public var collisions: [DocumentID]
}

extension StoreVersion {
  /// This store with the rows of `source` after its own, and what that meant.
  ///
  /// Neither is changed.
  ///
  /// Follows `FAISS.merge_from` of LangChain in its order of rows, and checks first what that checks
  /// too late. Throws `.selfMerge`, `.dimension`, `.metric`, and `.duplicateID` under `.fail`. O(rows of `source`);
  /// no document is read but those that get a new id.
  public func merging(_ source: StoreVersion, named name: String, policy: DuplicatePolicy)
    throws(VectorStoreError) -> (StoreVersion, MergeOutcome)
  {
    try checkMerge(of: source, named: name)
    var outcome = collisions(with: source)
    let colliding = Set(outcome.collisions)
    if policy == .fail, !colliding.isEmpty {
      throw VectorStoreError(
        .duplicateID,
        "\(colliding.count) of the ids in \(name) are in this store already, such as "
          + "\"\(outcome.collisions[0].text)\"; nothing was merged. choose skip, rename or replace")
    }
    var target = self
    if policy == .replace {
      let gone = colliding.flatMap { places(of: $0) }
      outcome.replaced = gone.count
      target = removing(gone)
    }
    var taken: Set<DocumentID> = []
    var pieces: [Piece] = []
    for part in source.parts {
      var edited = part.edited
      var live = part.live
      if policy == .skip {
        let skipped = live.members.filter { colliding.contains(part.id(at: $0)) }
        outcome.skipped += skipped.count
        live = live.subtracting(skipped)
      }
      if policy == .rename {
        for position in live.members where colliding.contains(part.id(at: position)) {
          var document = part.document(at: position)
          document.id = freeID(like: document.id, in: source, taken: &taken)
          edited[position] = document
          outcome.renamed += 1
        }
      }
      outcome.added += live.count
      let documents =
        edited.isEmpty ? part.segment.documents : EditedDocuments(part.segment.documents, edited)
      let segment = Segment(
        vectors: part.segment.vectors, documents: documents, origin: .merged(from: name),
        cache: edited.isEmpty ? part.segment.cache : nil)
      pieces.append(Piece(segment: segment, live: live))
    }
    return (target.appending(pieces), outcome)
  }

  private func checkMerge(of source: StoreVersion, named name: String) throws(VectorStoreError) {
    let own = Set(parts.map { ObjectIdentifier($0.segment) })
    guard !source.parts.contains(where: { own.contains(ObjectIdentifier($0.segment)) }) else {
      throw VectorStoreError(.selfMerge, "\(name) is this store itself; a store is not merged with itself")
    }
    guard source.dimension == dimension else {
      throw .dimension(expected: dimension, found: source.dimension, what: "the store \(name)")
    }
    guard source.metric == metric else {
      throw VectorStoreError(
        .metric,
        "\(name) compares by \(source.metric.name), this store by \(metric.name); scores would not be comparable"
      )
    }
  }

  private func collisions(with source: StoreVersion) -> MergeOutcome {
    var outcome = MergeOutcome(added: 0, skipped: 0, renamed: 0, replaced: 0, collisions: [])
    source.forEachPosition { _, part, position in
      let id = part.id(at: position)
      if contains(id) { outcome.collisions.append(id) }
    }
    return outcome
  }

  /// How many documents of `source` have a content that this store has already, whatever their id.
  ///
  /// Reads every document of both.
  public func sameContent(as source: StoreVersion) -> Int {
    var contents: Set<Text> = []
    forEachDocument { _, document in contents.insert(document.content) }
    var count = 0
    source.forEachDocument { _, document in if contents.contains(document.content) { count += 1 } }
    return count
  }

  /// The id with the first of "~2", "~3", … behind it that neither this store, nor `source`, nor `taken` has; it is
  /// taken then.
  public func freeID(
    like id: DocumentID, in source: StoreVersion? = nil, taken: inout Set<DocumentID>
  ) -> DocumentID {
    var number = 2
    while true {
      let candidate = DocumentID("\(id.text)~\(number)")
      if !contains(candidate), source?.contains(candidate) != true, taken.insert(candidate).inserted {
        return candidate
      }
      number += 1
    }
  }
}
