import Explorer
import Terminal
import VectorStore

extension AppState {
  /// Carries out a command, or says why it cannot be done now.
  mutating func perform(_ command: Command, argument: String?) -> [Effect] {
    if let reason = command.disabledReason(in: self) {
      say(reason, .warning)
      return []
    }
    if !overlays.isEmpty, let effects = performInOverlay(command) { return effects }
    switch command.scope {
    case .movement: return move(command)
    case .field, .query: return edit(command)
    default: return performGlobally(command, argument: argument)
    }
  }

  private mutating func performGlobally(_ command: Command, argument: String?) -> [Effect] {
    switch command {
    case .nextPane: return stepFocus(1)
    case .previousPane: return stepFocus(-1)
    case .focusDocuments: setFocus(.documents)
    case .focusResults: setFocus(.results)
    case .focusDetail: setFocus(.detail)
    case .focusQuery: setFocus(.query)
    case .focusFilter: setFocus(.filter)
    case .zoom: isZoomed.toggle()
    case .widenPane, .narrowPane, .evenPanes: return resizePane(command)
    case .sort: return sort(argument)
    case .reverseOrder: return reverseOrder()
    case .columns: return chooseColumns(argument)
    case .info: overlays.append(.text(.info(summary)))
    case .menu: openMenu()
    case .theme: return chooseTheme(argument)
    case .toggleMouse: return toggleMouse()
    case .tour: overlays.append(.tour(TourOverlay()))
    case .wrap: detail.wraps.toggle()
    case .open: if currentRow != nil { setFocus(.detail) }
    case .back: return back()
    case .mark, .markRange, .markAll, .invertMarks: return changeMarks(command)
    case .markFilter:
      guard let text = required(argument, for: command) else { return [] }
      do throws(FilterError) {
        return [.collect(range: nil, filter: try Filter(parsing: text), .add)]
      } catch {
        say(error.message, .error)
      }
    case .copyIDs: return [.copy(.ids, targets.map(\.id))]
    case .copyContents: return [.copy(.contents, targets.map(\.id))]
    case .copyMetadata: return [.copy(.metadata, targets.map(\.id))]
    case .copyVectors: return [.copy(.vectors, targets.map(\.id))]
    case .copyScores, .copyPython, .copyCommandLine: return copySearch(command)
    case .delete: overlays.append(.confirm(ConfirmOverlay(question: .delete(targets))))
    case .moreLikeThis: return searchLike(targets.map(\.id))
    case .undo: return [.undo]
    case .redo: return [.redo]
    case .find, .findNext, .findPrevious: return find(command, argument: argument)
    case .moreResults, .fewerResults, .setK, .toggleMMR, .setLambda, .toggleLangChain, .setFetchK,
      .setThreshold, .lens:
      return changeSettings(command, argument: argument)
    case .facets, .editNames, .queryHistory: return choose(command, argument: argument)
    case .pin: return pin()
    case .whereabouts: return showWhereabouts()
    case .playground: return openPlayground()
    case .evaluate, .tune, .compareStores, .setEffort: return measure(command, argument: argument)
    case .nextChunk, .previousChunk:
      guard let id = currentRow?.document.id else { return [] }
      let step = command == .nextChunk ? 1 : -1
      return [.findChunk(id, step: step, filter: activeFilter, order: documents.order)]
    case .map, .profile, .source: return openView(command)
    case .openStore, .closeStore, .nextStore, .previousStore, .selectStore:
      return performOnTabs(command, argument: argument)
    case .useEmbedder: return chooseEmbedder(argument)
    case .clearSearch: return clearSearch()
    case .clearFilter: return clearFilter()
    default: return performOnStore(command, argument: argument)
    }
    return []
  }

  private mutating func performOnStore(_ command: Command, argument: String?) -> [Effect] {
    switch command {
    case .save:
      overlays.append(.changes(ChangesOverlay()))
      return [.planChanges]
    case .saveAs:
      guard let path = required(argument, for: command) else { return [] }
      return [.save(path: path)]
    case .saveAndQuit:
      leaving = .program
      guard summary.isModified else { return leave() }
      quitsAfterSave = true
      return [.save(path: nil)]
    case .merge:
      guard let argument else { return pickStore(for: .merge) }
      return planMerge(argument)
    case .setMetadata, .unsetMetadata: return editMetadata(command, argument)
    case .editContent:
      guard let document = detail.loaded?.row.document else { return [] }
      guard document.content.exact == nil else {
        say("this content holds characters that no editor can keep", .warning)
        return []
      }
      return [.compose(document.id, document.content.string)]
    case .add:
      guard let files = required(argument, for: command) else { return [] }
      return [.add(files: files)]
    case .build:
      guard let text = required(argument, for: command) else { return [] }
      let words = text.split(separator: " ", maxSplits: 1).map(String.init)
      guard words.count == 2 else {
        say("build needs two words: the folder to make, and the files", .warning)
        return []
      }
      return [.build(path: words[0], files: words[1])]
    case .export: return export(argument)
    case .reload:
      guard summary.isModified else { return [.reload] }
      overlays.append(.confirm(ConfirmOverlay(question: .reload)))
    case .help: overlays.append(.help(HelpOverlay(scopes: AppState.scopes(of: focus))))
    case .palette: overlays.append(.palette(PaletteOverlay()))
    case .prompt:
      overlays.append(.prompt(PromptOverlay(purpose: .command)))
      return loadKeysOnce()
    case .jobs: overlays.append(.jobs(JobsOverlay()))
    case .health: return openHealth()
    case .showMessage:
      let text = messages.reversed().map(\.text).joined(separator: "\n\n")
      overlays.append(.text(TextOverlay(title: "messages, the latest first", text: text)))
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case .interrupt: return interrupt()
    case .quit:
      leaving = .program
      return quit()
    case .forceQuit:
      leaving = .program
      return leave()
    default: break
    }
    return []
  }

