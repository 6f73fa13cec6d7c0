import Foundation
import Pickle
import VectorStore

/// LangChain's `FAISS` object pickled whole, as people did before it had `save_local`.
///
/// Its vectors are in a file of their own, written by `faiss.write_index` (the object's `index` is then None), or
/// inside it. Beside the documents the object holds its embedder with whatever keys that had: nothing of it is shown.
enum WholeObject {
  /// The files of such a store, if `path` is one of them or the folder with them.
  static func location(of path: String, isFolder: Bool) -> StoreLocation? {
    if isFolder {
      let pickles = files(in: path, endingIn: ["pkl"])
      let whole = pickles.filter(begins)
      // A pair of files that LangChain writes today goes first.
      let hasPair = pickles.contains { !whole.contains($0) && has(index: $0) }
      return whole.count == 1 && !hasPair ? location(pickle: whole[0]) : nil
    }
    switch (path as NSString).pathExtension {
    case "pkl", "pickle": return begins(path) ? location(pickle: path) : nil
    case "faiss", "index":
      // An index that another store's pickle belongs to is not looked at.
      guard let found = location(of: path.parentFolder, isFolder: true), found.files.count == 2,
        (found.files[0] as NSString).lastPathComponent == (path as NSString).lastPathComponent
      else { return nil }
      return found
    default: return nil
    }
  }

  private static func location(pickle: String) -> StoreLocation {
    let stem = { (file: String) in (file as NSString).deletingPathExtension }
    let pickles = Set(files(in: pickle.parentFolder, endingIn: ["pkl"]).filter { $0 != pickle }.map(stem))
    // Not the index of another pickle.
    let indexes = files(in: pickle.parentFolder, endingIn: ["faiss", "index"]).filter {
      !pickles.contains(stem($0))
    }
    let own = indexes.first { stem($0) == stem(pickle) }
    return .object(pickle: pickle, index: own ?? (indexes.count == 1 ? indexes[0] : nil))
  }

  private static func has(index pickle: String) -> Bool {
    FileManager.default.fileExists(atPath: (pickle as NSString).deletingPathExtension + ".faiss")
  }

  private static func files(in folder: String, endingIn types: Set<String>) -> [String] {
    let names = (try? Folder.names(in: folder.isEmpty ? "." : folder)) ?? []
    return names.sorted().map { (folder as NSString).appendingPathComponent($0) }
      .filter { types.contains(($0 as NSString).pathExtension) }
  }

  /// The class is the first thing that such a pickle names.
  private static func begins(_ path: String) -> Bool {
    guard let handle = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? handle.close() }
    let start = (try? handle.read(upToCount: 120)) ?? Data()
    return start.range(of: Data(".vectorstores".utf8)) != nil && start.range(of: Data("FAISS".utf8)) != nil
  }

  /// The attributes of the object, if a value is one.
  static func state(of value: PickleValue) -> [PickleEntry]? {
    guard case .object(let object) = value, let name = object.global, name.name == "FAISS",
      name.module.contains(".vectorstores"), case .dict(let state)? = object.state
    else { return nil }
    return state
  }
}
