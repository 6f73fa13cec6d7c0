extension Command {
  /// The one list: what drives keys, palette, help, footer and the `:` prompt.
  public var definition: Definition {
    switch self {
    case .down: .init(title: "down", help: "Move down one row.", scope: .movement, keys: ["j", "down"])
    case .up: .init(title: "up", help: "Move up one row.", scope: .movement, keys: ["k", "up"])
    case .pageDown:
      .init(title: "page down", help: "Move down one page.", scope: .movement, keys: ["pgdn", "C-f"])
    case .pageUp: .init(title: "page up", help: "Move up one page.", scope: .movement, keys: ["pgup", "C-b"])
    case .halfDown: .init(title: "half down", help: "Move down half a page.", scope: .movement, keys: ["C-d"])
    case .halfUp: .init(title: "half up", help: "Move up half a page.", scope: .movement, keys: ["C-u"])
    case .top: .init(title: "top", help: "Go to the first row.", scope: .movement, keys: ["g", "home"])
    case .bottom: .init(title: "bottom", help: "Go to the last row.", scope: .movement, keys: ["G", "end"])

    case .nextPane: .init(title: "next pane", help: "Focus the next pane.", scope: .global, keys: ["tab"])
    case .previousPane:
      .init(title: "previous pane", help: "Focus the pane before.", scope: .global, keys: ["S-tab"])
    case .focusDocuments:
      .init(title: "documents", help: "Focus the documents of the store.", scope: .global, keys: ["1"])
    case .focusResults:
      .init(title: "results", help: "Focus the results of the query.", scope: .global, keys: ["2"])
    case .focusDetail:
      .init(title: "document", help: "Focus the document in full.", scope: .global, keys: ["3"])
    case .focusQuery:
      .init(
        title: "query", help: "Type a query; results follow while you type.", scope: .global,
        keys: ["s", "i", "4"])
    case .focusFilter:
      .init(
        title: "filter", help: "Type a metadata filter, such as page >= 3 and source ~ \"union\".",
        scope: .global, keys: ["f", "5"])
    case .zoom:
      .init(
        title: "zoom", help: "Give the whole screen to this pane, or give it back.", scope: .global,
        keys: ["z"])
    case .widenPane, .narrowPane, .evenPanes, .sort, .reverseOrder, .columns, .menu, .theme, .toggleMouse,
      .tour, .info:
      looksDefinition
    case .map, .profile, .source, .facetsOfKey, .mapLeft, .mapRight, .mapZoomIn, .mapZoomOut, .mapWhole, .mapSelect,
      .mapMark, .mapColor, .mapOpen:
      viewsDefinition
    case .openStore, .closeStore, .nextStore, .previousStore, .selectStore: storesDefinition
    case .pin, .whereabouts, .playground, .setEffort, .evaluate, .tune, .compareStores, .lessLambda,
      .moreLambda,
      .fewerCandidates, .moreCandidates, .usePlayground, .useReport, .openDifference:
      measuringDefinition
    case .wrap:
      .init(title: "wrap", help: "Wrap long lines of the document, or cut them.", scope: .global, keys: ["w"])
    case .open:
      .init(title: "open", help: "Read the selected document in full.", scope: .panes, keys: ["enter", "l"])
    case .back:
      .init(
        title: "back", help: "Leave, clear or cancel the innermost thing; never quits.", scope: .panes,
        keys: ["esc", "h"])

    case .mark:
      .init(title: "mark", help: "Mark or unmark this row and go down.", scope: .list, keys: ["space"])
    case .markRange:
      .init(title: "mark range", help: "Start a range here; again marks it.", scope: .list, keys: ["v"])
    case .markAll: .init(title: "mark all", help: "Mark every row of the list.", scope: .list, keys: ["C-a"])
    case .invertMarks:
      .init(
        title: "invert marks", help: "Mark what is not marked, and the reverse.", scope: .list, keys: ["*"])
    case .markFilter:
      .init(
        title: "mark matching", help: "Mark every document that a filter matches.", scope: .panes,
        keys: ["&"],
        aliases: ["mark"], argument: "filter")
    case .delete:
      .init(
        title: "delete", help: "Delete the marked documents, or this one, after a question; u takes it back.",
        scope: .panes, keys: ["d"])
    case .setMetadata:
      .init(
        title: "set", help: "Set a metadata key of the marked documents, or of this one, such as draft=true.",
        scope: .panes, keys: ["e"], aliases: ["set"], argument: "key=value")
    case .editContent:
      .init(
        title: "edit content", help: "Edit this document's content in $EDITOR; it is embedded again.",
        scope: .panes, keys: ["c"], aliases: ["content"])
    case .unsetMetadata:
      .init(
        title: "unset", help: "Remove a metadata key of the marked documents, or of this one.",
        scope: .panes, keys: [], aliases: ["unset"], argument: "key")
    case .moreLikeThis:
      .init(
        title: "like this", help: "Search by the vectors of the marked documents, or of this one.",
        scope: .panes, keys: ["m"])
    case .undo: .init(title: "undo", help: "Take back the last edit.", scope: .global, keys: ["u", "U"])
    case .redo:
      .init(title: "redo", help: "Make the edit again that undo took back.", scope: .global, keys: ["C-r"])

    case .copyIDs:
      .init(
        title: "copy id", help: "Copy the id of this document, or of those marked.", scope: .panes,
        keys: ["y i"])
    case .copyContents:
      .init(
        title: "copy content", help: "Copy the content, or those marked.", scope: .panes,
        keys: ["y t", "y y"])
    case .copyMetadata:
      .init(title: "copy metadata", help: "Copy the metadata as JSON.", scope: .panes, keys: ["y m"])
    case .copyVectors:
      .init(
        title: "copy vector", help: "Copy the vector as a list of numbers, which a query line takes.",
        scope: .panes, keys: ["y v"])
    case .copyScores:
      .init(
        title: "copy score", help: "Copy rank, score, row and id of this result, or of all that are marked.",
        scope: .panes, keys: ["y s"])
    case .copyPython:
      .init(
        title: "copy as Python", help: "Copy this search as LangChain code.", scope: .global, keys: ["y p"])
    case .copyCommandLine:
      .init(
        title: "copy as command", help: "Copy this search as a fathom command.", scope: .global, keys: ["y c"]
      )
    case .find:
      .init(
        title: "find", help: "Find text in this pane.", scope: .global, keys: ["/"],
        argument: "text")
    case .findNext:
      .init(title: "find next", help: "Go to the next place found.", scope: .global, keys: ["n"])
    case .findPrevious:
      .init(title: "find previous", help: "Go to the place found before.", scope: .global, keys: ["N"])

    case .moreResults:
      .init(title: "more results", help: "Ask for more results (k).", scope: .global, keys: ["]"])
    case .fewerResults:
      .init(title: "fewer results", help: "Ask for fewer results (k).", scope: .global, keys: ["["])
    case .setK:
      .init(
        title: "set k", help: "How many results to ask for.", scope: .global, keys: [], aliases: ["k"],
        argument: "number")
    case .toggleMMR:
      .init(
        title: "MMR on/off", help: "Trade nearness for variety (maximal marginal relevance).", scope: .global,
        keys: ["V"], aliases: ["mmr"])
    case .setLambda:
      .init(
        title: "set lambda", help: "MMR's weight of nearness, from 0 (variety) to 1 (nearness).",
        scope: .global, keys: [], aliases: ["lambda"], argument: "0 to 1")
    case .toggleLangChain:
      .init(
        title: "as LangChain", help: "Filter after fetching fetch_k rows, as LangChain does, or exactly.",
        scope: .global, keys: ["L"], aliases: ["langchain"])
    case .setFetchK:
      .init(
        title: "set fetch_k", help: "How many rows MMR and LangChain's filter start from.", scope: .global,
        keys: [], aliases: ["fetch-k", "fetch_k"], argument: "number")
    case .setThreshold:
      .init(
        title: "set threshold", help: "Leave out results with a worse score than this.", scope: .global,
        keys: [], aliases: ["threshold"], argument: "score, or none")
    case .lens:
      .init(
        title: "score lens",
        help: "Say how near results are in other numbers: L2, cosine, LangChain's relevance.",
        scope: .global, keys: ["S"], aliases: ["lens"], argument: ScoreLens.names)
    case .queryHistory:
      .init(
        title: "earlier queries", help: "Choose from the queries that were asked of this store.",
        scope: .global,
        keys: ["M-h"], aliases: ["queries"])
    case .facets:
      .init(
        title: "facets", help: "See the values of a metadata key with their counts, and filter by one.",
        scope: .global, keys: ["@"], aliases: ["facets"], argument: "key")
    case .editNames:
      .init(
        title: "edit history", help: "See every edit of this session by name, and go back or on to one.",
        scope: .global, keys: ["H"], aliases: ["history"])
    case .nextChunk:
      .init(
        title: "next chunk", help: "Go to the chunk that follows in the same source.", scope: .panes,
        keys: ["}"])
    case .previousChunk:
      .init(
        title: "previous chunk", help: "Go to the chunk before in the same source.", scope: .panes,
        keys: ["{"])
    case .useEmbedder:
      .init(
        title: "embedder", help: "Choose what turns a query into a vector: minilm, openai:MODEL and others.",
        scope: .global, keys: ["E"], aliases: ["embedder"], argument: "name, or auto")
    case .clearSearch:
      .init(title: "clear query", help: "Empty the query and its results.", scope: .global, keys: ["X"])
    case .clearFilter:
      .init(title: "clear filter", help: "Show all documents again.", scope: .global, keys: ["F"])

    case .save:
      .init(
        title: "save", help: "Show what changed, then write it.", scope: .global, keys: ["C-s"],
        aliases: ["w", "write"])
    case .saveAs:
      .init(
        title: "save elsewhere", help: "Write the store to another folder.", scope: .global, keys: ["W"],
        aliases: ["saveas"], argument: "folder")
    case .saveAndQuit:
      .init(
        title: "save and quit", help: "Write the changes and leave.", scope: .global, keys: [],
        aliases: ["wq", "x"])
    case .merge:
      .init(
        title: "merge", help: "Add the documents of another store.", scope: .global, keys: ["M"],
        argument: "folder")
    case .add:
      .init(
        title: "add",
        help: "Add documents from a text, Markdown, JSON Lines or CSV file, a folder or a glob.",
        scope: .global, keys: ["a"], aliases: ["add"], argument: "file")
    case .build:
      .init(
        title: "build", help: "Make another store from files, while you work on in this one.",
        scope: .global, keys: [], aliases: ["build"], argument: "folder, then files")
    case .reload:
      .init(
        title: "reload", help: "Read the store from disk again.", scope: .global, keys: ["R", "F5"],
        aliases: ["e!"])

    case .help:
      .init(
        title: "help", help: "Every command with its keys; type to search.", scope: .global,
        keys: ["?", "F1"])
    case .palette:
      .init(title: "palette", help: "Find a command by a few letters.", scope: .global, keys: ["C-p"])
    case .prompt: .init(title: "command", help: "Type a command by its name.", scope: .global, keys: [":"])
    case .showMessage:
      .init(
        title: "messages", help: "Show what was said, in full; the latest first.", scope: .global, keys: ["!"]
      )
    case .redraw: .init(title: "redraw", help: "Paint the whole screen again.", scope: .global, keys: ["C-l"])
    case .suspend:
      .init(title: "suspend", help: "Go back to the shell; fg returns.", scope: .global, keys: ["C-z"])
    case .interrupt:
      .init(
        title: "cancel or quit", help: "Cancel what runs; when nothing does, quit.", scope: .global,
        keys: ["C-c"])
    case .quit:
      .init(
        title: "quit", help: "Leave; asks when there are unsaved changes.", scope: .global, keys: ["q"],
        aliases: ["q"])
    case .forceQuit:
      .init(
        title: "quit now", help: "Leave and drop unsaved changes.", scope: .global, keys: ["Q"],
        aliases: ["q!"])

    case .health, .openFinding, .markFinding, .fixFinding, .examineAgain, .nextGroup, .previousGroup,
      .nextOther,
      .keepShown, .keepRule, .markRest, .markAllRest:
      healthDefinition
    default: jobsDefinition
    }
  }
}