  private mutating func editMetadata(_ command: Command, _ argument: String?) -> [Effect] {
    guard let text = required(argument, for: command) else { return [] }
    do throws(ExplorerError) {
      let edit =
        command == .unsetMetadata
        ? MetadataEdit(removing: [text])
        : MetadataEdit(setting: try MetadataPairs([text], for: "set").metadata)
      return [.edit(targets.map(\.id), edit)]
    } catch {
      say(error.message, .error)
      return []
    }
  }

  private mutating func chooseEmbedder(_ argument: String?) -> [Effect] {
    guard let text = required(argument, for: .useEmbedder) else { return [] }
    do throws(ExplorerError) {
      return [.useEmbedder(text == "auto" ? nil : try EmbedderName(parsing: text))]
    } catch {
      say(error.message, .error)
      return []
    }
  }

  /// The argument, or nil after asking for it in a prompt.
  mutating func required(_ argument: String?, for command: Command) -> String? {
    if let argument, !argument.isEmpty { return argument }
    overlays.append(.prompt(PromptOverlay(purpose: .argument(command))))
    return nil
  }

  private mutating func stepFocus(_ step: Int) -> [Effect] {
    let panes = PaneID.allCases
    let place = panes.firstIndex(of: focus) ?? 0
    setFocus(panes[(place + step + panes.count) % panes.count])
    return []
  }

  private mutating func move(_ command: Command) -> [Effect] {
    switch focus {
    case .documents:
      _ = documents.list.move(command, count: documents.count, height: arrangement.listHeight(.documents))
    case .results:
      _ = results.list.move(command, count: results.hits.count, height: arrangement.listHeight(.results))
    case .detail: moveDetail(command)
    case .query:
      // The results answer to the arrows while the query is typed; Up in an empty line goes back in time.
      if command == .up, query.isBrowsingHistory { return browseHistory(-1) }
      if command == .down, query.isBrowsingHistory, !query.field.isEmpty { return browseHistory(1) }
      activeList = .results
      _ = results.list.move(command, count: results.hits.count, height: arrangement.listHeight(.results))
    case .filter:
      if filter.completion.choose(command, of: filter.candidates.count) { return [] }
      let height = arrangement.listHeight(activeList)
      if activeList == .results {
        _ = results.list.move(command, count: results.hits.count, height: height)
      } else {
        _ = documents.list.move(command, count: documents.count, height: height)
      }
    }
    return []
  }

  private mutating func moveDetail(_ command: Command) {
    let page = detailHeight
    switch command {
    case .down: scrollDetail(to: detail.top + 1)
    case .up: scrollDetail(to: detail.top - 1)
    case .pageDown: scrollDetail(to: detail.top + page)
    case .pageUp: scrollDetail(to: detail.top - page)
    case .halfDown: scrollDetail(to: detail.top + page / 2)
    case .halfUp: scrollDetail(to: detail.top - page / 2)
    case .top: scrollDetail(to: 0)
    case .bottom: scrollDetail(to: .max)
    default: break
    }
  }

  mutating func scrollDetail(to line: Int) {
    detail.top = max(0, min(line, (detail.text?.lines.count ?? 0) - detailHeight))
  }

  /// Esc: takes back the innermost thing, one at a time.
  ///
  /// Never quits.
  private mutating func back() -> [Effect] {
    if jobs.isRunning(.search) {
      query.generation += 1
      say("search cancelled")
      return [.cancel(.search)]
    }
    if focus == .detail {
      setFocus(activeList)
    } else if documents.list.anchor != nil || results.list.anchor != nil {
      documents.list.anchor = nil
      results.list.anchor = nil
    } else if !marks.isEmpty {
      marks.clear()
    } else if isZoomed {
      isZoomed = false
    } else if focus == .documents, !filter.field.isEmpty {
      return clearFilter()
    } else if focus == .results, query.isActive {
      return clearSearch()
    } else if !filter.field.isEmpty {
      return clearFilter()
    } else if let key = keymap.label(of: .quit) {
      say("\(key) quits")
    }
    return []
  }

  /// Ctrl-c: what runs is cancelled first; only then does it mean leaving.
  private mutating func interrupt() -> [Effect] {
    if let id = jobs.foremost?.id, id != .page, id != .detail {
      return cancel(id)
    }
    leaving = .program
    return quit()
  }

  mutating func quit() -> [Effect] {
    guard !jobs.isRunning(.edit) else {
      // What it changes is asked about only once it has changed it.
      say(AppState.busy, .warning)
      return [.stay]
    }
    guard summary.isModified else { return leave() }
    if overlays.last != .confirm(ConfirmOverlay(question: .quit)) {
      overlays.append(.confirm(ConfirmOverlay(question: .quit)))
    }
    return []
  }
}
