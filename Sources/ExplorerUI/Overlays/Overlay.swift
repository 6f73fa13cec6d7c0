import Explorer
import Terminal
import VectorStore

/// A window over the panes; the innermost takes the keys.
public enum Overlay: Sendable, Equatable {
  case help(HelpOverlay)
  case palette(PaletteOverlay)
  case prompt(PromptOverlay)
  case confirm(ConfirmOverlay)
  case changes(ChangesOverlay)
  case merge(MergeOverlay)
  case text(TextOverlay)
  case tour(TourOverlay)
  case choose(ChooseOverlay)
  case compare(CompareOverlay)
  case jobs(JobsOverlay)
  case map(MapOverlay)
  case profile(ProfileOverlay)
  case source(SourceOverlay)
  case whereabouts(WhereaboutsOverlay)
  case mmr(MMROverlay)
  case report(ReportOverlay)
  case difference(DifferenceOverlay)
  case health(HealthOverlay)
  case finding(FindingOverlay)
  case groups(GroupsOverlay)

  /// Whether it recommends how hard to search.
  var hasEffort: Bool { if case .report(let report) = self { report.effort != nil } else { false } }

  /// Where its keys are looked up, innermost first.
  var scopes: [Scope] {
    switch self {
    case .help, .palette, .prompt: [.field, .movement]
    case .tour: [.tour, .overlay]
    case .confirm(let overlay): [overlay.question.scope, .movement]
    case .changes(let overlay):
      overlay.isPreview ? [.comparison, .movement, .overlay] : [.comparison, .changes, .movement, .overlay]
    case .merge: [.merge, .movement, .overlay]
    case .text, .compare, .whereabouts, .source: [.movement, .overlay]
    case .mmr: [.mmr, .movement, .overlay]
    case .report: [.report, .movement, .overlay]
    case .difference: [.difference, .movement, .overlay]
    case .map: [.map, .movement, .overlay]
    case .profile: [.profile, .movement, .overlay]
    case .jobs: [.jobs, .movement, .overlay]
    case .health, .finding: [.health, .movement, .overlay]
    case .groups: [.groups, .movement, .overlay]
    case .choose: [.choose, .field, .movement]
    }
  }

  /// The commands that the bottom line of the window shows.
  var footer: [Command] {
    switch self {
    case .help, .prompt: []
    case .palette: [.fieldSubmit, .fieldLeave]
    case .tour: [.tourNext, .tourBack, .closeOverlay]
    case .confirm(let overlay): overlay.question.commands
    case .changes(let overlay):
      overlay.isPreview
        ? [.compareChange, .closeOverlay]
        : [.changesSave, .compareChange, .changesSaveAs, .changesUndo, .closeOverlay]
    case .merge: [.mergeAccept, .nextPolicy, .closeOverlay]
    case .text, .compare, .whereabouts, .source: [.closeOverlay]
    case .mmr: [.lessLambda, .moreLambda, .fewerCandidates, .moreCandidates, .usePlayground, .closeOverlay]
    case .report: hasEffort ? [.useReport, .closeOverlay] : [.closeOverlay]
    case .difference: [.openDifference, .closeOverlay]
    case .map:
      [.mapSelect, .mapMark, .mapColor, .mapZoomIn, .mapZoomOut, .mapWhole, .mapOpen, .closeOverlay]
    case .profile: [.facetsOfKey, .closeOverlay]
    case .jobs: [.cancelJob, .closeOverlay]
    case .health: [.openFinding, .markFinding, .fixFinding, .examineAgain, .closeOverlay]
    case .finding: [.openFinding, .markFinding, .fixFinding, .closeOverlay]
    case .groups:
      [.nextGroup, .nextOther, .keepShown, .keepRule, .markRest, .markAllRest, .closeOverlay]
    case .choose(let overlay): overlay.footer
    }
  }

  /// What closes the window and changes nothing.
  var closing: Command {
    switch self {
    case .help, .palette, .prompt, .choose: .fieldLeave
    case .confirm(let overlay):
      switch overlay.question.scope {
      case .quitGuard: .guardStay
      case .recovery: .recoverLater
      default: .decline
      }
    default: .closeOverlay
    }
  }

  /// The line being typed into, if there is one.
  var field: TextField? {
    get {
      switch self {
      case .help(let overlay): overlay.field
      case .palette(let overlay): overlay.field
      case .prompt(let overlay): overlay.field
      case .choose(let overlay): overlay.field
      default: nil
      }
    }
    set {
      guard let newValue else { return }
      switch self {
      case .help(var overlay):
        overlay.field = newValue
        overlay.top = 0
        self = .help(overlay)
      case .palette(var overlay):
        overlay.field = newValue
        overlay.list = ListPosition()
        self = .palette(overlay)
      case .choose(var overlay):
        overlay.field = newValue
        overlay.list = ListPosition()
        self = .choose(overlay)
      case .prompt(var overlay):
        overlay.field = newValue
        self = .prompt(overlay)
      default: break
      }
    }
  }

  /// Moves the cursor of its line; the text stays, and with it what the list shows.
  mutating func setCursor(_ moved: TextField) {
    switch self {
    case .help(var overlay):
      overlay.field = moved
      self = .help(overlay)
    case .palette(var overlay):
      overlay.field = moved
      self = .palette(overlay)
    case .prompt(var overlay):
      overlay.field = moved
      self = .prompt(overlay)
    case .choose(var overlay):
      overlay.field = moved
      self = .choose(overlay)
    default: break
    }
  }
}
