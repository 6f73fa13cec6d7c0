/// Owns the current version of a store and the way back; every mutation goes through it.
///
/// It never blocks: a search takes ``current`` and runs on that value elsewhere, so reading stays
/// live during a long scan, and an edit never waits for a reader.
public actor VectorStore {
  /// The version that is on disk.
  public private(set) var saved: StoreVersion
  private var history: EditHistory
  private let journal: EditJournal?

  /// With a journal every edit is on disk before it is made.
  public init(_ version: StoreVersion, journal: EditJournal? = nil) {
    saved = version
    history = EditHistory(version)
    self.journal = journal
  }

  /// The version that readers see.
  public var current: StoreVersion { history.current }
  /// Grows with every edit, undo and redo.
  public var revision: Int { history.revision }

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
      undoName: history.undoName, redoName: history.redoName)
  }

  /// Tells the store that `version` of `revision` is now on disk, in files of `fingerprint`.
  public func markSaved(_ version: StoreVersion, revision: Int, fingerprint: String = "") {
    saved = version
    journal?.saved(fingerprint: fingerprint, isAll: revision == self.revision)
  }

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
    try take(
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
    try take(current.removing(places), as: "delete \(counted(places.count))")
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
      guard document.encoded == nil else { throw .ownClass(document.id) }
      changed[place] = new
    }
    guard !changed.isEmpty else { return 0 }
    try take(current.replacing(changed), as: "edit \(counted(changed.count))")
    return changed.count
  }

  /// Gives documents other content with the vectors of it, `[documents.count, dimension]`; ids and rows stay.
  ///
  /// Throws `.dimension`, `.unknownID`, `.duplicateID` for an id that comes twice or is on several rows, and
  /// `.unsupported` where the index numbers rows by the order of adding, or for documents of a class that is not
  /// LangChain's own; then nothing is changed.
  public func replace(_ documents: [Document], vectors: Vectors) throws(VectorStoreError) {
    guard vectors.dimension == current.dimension else {
      throw .dimension(expected: current.dimension, found: vectors.dimension, what: "the new vector")
    }
    guard vectors.count == documents.count, !documents.isEmpty else {
      throw VectorStoreError(
        .invalidArgument,
        "\(documents.count) documents came with \(vectors.count) vectors; one each is needed")
    }
    let segment = Segment(vectors: vectors, documents: documents, origin: .added)
    var positions: [Int: Int] = [:]
    for (position, document) in documents.enumerated() {
      let places = try current.places(ofAll: [document.id])
      guard places.count == 1, positions[current.row(of: places[0])] == nil else {
        throw VectorStoreError(
          .duplicateID, "the id \"\(document.id.text)\" is not one document's; nothing was edited")
      }
      try current.checkContentCanChange(at: places[0])
      positions[current.row(of: places[0])] = position
    }
    let patch = StorePatch(replacing: positions, with: segment, in: current)
    try take(try current.applying(patch), as: "edit the content of \(counted(documents.count))")
  }

  /// Makes changes of many rows in one step, which was worked out for `revision`.
  ///
  /// Throws `.invalidArgument` when the store has been edited since, and what ``StoreVersion/applying(_:)`` throws;
  /// then nothing is changed.
  public func apply(_ changes: RowChanges, of revision: Int, as name: String) throws(VectorStoreError) {
    guard revision == self.revision else {
      throw VectorStoreError(
        .invalidArgument, "the store has been edited since this was worked out; nothing was changed")
    }
    guard !changes.isEmpty else { return }
    try take(try current.applying(changes), as: name)
  }

  /// Appends the rows of another store; `source` is not touched.
  public func merge(_ source: StoreVersion, named name: String, policy: DuplicatePolicy)
    throws(VectorStoreError) -> MergeOutcome
  {
    let (version, outcome) = try current.merging(source, named: name, policy: policy)
    try take(version, as: "merge \(counted(outcome.added)) from \(name)")
    return outcome
  }

  /// Goes back one edit and returns its name.
  ///
  /// Throws `.nothingToUndo`.
  @discardableResult
  public func undo() throws(VectorStoreError) -> String {
    guard let version = history.undoVersion, let name = history.undoName else {
      throw VectorStoreError(.nothingToUndo, "there is nothing to undo")
    }
    try record(version, name, JournalEntry.Kind.undo)
    history.undo()
    return name
  }

  /// The names of all edits that undo would take back, oldest first, and of those that redo would make, next first.
  public var editNames: (past: [String], future: [String]) { history.names }

  /// Makes the edit undone last again and returns its name.
  ///
  /// Throws `.nothingToRedo`.
  @discardableResult
  public func redo() throws(VectorStoreError) -> String {
    guard let version = history.redoVersion, let name = history.redoName else {
      throw VectorStoreError(.nothingToRedo, "there is nothing to redo")
    }
    try record(version, name, JournalEntry.Kind.redo)
    history.redo()
    return name
  }

  /// Makes the unsaved edits of a session that ended before it saved, and goes on in its journal.
  ///
  /// Throws `.journal` when they do not fit this store; then nothing is changed.
  public func recover(_ edits: UnsavedEdits) throws(VectorStoreError) {
    guard history.undoName == nil, history.redoName == nil, let journal else {
      throw VectorStoreError(.journal, "edits are recovered before others are made; open the store again")
    }
    history = try edits.replayed(on: saved)
    journal.adopt(edits.takeFile())
  }

  private func take(_ version: StoreVersion, as name: String) throws(VectorStoreError) {
    try record(version, name, JournalEntry.Kind.edit)
    history.edit(version, name: name)
  }

  /// Has what leads to a version on disk before it becomes the current one; a failure changes nothing.
  private func record(
    _ version: StoreVersion, _ name: String, _ kind: (StorePatch) -> JournalEntry.Kind
  ) throws(VectorStoreError) {
    guard let journal else { return }
    try journal.append(
      JournalEntry(kind: kind(StorePatch(from: current, to: version)), revision: revision + 1, name: name))
  }

  private func counted(_ count: Int) -> String { count == 1 ? "1 document" : "\(count) documents" }
}

extension StoreVersion {
  fileprivate func checkContentCanChange(at place: Place) throws(VectorStoreError) {
    let part = parts[place.part]
    guard part.segment.vectors.faissIndex == nil else {
      throw VectorStoreError(
        .unsupported,
        "this index numbers its rows in the order of adding, so a document cannot get another vector in its place; "
          + "delete it and add the new one")
    }
    let document = part.document(at: place.position)
    guard document.encoded == nil else { throw .ownClass(document.id) }
  }

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
