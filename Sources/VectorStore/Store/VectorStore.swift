/// Owns the current version of a store and the way back; every mutation goes through it.
///
/// It never blocks: a search takes ``current`` and runs on that value elsewhere, so reading stays
/// live during a long scan, and an edit never waits for a reader.
public actor VectorStore {
  /// One edit: its name as people read it, and the version it led from.
  struct Step: Sendable {
    var name: String
    var version: StoreVersion
  }

  /// The version that readers see.
  public private(set) var current: StoreVersion
  /// The version that is on disk.
  public private(set) var saved: StoreVersion
  /// Grows with every edit, undo and redo.
  public private(set) var revision = 0
  private var undoSteps: [Step] = []
  private var redoSteps: [Step] = []

  public init(_ version: StoreVersion) {
    current = version
    saved = version
  }

  /// What one look at the store sees, taken in one step.
  public struct Snapshot: Sendable {
    public var version: StoreVersion
    public var saved: StoreVersion
    public var revision: Int
    public var undoName: String?
    public var redoName: String?
  }

  public var snapshot: Snapshot {
    Snapshot(
      version: current, saved: saved, revision: revision,
      undoName: undoSteps.last?.name, redoName: redoSteps.last?.name)
  }

  /// Tells the store that `version` is now on disk.
  public func markSaved(_ version: StoreVersion) { saved = version }

  /// Appends documents with their vectors, `[documents.count, dimension]`.
  ///
  /// Unlike LangChain's `add_texts`, ids are checked before anything changes. Throws `.dimension`,
  /// `.duplicateID` for an id that is in the store already or comes twice.
  public func add(_ documents: [Document], vectors: Vectors) throws(VectorStoreError) {
    guard vectors.dimension == current.dimension else {
      throw .dimension(expected: current.dimension, found: vectors.dimension, what: "the new vector")
    }
    guard vectors.count == documents.count else {
      throw VectorStoreError(
        .invalidArgument,
        "\(documents.count) documents came with \(vectors.count) vectors; one each is needed")
    }
    guard !documents.isEmpty else { return }
    var seen: Set<DocumentID> = []
    for document in documents where current.contains(document.id) || !seen.insert(document.id).inserted {
      throw VectorStoreError(
        .duplicateID,
        "the id \"\(document.id.text)\" is taken; nothing was added. give each document its own id")
    }
    let segment = Segment(vectors: vectors, documents: documents, origin: .added)
    take(
      current.appending([.init(segment: segment, live: RowSet(all: segment.count))]),
      as: "add \(counted(documents.count))")
  }

  /// Deletes every row of these ids; an id given twice counts once.
  ///
  /// Throws `.unknownID` when any is not in the store, and then changes nothing.
  public func delete(_ ids: [DocumentID]) throws(VectorStoreError) {
    let places = try current.places(ofAll: ids)
    guard !places.isEmpty else {
      throw VectorStoreError(.invalidArgument, "no ids were given; name the documents to delete")
    }
    take(current.removing(places), as: "delete \(counted(places.count))")
  }

  /// Changes metadata of every row of these ids; rows, vectors and order stay.
  ///
  /// Returns how many documents are others now; where none is, there is no step to undo. Throws `.unknownID`, and
  /// `.unsupported` for documents of a class that is not LangChain's own; then nothing is changed.
  @discardableResult
  public func edit(_ ids: [DocumentID], _ edit: MetadataEdit) throws(VectorStoreError) -> Int {
    var changed: [StoreVersion.Place: Document] = [:]
    for place in try current.places(ofAll: ids) {
      let document = current.parts[place.part].document(at: place.position)
      var new = document
      new.metadata = edit.applied(to: document.metadata)
      guard new != document else { continue }
      guard document.encoded == nil else {
        throw VectorStoreError(
          .unsupported,
          "the document \"\(document.id.text)\" is of a class of its own, which only its program can change; "
            + "nothing was edited")
      }
      changed[place] = new
    }
    guard !changed.isEmpty else { return 0 }
    take(current.replacing(changed), as: "edit \(counted(changed.count))")
    return changed.count
  }

  /// Appends the rows of another store; `source` is not touched.
  public func merge(_ source: StoreVersion, named name: String, policy: DuplicatePolicy)
    throws(VectorStoreError) -> MergeOutcome
  {
    let (version, outcome) = try current.merging(source, named: name, policy: policy)
    take(version, as: "merge \(counted(outcome.added)) from \(name)")
    return outcome
  }

  /// Goes back one edit and returns its name.
  ///
  /// Throws `.nothingToUndo`.
  @discardableResult
  public func undo() throws(VectorStoreError) -> String {
    guard let step = undoSteps.popLast() else {
      throw VectorStoreError(.nothingToUndo, "there is nothing to undo")
    }
    redoSteps.append(Step(name: step.name, version: current))
    show(step.version)
    return step.name
  }

  /// Makes the edit undone last again and returns its name.
  ///
  /// Throws `.nothingToRedo`.
  @discardableResult
  public func redo() throws(VectorStoreError) -> String {
    guard let step = redoSteps.popLast() else {
      throw VectorStoreError(.nothingToRedo, "there is nothing to redo")
    }
    undoSteps.append(Step(name: step.name, version: current))
    show(step.version)
    return step.name
  }

  private func take(_ version: StoreVersion, as name: String) {
    undoSteps.append(Step(name: name, version: current))
    redoSteps.removeAll()
    show(version)
  }

  private func show(_ version: StoreVersion) {
    current = version
    revision += 1
  }

  private func counted(_ count: Int) -> String { count == 1 ? "1 document" : "\(count) documents" }
}

extension StoreVersion {
  /// All rows of these ids, each id once.
  ///
  /// Throws `.unknownID` naming those that are not there.
  func places(ofAll ids: [DocumentID]) throws(VectorStoreError) -> [Place] {
    var seen: Set<DocumentID> = []
    var result: [Place] = []
    var missing: [DocumentID] = []
    for id in ids where seen.insert(id).inserted {
      let places = places(of: id)
      if places.isEmpty { missing.append(id) }
      result += places
    }
    guard missing.isEmpty else { throw .unknown(missing) }
    return result
  }
}
