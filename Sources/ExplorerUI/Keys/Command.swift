/// Everything a person can do.
///
/// The raw value is the name used in `keys.toml`, in the `:` prompt and in the palette; titles, help,
/// scopes and keys are in ``Command/definition``.
public enum Command: String, CaseIterable, Sendable, Hashable {
  case down = "move.down"
  case up = "move.up"
  case pageDown = "move.page-down"
  case pageUp = "move.page-up"
  case halfDown = "move.half-down"
  case halfUp = "move.half-up"
  case top = "move.top"
  case bottom = "move.bottom"

  case nextPane = "pane.next"
  case previousPane = "pane.previous"
  case focusDocuments = "documents.focus"
  case focusResults = "results.focus"
  case focusDetail = "document.focus"
  case focusQuery = "search.focus"
  case focusFilter = "filter.focus"
  case zoom = "pane.zoom"
  case widenPane = "pane.widen"
  case narrowPane = "pane.narrow"
  case evenPanes = "pane.even"
  case sort = "documents.sort"
  case reverseOrder = "documents.reverse"
  case columns = "documents.columns"
  case wrap = "document.wrap"
  case open = "document.open"
  case back = "app.back"

  case mark = "mark.toggle"
  case markRange = "mark.range"
  case markAll = "mark.all"
  case invertMarks = "mark.invert"
  case markFilter = "mark.filter"
  case delete = "documents.delete"
  case moreLikeThis = "search.like"
  case undo = "edit.undo"
  case redo = "edit.redo"

  case copyIDs = "copy.id"
  case copyContents = "copy.content"
  case copyMetadata = "copy.metadata"
  case copyVectors = "copy.vector"
  case copyScores = "copy.score"
  case copyPython = "copy.python"
  case copyCommandLine = "copy.command"

  case find = "find.start"
  case findNext = "find.next"
  case findPrevious = "find.previous"

  case moreResults = "search.more"
  case fewerResults = "search.fewer"
  case setK = "search.k"
  case toggleMMR = "search.mmr"
  case setLambda = "search.lambda"
  case toggleLangChain = "search.langchain"
  case setFetchK = "search.fetch-k"
  case setThreshold = "search.threshold"
  case lens = "search.lens"
  case pin = "pin.toggle"
  case whereabouts = "pin.where"
  case playground = "search.playground"
  case setEffort = "search.effort"
  case evaluate = "store.evaluate"
  case tune = "store.tune"
  case compareStores = "store.compare"
  case queryHistory = "search.history"
  case facets = "filter.facets"
  case editNames = "edit.history"
  case nextChunk = "document.next-chunk"
  case previousChunk = "document.previous-chunk"
  case map = "view.map"
  case profile = "view.metadata"
  case source = "view.source"
  case useEmbedder = "search.embedder"
  case clearSearch = "search.clear"
  case clearFilter = "filter.clear"

  case save = "store.save"
  case saveAs = "store.save-as"
  case saveAndQuit = "store.save-and-quit"
  case setMetadata = "documents.set"
  case unsetMetadata = "documents.unset"
  case editContent = "documents.content"
  case merge = "store.merge"
  case add = "store.add"
  case build = "store.build"
  case export = "store.export"
  case reload = "store.reload"
  case openStore = "store.open"
  case closeStore = "store.close"
  case nextStore = "store.next"
  case previousStore = "store.previous"
  case selectStore = "store.select"

  case health = "store.health"

  case help = "app.help"
  case palette = "app.palette"
  case prompt = "app.prompt"
  case info = "store.info"
  case menu = "app.menu"
  case theme = "app.theme"
  case toggleMouse = "app.mouse"
  case tour = "app.tour"
  case jobs = "app.jobs"
  case showMessage = "app.message"
  case redraw = "app.redraw"
  case suspend = "app.suspend"
  case interrupt = "app.interrupt"
  case quit = "app.quit"
  case forceQuit = "app.force-quit"

  case fieldSubmit = "field.submit"
  case fieldLeave = "field.leave"
  case fieldLeft = "field.left"
  case fieldRight = "field.right"
  case fieldWordLeft = "field.word-left"
  case fieldWordRight = "field.word-right"
  case fieldStart = "field.start"
  case fieldEnd = "field.end"
  case fieldErase = "field.erase"
  case fieldEraseForward = "field.erase-forward"
  case fieldEraseWord = "field.erase-word"
  case fieldEraseToStart = "field.erase-to-start"
  case fieldEraseToEnd = "field.erase-to-end"
  case fieldComplete = "field.complete"
  case historyBack = "search.history-back"
  case historyForward = "search.history-forward"

  case tourNext = "tour.next"
  case tourBack = "tour.back"
  case closeOverlay = "window.close"
  case accept = "confirm.accept"
  case decline = "confirm.decline"
  case guardSave = "quit.save"
  case guardDiscard = "quit.discard"
  case guardStay = "quit.stay"
  case recoverApply = "recovery.apply"
  case recoverLook = "recovery.look"
  case recoverDiscard = "recovery.discard"
  case recoverLater = "recovery.later"
  case changesSave = "changes.save"
  case changesSaveAs = "changes.save-as"
  case changesUndo = "changes.undo"
  case compareChange = "changes.compare"
  case cancelJob = "jobs.cancel"
  case lessLambda = "playground.less-lambda"
  case moreLambda = "playground.more-lambda"
  case fewerCandidates = "playground.fewer"
  case moreCandidates = "playground.more"
  case usePlayground = "playground.use"
  case useReport = "report.use"
  case openDifference = "difference.look"
  case openFinding = "health.open"
  case markFinding = "health.mark"
  case fixFinding = "health.fix"
  case examineAgain = "health.again"
  case nextGroup = "groups.next"
  case previousGroup = "groups.previous"
  case nextOther = "groups.other"
  case keepShown = "groups.keep"
  case keepRule = "groups.rule"
  case markRest = "groups.mark"
  case markAllRest = "groups.mark-all"
  case excludeValue = "filter.exclude"
  case facetsOfKey = "metadata.values"
  case mapLeft = "map.left"
  case mapRight = "map.right"
  case mapZoomIn = "map.zoom-in"
  case mapZoomOut = "map.zoom-out"
  case mapWhole = "map.whole"
  case mapSelect = "map.select"
  case mapMark = "map.mark"
  case mapColor = "map.color"
  case mapOpen = "map.open"
  case mergeAccept = "merge.accept"
  case nextPolicy = "merge.next-policy"
  case previousPolicy = "merge.previous-policy"
}

extension Command {
  /// What the one list says about a command.
  public struct Definition: Sendable {
    /// Two or three words, for the footer and the palette.
    public var title: String
    /// One sentence, for help.
    public var help: String
    public var scope: Scope
    /// The keys it has by default, in ``Terminal/Key``'s notation; blanks separate the keys of a chord.
    public var keys: [String]
    /// Short names for the `:` prompt.
    public var aliases: [String] = []
    /// What must follow its name in the `:` prompt; nil when nothing may.
    public var argument: String?
  }

  public var title: String { definition.title }
  public var help: String { definition.help }
  public var scope: Scope { definition.scope }

  /// True for commands that make sense only where their keys are live; lists of things to do leave them out.
  public var isLocal: Bool {
    switch scope {
    case .global, .panes, .list, .query: false
    case .movement, .field, .overlay, .confirm, .quitGuard, .recovery, .changes, .merge, .comparison, .choose,
      .tour, .jobs, .mmr, .report, .difference, .map, .profile, .health, .groups:
      true
    }
  }
}
