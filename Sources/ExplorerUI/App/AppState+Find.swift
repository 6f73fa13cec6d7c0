import Terminal

extension AppState {
  /// `/`, `n` and `N`: in the list or document that is focused.
  mutating func find(_ command: Command, argument: String?) -> [Effect] {
    if command == .find {
      guard let text = required(argument, for: .find) else { return [] }
      finding.text = text
    }
    let backwards = command == .findPrevious
    let pane = focus == .query || focus == .filter ? activeList : focus
    switch pane {
    case .results: findInResults(backwards: backwards)
    case .detail: findInDetail(backwards: backwards)
    default:
      finding.origin = documents.list.selected
      let from = documents.list.selected + (backwards ? -1 : command == .find ? 0 : 1)
      return [
        .find(
          text: finding.text, from: from, backwards: backwards, filter: activeFilter, order: documents.order)
      ]
    }
    return []
  }

  /// Goes where the text was found; who has gone elsewhere meanwhile stays there.
  mutating func found(_ place: Int?) {
    defer { finding.origin = nil }
    guard finding.origin == documents.list.selected else { return }
    guard let place else { return sayNotFound() }
    documents.list.select(place, count: documents.count, height: arrangement.listHeight(.documents))
  }

  private mutating func findInResults(backwards: Bool) {
    let hits = results.hits
    let places = hits.indices.filter { hits[$0].document.contains(finding.text) }
    guard let place = next(of: places, from: results.list.selected, backwards: backwards) else {
      return sayNotFound()
    }
    results.list.select(place, count: hits.count, height: arrangement.listHeight(.results))
  }

  private mutating func findInDetail(backwards: Bool) {
    let wanted = finding.text.lowercased()
    let lines = detail.text?.lines ?? []
    let places = lines.indices.filter { lines[$0].text.lowercased().contains(wanted) }
    guard let place = next(of: places, from: detail.top, backwards: backwards) else { return sayNotFound() }
    scrollDetail(to: place)
  }

  private func next(of places: [Int], from current: Int, backwards: Bool) -> Int? {
    backwards
      ? places.last { $0 < current } ?? places.last : places.first { $0 > current } ?? places.first
  }

  private mutating func sayNotFound() { say("\"\(finding.text)\" is not here", .warning) }
}
