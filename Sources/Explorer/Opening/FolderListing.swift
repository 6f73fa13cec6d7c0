import Foundation
import StoreFormats

/// What a folder holds that can be opened or gone into.
public struct FolderListing: Sendable, Hashable {
  public struct Entry: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
      case store
      case folder
    }

    public var kind: Kind
    public var name: String
    /// What opens the store, or lists the folder.
    public var path: String

    public init(kind: Kind, name: String, path: String) {
      self.kind = kind
      self.name = name
      self.path = path
    }
  }

  /// Absolute.
  public var path: String
  /// The stores, then the folders; each by name, hidden ones left out.
  public var entries: [Entry]

  public init(path: String, entries: [Entry]) {
    self.path = path
    self.entries = entries
  }

  /// Reads a folder: one level, no file is opened but to see what it is.
  ///
  /// Throws `.noInput` when it is none, or cannot be read.
  public init(folder: String) throws(ExplorerError) {
    let path = URL(filePath: folder).standardizedFileURL.path
    self.path = path
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path).sorted {
        $0.localizedStandardCompare($1) == .orderedAscending
      }
    } catch {
      throw ExplorerError(.noInput, "\(path): \(Self.reason(path)); give a folder that can be read")
    }
    var stores: [Entry] = [], folders: [Entry] = []
    for name in names where !name.hasPrefix(".") {
      let whole = (path as NSString).appendingPathComponent(name)
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: whole, isDirectory: &isFolder) else { continue }
      if isFolder.boolValue {
        let isStore = (try? StoreLocation(path: whole)) != nil
        let entry = Entry(kind: isStore ? .store : .folder, name: name, path: whole)
        if isStore { stores.append(entry) } else { folders.append(entry) }
      } else if (name as NSString).pathExtension == "faiss", (try? StoreLocation(path: whole)) != nil {
        stores.append(Entry(kind: .store, name: name, path: whole))
      }
    }
    entries = stores + folders
  }

  private static func reason(_ path: String) -> String {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      return "no such folder"
    }
    return isFolder.boolValue ? "the folder cannot be read" : "this is a file, not a folder"
  }
}
