import Foundation
import Synchronization

/// Keeps the edits that are not saved yet on disk, so that none is lost with the process or the power.
///
/// A file per session in the person's state folder, 0600, locked while the session lives. It comes into being
/// with the first edit and goes away when all is saved or the person discards it. It holds frames: a length, that
/// many bytes, a checksum; a frame of length 0 ends an entry. What was cut off at the end counts as not written,
/// and its edit was never shown as done.
public final class EditJournal: Sendable {
  /// Where journals are kept, and of which store.
  public struct Place: Sendable, Hashable {
    public var folder: String
    /// The store's path, with links resolved.
    public var store: String

    public init(folder: String, store: String) {
      self.folder = folder
      self.store = store
    }

    var prefix: String { String(checksum(Array(store.utf8)), radix: 16) + "-" }
  }

  private struct State {
    var file: JournalFile?
    var place: Place
    var fingerprint: String
  }

  private let state: Mutex<State>
  private let dimension: Int

  /// A journal of edits to the files of `fingerprint`.
  ///
  /// Nothing is written before the first edit.
  public init(at place: Place, fingerprint: String, dimension: Int) {
    state = Mutex(State(file: nil, place: place, fingerprint: fingerprint))
    self.dimension = dimension
  }

  /// Has the entry on disk when it returns.
  ///
  /// Throws `.journal` with the system's reason; the journal is then as it was.
  func append(_ entry: JournalEntry) throws(VectorStoreError) {
    let result = state.withLock { state -> Result<Void, VectorStoreError> in
      do throws(VectorStoreError) {
        if state.file == nil {
          if case .saving = entry.kind { return .success(()) }
          state.file = try JournalFile(creatingIn: state.place, state.fingerprint, dimension: dimension)
        }
        return .success(try state.file?.append(entry) ?? ())
      } catch {
        return .failure(error)
      }
    }
    try result.get()
  }

  /// Files of `fingerprint` are about to take the place of the store's, with all edits up to `revision` in them.
  public func willSave(fingerprint: String, revision: Int) throws(VectorStoreError) {
    try append(JournalEntry(kind: .saving(fingerprint: fingerprint), revision: revision, name: ""))
  }

  /// From now on edits lead on from other files; with `isAll` no edit is unsaved and the file goes away.
  func saved(fingerprint: String, isAll: Bool) {
    state.withLock { state in
      state.fingerprint = fingerprint
      if isAll {
        state.file?.remove()
        state.file = nil
      }
    }
  }

  /// Moves with the store to its new place.
  public func move(to store: String) {
    state.withLock { $0.place.store = store }
  }

  /// Goes on in the file of a session that ended before it saved.
  func adopt(_ file: JournalFile) { state.withLock { $0.file = file } }

  /// Where the edits are; nil while all is saved.
  public var path: String? { state.withLock { $0.file?.path } }

  /// Forgets the unsaved edits: the person wants them gone.
  public func discard() {
    state.withLock { state in
      state.file?.remove()
      state.file = nil
    }
  }
}

/// FNV-1a: tells whether a frame was written to its end.
func checksum(_ bytes: [UInt8]) -> UInt64 {
  bytes.withUnsafeBytes { bytes in
    var sum: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return sum
  }
}
