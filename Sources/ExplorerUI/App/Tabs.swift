import Explorer
import Terminal

/// Names a tab for as long as the program runs.
public struct TabID: Sendable, Hashable {
  let number: Int

  public static let first = TabID(number: 1)
}

/// Who leaves, and whether anybody is asked.
public enum Leaving: Sendable, Equatable {
  /// One store is closed; the others stay open.
  case store
  /// The program ends; stores with unsaved edits are asked about first.
  case program
  /// The program ends now: the terminal is gone, or a signal came. Edits are kept for the next start.
  case atOnce
}

/// The open stores, one state each, of which one is on the screen.
///
/// What happens in one tab never reaches the state of another; what is done in the background comes back to the tab
/// that asked for it.
public struct Tabs: Sendable, Equatable {
  /// Never empty.
  public private(set) var states: [AppState]
  public private(set) var place = 0
  public private(set) var isFinished = false
  /// Tabs of which the person has said that they may end, while the others are still asked about.
  private var agreed: Set<TabID> = []
  private var lastNumber: Int

  public init(_ first: AppState) {
    states = [first]
    lastNumber = first.tab.number
    refreshBar()
  }

  /// The one on the screen.
  public internal(set) var current: AppState {
    get { states[place] }
    set { states[place] = newValue }
  }

  /// Changes the state of a tab by one action, and returns what is to be done, and for whom.
  ///
  /// Pure, as ``reduce(_:_:)`` is. Nothing happens when the tab is closed; nil means the one on the screen.
  mutating func take(_ action: Action, in tab: TabID?) -> [(tab: TabID, effect: Effect)] {
    defer { refreshBar() }
    switch action {
    case .opened(let id, let summary, let unsaved): return add(id, summary, unsaved)
    case .alreadyOpen(let id):
      select(states.firstIndex { $0.tab == id })
      current.say("\(current.summary.name) is open already")
      return []
    default:
      guard let index = tab.map({ tab in states.firstIndex { $0.tab == tab } }) ?? place else { return [] }
      return perform(reduce(&states[index], action), of: states[index].tab)
    }
  }

  private mutating func perform(_ effects: [Effect], of tab: TabID) -> [(tab: TabID, effect: Effect)] {
    effects.flatMap { effect -> [(tab: TabID, effect: Effect)] in
      switch effect {
      case .open(let path, nil):
        lastNumber += 1
        return [(tab, .open(path: path, as: TabID(number: lastNumber)))]
      case .selectTab(let place): select(states.indices.contains(place) ? place : nil)
      case .stepTab(let step): select((place + step + states.count) % states.count)
      case .stay:
        agreed = []
        for index in states.indices { states[index].dropsChanges = false }
      case .quit(let leaving): return leave(tab, leaving)
      default: return [(tab, effect)]
      }
      return []
    }
  }

  // MARK: Opening

  private mutating func add(
    _ id: TabID, _ summary: StoreSummary, _ unsaved: UnsavedReport?
  ) -> [(tab: TabID, effect: Effect)] {
    var state = AppState(
      summary: summary, size: current.size, keymap: current.keymap, unsaved: unsaved, tab: id)
    state.looks = current.looks
    state.usesUnicode = current.usesUnicode
    if current.hasStore {
      states.append(state)
    } else {
      // The tab that asked becomes this one.
      state.jobs = current.jobs
      state.jobs.end(.open, .done)
      states[place] = state
    }
    select(states.firstIndex { $0.tab == id })
    return perform(reduce(&states[place], .start), of: id)
  }

  private mutating func select(_ new: Int?) {
    guard let new, new != place else { return }
    let before = current
    place = new
    // What a person has chosen about the screen holds for all that is on it.
    current.looks = before.looks
    current.size = before.size
    current.usesUnicode = before.usesUnicode
    current.pendingKeys = []
  }

  // MARK: Leaving

  private mutating func leave(_ tab: TabID, _ leaving: Leaving) -> [(tab: TabID, effect: Effect)] {
    guard let index = states.firstIndex(where: { $0.tab == tab }) else { return [] }
    switch leaving {
    case .store where states.count > 1:
      let closed = states.remove(at: index)
      if index < place || place == states.count { place -= 1 }
      current.looks = closed.looks
      current.size = closed.size
      current.say("closed \(closed.summary.name)")
      return [(tab, .close(dropping: closed.dropsChanges))]
    case .atOnce: isFinished = true
    case .store, .program:
      agreed.insert(tab)
      let other = states.firstIndex {
        !agreed.contains($0.tab) && ($0.summary.isModified || $0.jobs.isRunning(.edit))
      }
      guard let other else {
        isFinished = true
        return []
      }
      select(other)
      return perform(reduce(&states[other], .command(.quit)), of: states[other].tab)
    }
    return []
  }

  // MARK: The bar

  /// Gives every state what the first line says of all of them.
  private mutating func refreshBar() {
    let bar = states.count > 1 ? TabBar(states, place: place) : TabBar()
    for index in states.indices where states[index].tabBar != bar { states[index].tabBar = bar }
  }
}
