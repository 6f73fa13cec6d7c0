/// The current version of a store with the way back and forth: undo is going to an earlier version.
struct EditHistory: Sendable {
  /// One edit: its name as people read it, and the version it led from.
  struct Step: Sendable {
    var name: String
    var version: StoreVersion
  }

  private(set) var current: StoreVersion
  /// Grows with every edit, undo and redo.
  private(set) var revision = 0
  private var undoSteps: [Step] = []
  private var redoSteps: [Step] = []

  init(_ version: StoreVersion) { current = version }

  var undoName: String? { undoSteps.last?.name }
  var redoName: String? { redoSteps.last?.name }

  mutating func edit(_ version: StoreVersion, name: String) {
    undoSteps.append(Step(name: name, version: current))
    redoSteps.removeAll()
    move(to: version)
  }

  /// The names of all edits that undo would take back, oldest first, and of those that redo would make, next first.
  var names: (past: [String], future: [String]) { (undoSteps.map(\.name), redoSteps.reversed().map(\.name)) }

  /// The version that undo leads to; nil when there is none.
  var undoVersion: StoreVersion? { undoSteps.last?.version }
  var redoVersion: StoreVersion? { redoSteps.last?.version }

  mutating func undo() {
    guard let step = undoSteps.popLast() else { return }
    redoSteps.append(Step(name: step.name, version: current))
    move(to: step.version)
  }

  mutating func redo() {
    guard let step = redoSteps.popLast() else { return }
    undoSteps.append(Step(name: step.name, version: current))
    move(to: step.version)
  }

  /// Does again what a journal tells; an undo of what is not in it is an edit of its own.
  ///
  /// Throws `.journal` when it was made from another version.
  mutating func replay(_ entries: [JournalEntry]) throws(VectorStoreError) {
    for entry in entries {
      switch entry.kind {
      case .saving: continue
      case .undo where !undoSteps.isEmpty: undo()
      case .redo where !redoSteps.isEmpty: redo()
      case .edit(let patch): edit(try current.applying(patch), name: entry.name)
      case .undo(let patch): edit(try current.applying(patch), name: "undo \(entry.name)")
      case .redo(let patch): edit(try current.applying(patch), name: "redo \(entry.name)")
      }
      revision = entry.revision
    }
  }

  private mutating func move(to version: StoreVersion) {
    current = version
    revision += 1
  }
}
