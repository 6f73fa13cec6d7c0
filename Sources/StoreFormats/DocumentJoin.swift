import VectorStore

/// Joins the positions of an index with the documents of a docstore through the row map, and says
/// where the three disagree.
struct DocumentJoin {
  /// One for each position; without a pickle an empty document whose id is the label.
  private(set) var documents: [Document]
  /// Positions that have an id.
  private(set) var live: RowSet
  private(set) var problems: [StoreProblem] = []
  private(set) var leftovers = DocstoreLeftovers()
  private let labels: [Int]

  /// `labels[p]` is the number by which the map knows position p.
  init(labels: [Int]) {
    self.labels = labels
    documents = labels.map { Document(id: DocumentID("\($0)"), content: "") }
    live = RowSet(all: labels.count)
  }

  mutating func add(_ pickle: LangChainPickle) {
    var idByLabel: [Int: DocumentID] = [:]
    idByLabel.reserveCapacity(pickle.mapping.count)
    for (row, id) in pickle.mapping { idByLabel[row] = id }
    var used: Set<DocumentID> = []
    used.reserveCapacity(documents.count)
    var withoutID: [Int] = []
    var withoutDocument: [Int] = []
    var repeated: [Int] = []
    for (position, label) in labels.enumerated() {
      guard let id = idByLabel.removeValue(forKey: label) else {
        withoutID.append(position)
        continue
      }
      if !used.insert(id).inserted { repeated.append(position) }
      if let document = pickle.documents[id] {
        documents[position] = document
      } else {
        documents[position] = Document(id: id, content: "")
        leftovers.missing.insert(id)
        withoutDocument.append(position)
      }
    }
    live = live.subtracting(withoutID)
    leftovers.orphans = pickle.documents.values.filter { !used.contains($0.id) }.sorted { $0.id < $1.id }
    describe(withoutID, withoutDocument, repeated, mappedBeyond: idByLabel)
  }

  private mutating func describe(
    _ withoutID: [Int], _ withoutDocument: [Int], _ repeated: [Int], mappedBeyond: [Int: DocumentID]
  ) {
    if !withoutID.isEmpty || !mappedBeyond.isEmpty {
      problems.append(
        StoreProblem(
          code: "map_mismatch",
          message:
            "the index has \(labels.count) vectors and the map \(labels.count - withoutID.count + mappedBeyond.count) ids: "
            + [
              withoutID.isEmpty ? nil : "\(withoutID.count) vectors have no id and are not shown",
              mappedBeyond.isEmpty
                ? nil : "\(mappedBeyond.count) mapped ids have no vector and cannot be ranked",
            ].compactMap { $0 }.joined(separator: ", ")
            + "; the two files may be from different saves",
          rows: withoutID.isEmpty ? mappedBeyond.keys.sorted() : withoutID))
    }
    if !withoutDocument.isEmpty {
      problems.append(
        StoreProblem(
          code: "missing_document",
          message:
            "\(withoutDocument.count) rows have an id that the docstore does not hold; LangChain raises an error when it finds them",
          rows: withoutDocument))
    }
    if !repeated.isEmpty {
      problems.append(
        StoreProblem(
          code: "repeated_id",
          message:
            "\(repeated.count) rows carry an id that an earlier row has; deleting by id deletes them all",
          rows: repeated))
    }
    if !leftovers.orphans.isEmpty {
      problems.append(
        StoreProblem(
          code: "orphan_document",
          message:
            "\(leftovers.orphans.count) documents of the docstore have no vector; they cannot be found, and saving keeps them"
        ))
    }
  }
}
