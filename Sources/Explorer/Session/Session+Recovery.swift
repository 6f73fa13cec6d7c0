import Foundation
import StoreFormats
import VectorStore

/// Edits that a session made and did not save before it ended.
public struct UnsavedReport: Sendable, Hashable {
  /// When the first of them was made, to within the session.
  public var date: Date
  /// What was done, oldest first: "delete 3 documents".
  public var names: [String]
  /// False: the store's files are not those that the edits were made on, so they cannot be applied.
  public var fits: Bool
  /// The file that holds them.
  public var file: String

  public init(date: Date, names: [String], fits: Bool, file: String) {
    self.date = date
    self.names = names
    self.fits = fits
    self.file = file
  }
}

extension Session {
  /// What an earlier session left unsaved; nil when nothing, or when it has been dealt with.
  public var unsavedEdits: UnsavedReport? {
    unsaved.withLock { edits in
      edits.map {
        UnsavedReport(date: $0.created, names: $0.names, fits: $0.fitsFiles, file: $0.path)
      }
    }
  }

  /// What saving would do after ``applyUnsavedEdits()``; changes nothing.
  ///
  /// Throws `.noInput` when there are none, `.badData` when they do not fit.
  public func previewUnsavedEdits() async throws -> ChangePlan {
    let edits = try pending()
    let version = await store.saved
    do { return plan(from: version, to: try edits.applied(to: version)) } catch { throw ExplorerError(error) }
  }

  /// Makes the edits again, each a step of undo; they stay in the journal until they are saved.
  ///
  /// Throws as ``previewUnsavedEdits()`` does, and then changes nothing.
  @discardableResult
  public func applyUnsavedEdits() async throws -> StoreSummary {
    let edits = try pending()
    do { try await store.recover(edits) } catch { throw ExplorerError(error) }
    unsaved.withLock { $0 = nil }
    return await summary()
  }

  /// Forgets what an earlier session left unsaved.
  public func discardUnsavedEdits() {
    unsaved.withLock { edits in
      edits?.discard()
      edits = nil
    }
  }

  /// Forgets this session's own unsaved edits: the person leaves without them.
  public func abandonChanges() { journal?.discard() }

  func refuseUnsavedEdits() throws(ExplorerError) {
    guard let edits = unsavedEdits else { return }
    throw ExplorerError(
      .cannotWrite,
      "an earlier session left \(edits.names.count) edits of this store unsaved (\(edits.names.joined(separator: ", "))); "
        + "nothing was changed. fathom recover shows, applies or discards them")
  }

  private func pending() throws(ExplorerError) -> UnsavedEdits {
    guard let edits = unsaved.withLock({ $0 }) else {
      throw ExplorerError(.noInput, "no session has left edits of this store unsaved")
    }
    guard edits.fitsFiles else {
      throw ExplorerError(
        .badData,
        "the store's files changed after these edits were made, so they cannot be applied; "
          + "they are kept in \(edits.path)")
    }
    return edits
  }

  /// By what a journal knows a store: its path without links.
  static func journalKey(_ location: StoreLocation) -> String {
    let path = location.files[0]
    return realpath(path, nil).map { resolved in
      defer { free(resolved) }
      return String(cString: resolved)
    } ?? URL(filePath: path).standardizedFileURL.path
  }
}
