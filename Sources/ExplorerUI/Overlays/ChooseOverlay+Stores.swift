import Explorer
import Foundation

extension ChooseOverlay {
  /// What the line names, taken from the folder that is listed; nil for an empty line, and where no stores are.
  var typedPath: String? {
    let typed = field.text.trimmed
    guard case .stores(let folder, _) = purpose, !typed.isEmpty else { return nil }
    let isWhole = typed.hasPrefix("/") || typed.hasPrefix("~") || typed.hasPrefix("sqlite:")
    return isWhole ? typed : folder.map { $0 == "/" ? "/\(typed)" : "\($0)/\(typed)" } ?? typed
  }

  /// Stores and folders to choose from, the way up first; `own` is left out.
  static func items(_ listing: FolderListing, isRecent: Bool, own: String?) -> [Item] {
    let entries = listing.entries.filter { $0.path != own }.map { entry in
      switch entry.kind {
      case .store:
        Item(text: isRecent ? shortened(entry.path) : entry.name, note: "…", meaning: .store(entry.path))
      case .folder: Item(text: "\(entry.name)/", meaning: .folder(entry.path))
      }
    }
    let above = listing.path.parentFolder
    if isRecent {
      return entries + [Item(text: "look in \(shortened(listing.path))/", meaning: .folder(listing.path))]
    }
    return listing.path == "/" ? entries : [Item(text: "..", meaning: .folder(above))] + entries
  }

  /// A path with "~" for the home folder.
  static func shortened(_ path: String) -> String {
    let home = NSHomeDirectory()
    guard home.count > 1, path == home || path.hasPrefix(home + "/") else { return path }
    return "~" + path.dropFirst(home.count)
  }
}
