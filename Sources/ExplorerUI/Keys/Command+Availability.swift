extension Command {
  /// Why the command can do nothing now, as a sentence for the message line; nil when it can.
  func disabledReason(in state: AppState) -> String? {
    if !state.hasStore, needsStore { return "no store is open; \(state.key(.openStore)) opens one" }
    switch self {
    case .delete, .merge, .add, .setMetadata, .unsetMetadata, .editContent:
      if state.summary.isReadOnly { return "this store is open for reading only" }
      if state.jobs.isRunning(.edit) { return AppState.busy }
      let needsTarget = self != .merge && self != .add
      return needsTarget && state.targets.isEmpty ? "there is no document to change" : nil
    case .moreLikeThis: return state.targets.isEmpty ? "there is no document to start from" : nil
    case .undo:
      if state.jobs.isRunning(.edit) { return AppState.busy }
      return state.summary.undoName == nil ? "nothing to undo" : nil
    case .redo:
      if state.jobs.isRunning(.edit) { return AppState.busy }
      return state.summary.redoName == nil ? "nothing to redo" : nil
    case .save, .changesSave, .guardSave:
      if state.summary.isReadOnly {
        return
          "this store is open for reading only; \(state.key(.saveAs)) writes it elsewhere"
      }
      if state.jobs.isRunning(.edit) { return AppState.busy }
      return state.summary.isModified ? nil : "nothing has changed since the store was read or saved"
    case .saveAs, .saveAndQuit, .reload, .mergeAccept, .changesUndo:
      return state.jobs.isRunning(.edit) ? AppState.busy : nil
    case .health: return state.summary.count == 0 ? "there are no documents to examine" : nil
    case .fixFinding, .markFinding: return state.jobs.isRunning(.edit) ? AppState.busy : nil
    case .export: return state.jobs.isRunning(.export) ? "an export is still under way" : nil
    case .build: return state.jobs.isRunning(.build) ? "a build is still under way" : nil
    case .evaluate, .tune: return state.jobs.isRunning(.evaluation) ? "an evaluation is still under way" : nil
    case .compareStores: return state.jobs.isRunning(.comparison) ? "a comparison is still under way" : nil
    case .pin: return state.targets.isEmpty ? "there is no document to pin" : nil
    case .playground: return state.query.isActive ? nil : "there is no query to choose for"
    case .useReport: return state.overlays.last?.hasEffort == true ? nil : "there is nothing to use"
    case .findNext, .findPrevious: return state.finding.text.isEmpty ? "nothing to look for yet; / asks" : nil
    case .copyIDs, .copyContents, .copyMetadata, .copyVectors:
      return state.targets.isEmpty ? "there is no document to copy" : nil
    case .copyScores: return state.results.hits.isEmpty ? "there are no results to copy" : nil
    case .copyPython, .copyCommandLine: return state.query.isActive ? nil : "there is no search to copy"
    case .nextChunk, .previousChunk:
      return state.currentRow == nil ? "there is no document to start from" : nil
    case .source: return state.currentRow == nil ? "there is no document to start from" : nil
    case .open: return state.currentRow == nil ? "there is no document to open" : nil
    case .mark, .markRange, .markAll, .invertMarks:
      return state.currentRow == nil ? "there is no document to mark" : nil
    case .fewerResults:
      return state.query.settings.k <= SearchSettings.kRange.lowerBound ? "k is 1 already" : nil
    case .clearSearch: return state.query.isActive ? nil : "there is no query"
    case .clearFilter: return state.filter.field.isEmpty ? "there is no filter" : nil
    case .showMessage: return state.messages.isEmpty ? "there is no message yet" : nil
    default: return nil
    }
  }
}

extension Command {
  /// Whether the command means nothing before a store is open.
  private var needsStore: Bool {
    switch self {
    case .openStore, .closeStore, .nextStore, .previousStore, .selectStore, .help, .palette, .prompt, .theme,
      .toggleMouse, .tour, .showMessage, .jobs, .redraw, .suspend, .interrupt, .quit, .forceQuit, .back:
      false
    default: !isLocal
    }
  }
}

extension AppState {
  static let busy = "an edit is still under way; Ctrl-c cancels it"
}
