import Foundation

/// The edits of a session that ended before it saved: a crash, a kill, a power cut.
///
/// While it is held no other process takes them.
public final class UnsavedEdits: Sendable {
  private let file: JournalFile
  /// In the order they were made.
  let entries: [JournalEntry]
  private let end: Int
  public let created: Date
  /// False: the store's files are not those that the edits were made on.
  public let fitsFiles: Bool

  /// What was done, as people read it.
  public var names: [String] {
    entries.compactMap { entry in
      switch entry.kind {
      case .edit: entry.name
      case .undo: "undo \(entry.name)"
      case .redo: "redo \(entry.name)"
      case .saving: nil
      }
    }
  }

  public var path: String { file.path }

  private init(_ file: JournalFile, _ contents: JournalFile.Contents, fingerprint: String) {
    self.file = file
    created = contents.created
    end = contents.end
    let saves = contents.entries.compactMap { entry in
      if case .saving(fingerprint) = entry.kind { entry.revision } else { nil }
    }
    fitsFiles = contents.fingerprint == fingerprint || !saves.isEmpty
    // What a save has brought into the files is no loss.
    let first = contents.fingerprint == fingerprint ? Int.min : saves.last ?? Int.min
    entries = contents.entries.filter { entry in
      if case .saving = entry.kind { false } else { entry.revision > first }
    }
  }

  /// The newest unsaved edits of a store, whose files are those of `fingerprint`; nil when there are none.
  ///
  /// Journals that hold nothing unsaved are removed.
  public static func find(at place: EditJournal.Place, fingerprint: String) -> UnsavedEdits? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place.folder)) ?? []
    for name in names.sorted(by: >)
    where name.hasPrefix(place.prefix) && name.hasSuffix("." + JournalFile.fileExtension) {
      guard let file = JournalFile(orphan: "\(place.folder)/\(name)") else { continue }
      guard let contents = file.read(), contents.store == place.store else {
        // Without a whole header there never was an edit.
        if file.isUnfinished { file.remove() }
        continue
      }
      let edits = UnsavedEdits(file, contents, fingerprint: fingerprint)
      if !edits.entries.isEmpty { return edits }
      file.remove()
    }
    return nil
  }

  /// What the store would be with them.
  ///
  /// Throws `.journal` when they do not fit.
  public func applied(to version: StoreVersion) throws(VectorStoreError) -> StoreVersion {
    try replayed(on: version).current
  }

  func replayed(on version: StoreVersion) throws(VectorStoreError) -> EditHistory {
    var history = EditHistory(version)
    try history.replay(entries)
    return history
  }

  /// Forgets them for good.
  public func discard() { file.remove() }

  func takeFile() -> JournalFile {
    file.shorten(to: end)
    return file
  }
}
