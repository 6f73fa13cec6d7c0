import VectorStore

/// What a repair does to the rows of a store.
public struct RepairPlan: Sendable {
  public private(set) var changes = RowChanges()
  /// Rows whose content is another one, so that their vectors are those of the text before.
  public private(set) var rewritten: [Int] = []
  /// What is done about each finding, with the number of rows.
  public private(set) var steps: [Step] = []
  /// Whether documents without a row are to be left out of what is written.
  public private(set) var leavesOut = false

  public struct Step: Sendable, Hashable {
    public var check: Check
    public var rows: Int

    public init(check: Check, rows: Int) {
      self.check = check
      self.rows = rows
    }
  }

  /// Does what the fixes of `findings` say; those without one are left alone.
  ///
  /// Documents of a class of their own are deleted where that is the fix, and never changed. Throws what reading a
  /// vector throws.
  public init(_ findings: [Finding], of version: StoreVersion) throws {
    for finding in findings where finding.check.fix == .delete { changes.deleted.formUnion(finding.marked) }
    try rewrite(findings, version)
    for finding in findings {
      switch finding.check.fix {
      case .normalize: try normalize(finding.marked, version)
      case .newIDs: renumber(finding, version)
      case .leaveOut:
        leavesOut = true
        changes.deleted.formUnion(finding.marked)
      case .delete, .clean, nil: break
      }
      if finding.check.fix != nil {
        steps.append(Step(check: finding.check, rows: finding.marked.count))
      }
    }
  }

  private mutating func rewrite(_ findings: [Finding], _ version: StoreVersion) throws {
    var checks: [Int: Set<Check>] = [:]
    for finding in findings where finding.check.fix == .clean {
      for row in finding.marked where !changes.deleted.contains(row) {
        checks[row, default: []].insert(finding.check)
      }
    }
    for (row, checks) in checks.sorted(by: { $0.key < $1.key }) {
      var document = version.document(atRow: row)
      guard document.encoded == nil else { continue }
      let content = ContentRepair.cleaned(document.content, of: checks)
      guard content != document.content else { continue }
      if content.string.allSatisfy(\.isWhitespace) {
        changes.deleted.insert(row)
      } else {
        document.content = content
        changes.documents[row] = document
        rewritten.append(row)
      }
    }
  }

  private mutating func normalize(_ rows: [Int], _ version: StoreVersion) throws {
    for row in rows where !changes.deleted.contains(row) {
      let vector = try version.vector(atRow: row)
      let length = vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
      changes.vectors[row] = vector.map { Float(Double($0) / length) }
    }
  }

  /// Later rows of an id get it with "~2", "~3", … behind it.
  private mutating func renumber(_ finding: Finding, _ version: StoreVersion) {
    var taken: Set<DocumentID> = []
    for row in finding.groups.flatMap({ $0.dropFirst() }) where !changes.deleted.contains(row) {
      var document = changes.documents[row] ?? version.document(atRow: row)
      guard document.encoded == nil else { continue }
      document.id = version.freeID(like: document.id, taken: &taken)
      changes.documents[row] = document
    }
  }

  /// Gives a row another vector, as one that was embedded again.
  public mutating func setVector(_ vector: [Float], ofRow row: Int) { changes.vectors[row] = vector }
}
