extension Command {
  /// The commands of lines being typed and of overlays.
  var localDefinition: Definition {
    switch self {
    case .fieldSubmit: .init(title: "accept", help: "Take the line as it is.", scope: .field, keys: ["enter"])
    case .fieldLeave:
      .init(title: "leave", help: "Cancel a running search, or leave the line.", scope: .field, keys: ["esc"])
    case .fieldLeft: .init(title: "left", help: "One character left.", scope: .field, keys: ["left", "C-b"])
    case .fieldRight:
      .init(title: "right", help: "One character right.", scope: .field, keys: ["right", "C-f"])
    case .fieldWordLeft:
      .init(title: "word left", help: "One word left.", scope: .field, keys: ["C-left", "M-b"])
    case .fieldWordRight:
      .init(title: "word right", help: "One word right.", scope: .field, keys: ["C-right", "M-f"])
    case .fieldStart:
      .init(title: "start", help: "To the start of the line.", scope: .field, keys: ["home", "C-a"])
    case .fieldEnd: .init(title: "end", help: "To the end of the line.", scope: .field, keys: ["end", "C-e"])
    case .fieldErase:
      .init(title: "erase", help: "Erase the character before.", scope: .field, keys: ["backspace", "C-h"])
    case .fieldEraseForward:
      .init(
        title: "erase forward", help: "Erase the character under the cursor.", scope: .field,
        keys: ["delete", "C-d"])
    case .fieldEraseWord:
      .init(title: "erase word", help: "Erase the word before.", scope: .field, keys: ["C-w"])
    case .fieldEraseToStart:
      .init(
        title: "erase to start", help: "Erase everything before the cursor.", scope: .field, keys: ["C-u"])
    case .fieldEraseToEnd:
      .init(title: "erase to end", help: "Erase everything after the cursor.", scope: .field, keys: ["C-k"])
    case .fieldComplete:
      .init(
        title: "complete", help: "Complete a command's name; in a pane, go to the next.", scope: .field,
        keys: ["tab"])
    case .historyBack:
      .init(
        title: "earlier query", help: "Bring back an earlier query.", scope: .query, keys: ["M-p", "S-up"])
    case .historyForward:
      .init(title: "later query", help: "Go to a later query.", scope: .query, keys: ["M-n", "S-down"])

    case .tourNext:
      .init(
        title: "next", help: "Go to the next hint; after the last the tour ends.", scope: .tour,
        keys: ["enter", "space", "right", "l", "j", "down"])
    case .tourBack:
      .init(title: "before", help: "Go to the hint before.", scope: .tour, keys: ["left", "k", "up"])

    case .closeOverlay:
      .init(title: "back", help: "Close this window.", scope: .overlay, keys: ["esc", "q", "h"])
    case .accept: .init(title: "yes", help: "Do it.", scope: .confirm, keys: ["y", "enter"])
    case .decline:
      .init(title: "no", help: "Leave everything as it is.", scope: .confirm, keys: ["n", "esc", "q"])
    case .guardSave:
      .init(title: "save and quit", help: "Write the changes, then leave.", scope: .quitGuard, keys: ["s"])
    case .guardDiscard:
      .init(title: "discard and quit", help: "Drop the changes and leave.", scope: .quitGuard, keys: ["d"])
    case .guardStay: .init(title: "stay", help: "Go on working.", scope: .quitGuard, keys: ["esc", "n"])
    case .recoverApply:
      .init(
        title: "apply", help: "Make the edits again; they can be undone, and saved.", scope: .recovery,
        keys: ["a", "enter"])
    case .recoverLook:
      .init(title: "look", help: "See what they would change.", scope: .recovery, keys: ["l"])
    case .recoverDiscard:
      .init(title: "discard", help: "Forget them for good.", scope: .recovery, keys: ["D"])
    case .recoverLater:
      .init(
        title: "later", help: "Leave them for the next start.", scope: .recovery, keys: ["esc", "n", "q"])
    case .changesSave:
      .init(title: "save", help: "Write the changes.", scope: .changes, keys: ["C-s", "enter"])
    case .changesSaveAs:
      .init(title: "save elsewhere", help: "Write to another folder.", scope: .changes, keys: ["w", "W"])
    case .changesUndo:
      .init(title: "undo last", help: "Take back the last edit.", scope: .changes, keys: ["u"])
    case .compareChange:
      .init(
        title: "compare", help: "See the document on disk and after the save, side by side.",
        scope: .comparison, keys: ["l", "right", "space"])
    case .excludeValue:
      .init(
        title: "exclude", help: "Filter by everything but this value.", scope: .choose, keys: ["C-x"])
    case .mergeAccept:
      .init(title: "merge", help: "Add the documents; u takes it back.", scope: .merge, keys: ["enter"])
    case .nextPolicy:
      .init(
        title: "next policy", help: "Another answer to ids that are here already.", scope: .merge,
        keys: ["tab", "right", "l"])
    case .previousPolicy:
      .init(title: "previous policy", help: "The answer before.", scope: .merge, keys: ["S-tab", "left"])
    default:
      preconditionFailure("\(rawValue) has no place in the command list")
    }
  }
}
