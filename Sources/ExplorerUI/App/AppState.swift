import Explorer
import Terminal
import VectorStore

/// The panes, in the order in which Tab goes through them.
public enum PaneID: CaseIterable, Sendable, Hashable {
  case query, filter, documents, results, detail
}

/// What the message line says.
public struct Message: Sendable, Equatable {
  public enum Kind: Sendable, Equatable { case note, warning, error }
  public var text: String
  public var kind: Kind
}

/// Everything the screen shows, as a value.
///
/// Only `reduce` changes it; `draw` reads it.
public struct AppState: Sendable, Equatable {
  public let tab: TabID
  /// All open stores, for the first line.
  public internal(set) var tabBar = TabBar()
  public internal(set) var size: Size
  public internal(set) var summary: StoreSummary
  public internal(set) var keymap: Keymap

  public internal(set) var query = QueryPane()
  public internal(set) var filter = FilterPane()
  public internal(set) var documents = DocumentsPane()
  public internal(set) var results = ResultsPane()
  public internal(set) var detail = DetailPane()
  public internal(set) var marks = Marks()
  public internal(set) var pins = Pins()
  public internal(set) var finding = SoughtText()
  /// What the last health check found.
  public internal(set) var health: HealthOutcome?
  public internal(set) var looks: Looks
  /// The divider that the mouse holds.
  var dragged: Drag?
  /// False where the locale shows ASCII only; what is drawn, and so where the mouse hits, depends on it.
  var usesUnicode = true

  public internal(set) var focus = PaneID.documents
  /// The list that the document pane follows: documents or results.
  public internal(set) var activeList = PaneID.documents
  public internal(set) var isZoomed = false
  /// Innermost last.
  public internal(set) var overlays: [Overlay] = []
  public internal(set) var pendingKeys: [Key] = []
  /// Typed while the row that they are for was still being read.
  var heldKeys: [Key] = []
  public internal(set) var jobs = Jobs()
  public internal(set) var message: Message?
  /// What the message line said, the latest last, so that it can be read again.
  public internal(set) var messages: [Message] = []
  /// What the last search had to say of its answer.
  var notices: [String] = []
  /// Set while a save runs that a quit waits for.
  var quitsAfterSave = false
  /// What the leaving that is asked about means.
  var leaving = Leaving.program
  /// True when the person left by choice, so that edits that are not saved are not kept for the next start; a
  /// signal, or a terminal that is gone, is no choice.
  public internal(set) var dropsChanges = false

  /// What is wrong with the store, and `problems`, what is wrong in themes and keys, are said in the message
  /// line at the start.
  ///
  /// `unsaved` is what an earlier session left; it is asked about first. `memory` is what was chosen before,
  /// `hearsMouse` what holds for this start alone; with `showsTour` the tour is given unless it was seen.
  public init(
    summary: StoreSummary, size: Size, keymap: Keymap = Keymap(), problems: [String] = [],
    unsaved: UnsavedReport? = nil, memory: ScreenMemory = ScreenMemory(),
    hearsMouse: Bool? = nil, themeNames: [String] = ["default"], showsTour: Bool = false, tab: TabID = .first
  ) {
    self.tab = tab
    looks = Looks(memory, themeNames: themeNames, hearsMouse: hearsMouse)
    self.summary = summary
    self.size = size
    self.keymap = keymap
    sayProblems(problems)
    if showsTour, !looks.hasSeenTour { overlays.append(.tour(TourOverlay())) }
    if let unsaved { overlays.append(.confirm(ConfirmOverlay(question: .recover(unsaved)))) }
  }

  /// The filter that holds now; nil when there is none or it does not parse.
  public var activeFilter: Filter? { filter.active }

  /// The row that keys act on, in the list that was focused last.
  public var currentRow: Row? {
    switch activeList {
    case .results: results.selectedHit.map { Row(row: $0.row, document: $0.document) }
    default: documents.selectedRow
    }
  }

  /// True while the row that keys act on is being read.
  var awaitsRow: Bool {
    overlays.isEmpty && activeList == .documents && documents.selectedRow == nil
      && documents.awaited?.contains(documents.list.selected) == true
  }

  /// What marks apply to: the marked documents, else the current one.
  var targets: [Marks.Mark] {
    if !marks.isEmpty { return marks.all }
    return currentRow.map {
      [Marks.Mark(id: $0.document.id, row: $0.row, content: $0.document.content.string)]
    } ?? []
  }

  /// The key of a command as people read it, or how the `:` prompt calls it.
  func key(_ command: Command) -> String { keymap.label(of: command) ?? ":\(command.rawValue)" }

  /// Says what is wrong with the store, and more.
  mutating func sayProblems(_ others: [String] = []) {
    let problems = summary.problems.map(\.message) + others
    if !problems.isEmpty { say(problems.joined(separator: "\n"), .warning) }
  }

  private static let messageLimit = 50

  mutating func say(_ text: String, _ kind: Message.Kind = .note) {
    let said = Message(text: text, kind: kind)
    message = said
    messages = messages.filter { $0 != said }.suffix(AppState.messageLimit - 1) + [said]
  }
}

/// The text that `/` looks for, kept for `n` and `N`.
public struct SoughtText: Sendable, Equatable {
  public internal(set) var text = ""
  /// Where the selection was when it was looked for; nil when nothing is looked for.
  var origin: Int?
}
