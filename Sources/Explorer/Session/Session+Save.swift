import Foundation
import StoreFormats
import VectorStore

extension Session {
  /// What a save would do now, document by document.
  public func changes() async throws -> ChangePlan {
    let snapshot = await store.snapshot
    return plan(from: snapshot.saved, to: snapshot.version)
  }

  /// What leads from one version of this store to another, and what files that gives.
  func plan(from old: StoreVersion, to new: StoreVersion) -> ChangePlan {
    let difference = StoreDifference(from: old, to: new)
    let entries = difference.entries.map { entry in
      let (kind, note): (ChangeEntry.Kind, String?) =
        switch entry.kind {
        case .deleted: (.deleted, nil)
        case .added: (.added, nil)
        case .merged(let name): (.merged, "from \(name)")
        case .edited: (.edited, entry.before.map { Self.summary(of: $0, entry.document) })
        }
      return ChangeEntry(
        kind: kind, row: entry.row, id: entry.document.id, content: entry.document.content.string, note: note,
        before: kind == .deleted ? entry.document : entry.before,
        after: kind == .deleted ? nil : entry.document)
    }
    let place = place.withLock { $0 }
    let estimate = StoreWriter(place.location, leftovers: leftovers).sizes(of: new)
    let files = zip(place.location.files, estimate).map {
      FilePlan(name: ($0 as NSString).lastPathComponent, bytes: $1)
    }
    var notes = ["the files of before are kept as .bak"]
    if case .folder = place.location { notes.append("LangChain loads it") }
    notes = Self.indexNotes(new, difference) + notes
    if place.isReadOnly { notes = ["this store is open for reading only; save elsewhere"] }
    return ChangePlan(
      entries: entries, countBefore: old.count, countAfter: new.count, files: files,
      notes: notes)
  }

  /// What saving does to an index that is not flat, or why it cannot.
  private static func indexNotes(_ version: StoreVersion, _ difference: StoreDifference) -> [String] {
    guard let index = version.parts.first?.segment.vectors.faissIndex else { return [] }
    let isShorter = version.parts.first?.live.isFull == false
    let isLonger = version.parts.dropFirst().contains { $0.live.count > 0 }
    if isShorter, let refusal = index.refusal(of: .remove) {
      return ["this \(index.className) cannot be saved without the deleted rows: \(refusal)"]
    }
    if isLonger, let refusal = index.refusal(of: .add) {
      return ["this \(index.className) cannot be saved with the new rows: \(refusal)"]
    }
    if isShorter, index.className.contains("HNSW") {
      return ["the graph of this \(index.className) is built anew"]
    }
    return []
  }

  /// What an edit did: "content, page 3 → 4, draft removed".
  private static func summary(of old: Document, _ new: Document) -> String {
    let (before, after) = (old.metadata, new.metadata)
    let content = old.content == new.content ? [] : ["content"]
    let changed = after.entries.compactMap { entry -> String? in
      let old = before[entry.key]
      guard old != entry.value else { return nil }
      return
        "\(entry.key.displayText) \(old.map { "\($0.displayText) → " } ?? "= ")\(entry.value.displayText)"
    }
    let removed = before.entries.filter { after[$0.key] == nil }.map { "\($0.key.displayText) removed" }
    return (content + changed + removed).joined(separator: ", ")
  }

  /// Writes the current version to the store's own place, or elsewhere as a new store that becomes its place.
  ///
  /// Throws `.changedOnDisk` when the files changed on disk since they were opened, unless it is `overwriting`,
  /// which keeps them as a backup; `.cannotWrite` when the store is open for reading only, or when `path` holds a
  /// store already. Can be cancelled until the new files take the place of the old; nothing has changed then.
  public func save(
    to path: String? = nil, overwriting: Bool = false,
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) async throws -> SaveReport {
    do {
      let snapshot = await store.snapshot
      let version = snapshot.version
      let own = place.withLock { $0 }
      let location = path.map(StoreWriter.destination) ?? own.location
      let isElsewhere = location != own.location
      if isElsewhere, location.exists {
        throw ExplorerError(.cannotWrite, "\(location.path) exists; choose a place that holds no store yet")
      }
      if !isElsewhere, own.isReadOnly {
        throw ExplorerError(
          .cannotWrite, "\(location.path) is open for reading only; save elsewhere to keep the changes")
      }
      var held = isElsewhere ? nil : lock
      if held == nil { held = try await FolderLock.acquire(location) }
      let report = try StoreWriter(
        location, leftovers: leftovers, limits: limits, watch: Self.watch(progress)
      )
      .write(version, expecting: isElsewhere || overwriting ? nil : own.fingerprint, holding: held) {
        fingerprint throws(StoreFormatError) in
        if Task.isCancelled {
          throw StoreFormatError(.cancelled, "the save was cancelled; nothing was written")
        }
        guard !isElsewhere else { return }
        do throws(VectorStoreError) {
          try journal?.willSave(fingerprint: fingerprint.description, revision: snapshot.revision)
        } catch {
          throw StoreFormatError(.cannotWrite, error.message)
        }
      }
      builds.withLock { files in
        for file in files { unlink(file) }
        files = []
      }
      if isElsewhere { journal?.move(to: Self.journalKey(location)) }
      await store.markSaved(
        version, revision: snapshot.revision, fingerprint: report.fingerprint.description)
      place.withLock {
        $0.location = location
        $0.fingerprint = report.fingerprint
        if isElsewhere { $0.isReadOnly = false }
        $0.sizes = location.files.map { file in
          let attributes = try? FileManager.default.attributesOfItem(atPath: file)
          return FileSize(
            name: (file as NSString).lastPathComponent, bytes: attributes?[.size] as? Int ?? 0)
        }
      }
      return SaveReport(
        path: location.path, documents: version.count, bytes: report.bytes, backup: report.backups.first)
    } catch {
      throw Self.sessionError(error)
    }
  }
}
