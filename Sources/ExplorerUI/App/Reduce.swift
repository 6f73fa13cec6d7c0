import Terminal

/// Changes the state by one action and returns what is to be done.
///
/// Pure: no clock, no files, no store.
public func reduce(_ state: inout AppState, _ action: Action) -> [Effect] {
  var effects: [Effect] = []
  switch action {
  case .start:
    effects.append(.hearMouse(state.looks.hearsMouse))
    if state.hasStore {
      effects += state.documents.load(
        height: state.arrangement.listHeight(.documents), filter: nil, anew: true)
      effects += state.summary.isPartial ? [.arrive] : [.findEmbedder, .recall]
    } else {
      effects += state.pickStore(for: .open)
    }
  case .event(let event): effects += state.handle(event)
  case .command(let command, let argument): effects += state.perform(command, argument: argument)
  case .elapsed(let id): effects += state.elapsed(id)
  default: effects += state.take(action)
  }
  effects = state.possible(effects + state.follow())
  effects += state.track(effects)
  for key in state.releaseKeys() { effects += reduce(&state, .event(.key(key))) }
  return effects
}

extension AppState {
  /// Keeps what is derived in step: lists within their bounds, the window around the visible rows, the
  /// document pane on the current row.
  fileprivate mutating func follow() -> [Effect] {
    let arrangement = arrangement
    guard !arrangement.isTooSmall else { return [] }
    let height = arrangement.listHeight(.documents)
    var effects: [Effect] = []
    if documents.window != nil {
      documents.list.select(documents.list.selected, count: documents.count, height: height)
      effects += documents.load(height: height, filter: activeFilter)
    }
    results.list.select(
      results.list.selected, count: results.hits.count, height: arrangement.listHeight(.results))
    if focus == .filter, overlays.isEmpty {
      effects += filter.completion.load(for: FilterPlace(before: filter.field.head))
    }
    let id = currentRow?.document.id
    if id != detail.shown {
      detail.shown = id
      detail.top = 0
      if let id { effects.append(.loadDetail(id)) }
    }
    layOutDetail()
    followJobs()
    effects += followMap()
    return effects
  }

  /// Notes what starts and ends running, and sees to the spinner.
  fileprivate mutating func track(_ effects: [Effect]) -> [Effect] {
    let wasIdle = jobs.isIdle
    for effect in effects where !effect.id.isTimer {
      if case .cancel(let id) = effect {
        if id != .edit { jobs.end(id, .cancelled) }
      } else {
        jobs.start(effect)
      }
    }
    return wasIdle && !jobs.isIdle ? [.wait(.spinner, milliseconds: Jobs.spinnerDelay)] : []
  }

  fileprivate mutating func elapsed(_ id: EffectID) -> [Effect] {
    switch id {
    case .searchDelay: search()
    case .filterDelay: applyFilter()
    case .spinner: jobs.turn() ? [.wait(.spinner, milliseconds: Jobs.spinnerPeriod)] : []
    default: []
    }
  }
}
