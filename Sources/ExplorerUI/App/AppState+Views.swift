import Diagnosis
import Explorer
import VectorStore

extension AppState {
  /// Opens a window that shows the store in another way.
  mutating func openView(_ command: Command) -> [Effect] {
    switch command {
    case .map: overlays.append(.map(MapOverlay()))
    case .profile:
      overlays.append(.profile(ProfileOverlay()))
      return [.loadProfile(filter: activeFilter)]
    case .source:
      guard let document = currentRow?.document else { return [] }
      guard let source = document.metadata["source"], source != .null else {
        say("this document names no source: it has no metadata key \"source\"", .warning)
        return []
      }
      overlays.append(
        .source(SourceOverlay(id: document.id, title: source.displayText, terms: query.terms)))
      return [.loadSource(document.id)]
    default: break
    }
    return []
  }

  mutating func sourceLoaded(_ id: DocumentID, _ source: SourceText?) {
    guard case .source(var overlay) = overlays.last, overlay.id == id else { return }
    overlay.show(source ?? SourceText(), arrangement)
    overlays[overlays.count - 1] = .source(overlay)
  }

  mutating func profileLoaded(_ profile: MetadataProfile) {
    guard case .profile(var overlay) = overlays.last, overlay.profile == nil else { return }
    overlay.profile = profile
    overlays[overlays.count - 1] = .profile(overlay)
  }
}
