import Diagnosis
import Explorer
import VectorStore

/// The documents whose place is told for every query, and what is known of it.
public struct Pins: Sendable, Equatable {
  /// Lines that the results give to them at most, the line above them not counted.
  static let mostLines = 3

  /// In the order in which they were pinned.
  public internal(set) var ids: [DocumentID] = []
  /// One that is asked about once, where nothing is pinned.
  var visitor: DocumentID?
  /// Grows with every question; answers to older ones are dropped.
  var generation = 0
  /// The newest answer; nil while there is no query.
  public internal(set) var report: WhereaboutsReport?

  /// Those that are asked about.
  var asked: [DocumentID] { ids + [visitor].compactMap { $0 }.filter { !ids.contains($0) } }

  /// What the results show of the pinned ones.
  var shown: [Whereabouts] {
    (report?.found ?? []).filter { ids.contains($0.id) }
  }

  /// How many lines they take below the results.
  var lines: Int { shown.isEmpty ? 0 : min(shown.count, Self.mostLines) + 1 }

  mutating func toggle(_ id: DocumentID) {
    if let place = ids.firstIndex(of: id) { ids.remove(at: place) } else { ids.append(id) }
  }

  mutating func remove(_ gone: [DocumentID]) {
    ids.removeAll { gone.contains($0) }
    if let visitor, gone.contains(visitor) { self.visitor = nil }
    report?.found.removeAll { gone.contains($0.id) }
  }
}

extension AppState {
  /// Pins the marked documents, or this one; those that are pinned already are let go.
  mutating func pin() -> [Effect] {
    for target in targets { pins.toggle(target.id) }
    pins.visitor = nil
    guard !pins.ids.isEmpty else {
      pins.report = nil
      say("nothing is pinned any more")
      return [.cancel(.pins)]
    }
    let hint = query.isActive ? "" : "; \(key(.focusQuery)) types a query, and their ranks are shown"
    say("\(CountText.of(pins.ids.count, "document")) pinned\(hint)")
    return locate()
  }

  /// Opens the window that says where the pinned documents are, or this one.
  mutating func showWhereabouts() -> [Effect] {
    guard query.isActive else {
      say(
        "there is no query yet; \(key(.focusQuery)) types one, \(key(.moreLikeThis)) asks by a document",
        .warning)
      return []
    }
    pins.visitor = pins.ids.isEmpty ? currentRow?.document.id : nil
    guard !pins.asked.isEmpty else {
      say("there is no document to look for; \(key(.pin)) pins one", .warning)
      return []
    }
    overlays.append(.whereabouts(WhereaboutsOverlay()))
    return locate()
  }

  /// Asks where the pinned documents are for the query that holds.
  mutating func locate() -> [Effect] {
    guard !pins.asked.isEmpty, let request = query.request(filter: activeFilter) else {
      pins.report = nil
      return []
    }
    pins.generation += 1
    return [.locate(generation: pins.generation, request, pins.asked)]
  }

  mutating func located(_ generation: Int, _ report: WhereaboutsReport) {
    guard generation == pins.generation else { return }
    pins.report = report
  }
}
