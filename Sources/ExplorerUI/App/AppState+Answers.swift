import Explorer
import VectorStore

extension AppState {
  /// Takes what an effect has found out.
  mutating func take(_ action: Action) -> [Effect] {
    switch action {
    case .progress(let id, let progress): jobs.report(id, progress)
    case .finished(let id):
      finished(id)
      return jobs.isIdle && id != .spinner ? [.cancel(.spinner)] : []
    case .failed(let id, let text): return fail(id, text)
    case .pageLoaded(let generation, let page):
      _ = documents.take(page, generation: generation, height: arrangement.listHeight(.documents))
    case .detailLoaded(let loaded): detail.loaded = loaded
    case .searched(let generation, let result):
      guard generation == query.generation else { return [] }
      // Said once, not at every key of a query that is being typed.
      if !result.notices.isEmpty, result.notices != notices {
        say(result.notices.joined(separator: "\n"), .warning)
      }
      notices = result.notices
      results.result = result
      if focus == .query { activeList = .results }
    case .located(let generation, let report): located(generation, report)
    case .mmrExplained(let generation, let explanation): mmrExplained(generation, explanation)
    case .evaluated(let evaluation): reported(ReportOverlay(evaluation))
    case .tuned(let curve): reported(ReportOverlay(curve))
    case .compared(let comparison): compared(comparison)
    case .collected(let found, let change):
      marks.apply(change, to: found)
      say("\(CountText.of(marks.count, "document")) marked")
    case .found(_, let place): found(place)
    case .embedderFound(let status): return embedderFound(status)
    case .keysLoaded(let keys):
      filter.completion.keys = keys
      keysArrived()
      return fill(.key, keys.map { ChooseOverlay.Item(text: $0.key, meaning: .key($0.key), count: $0.count) })
    case .facetsLoaded(let key, let facets):
      return fill(.value(of: key), ChooseOverlay.items(of: key, facets))
    case .editNamesLoaded(let names): return fill(.edit, ChooseOverlay.items(names))
    case .recalled(let memory): return recalled(memory)
    case .chunkFound(let row, let step): showChunk(row, step: step)
    case .rowFound(let row): show(row)
    case .sourceLoaded(let id, let source): sourceLoaded(id, source)
    case .profileLoaded(let profile): profileLoaded(profile)
    case .mapDrawn(let request, let view): mapDrawn(request, view)
    case .storesListed(let listing, let folder): return storesListed(listing, asked: folder)
    case .storePicked(let path, let use): return storePicked(path, for: use)
    case .glanced(let glance): glanced(glance)
    case .themesLoaded(let themes, let name): return themesLoaded(themes, choosing: name)
    case .valuesLoaded(let key, let values): filter.completion.values[key] = values
    case .changed(let summary, let change): return changed(summary, change)
    case .copied(let title, let bytes, let place):
      say("copied \(title), \(NumberText.bytes(bytes)), \(place)")
    case .copyPrepared(let text, let title): return [.sendToTerminal(text, title: title)]
    case .changesPlanned(let plan):
      if case .changes(var changes) = overlays.last {
        changes.plan = plan
        overlays[overlays.count - 1] = .changes(changes)
      }
    case .built(let report, let path):
      say(
        (["built \(path): \(CountText.of(report.added, "document"))"] + report.notes).joined(separator: "\n"),
        report.notes.isEmpty ? .note : .warning)
    case .exported(let report):
      say(
        "exported \(CountText.of(report.documents, "document")), \(NumberText.bytes(report.bytes)), to \(report.path)"
      )
    case .exportRefused(let request, let path):
      jobs.end(.export, .failed("the file exists"))
      overlays.append(.confirm(ConfirmOverlay(question: .replaceFile(request, path: path))))
    case .mergePlanned(let plan):
      if case .merge(var merge) = overlays.last, merge.policy == plan.policy {
        merge.plan = plan
        overlays[overlays.count - 1] = .merge(merge)
      }
    case .saveRefused:
      jobs.end(.edit, .failed("another program has written the files"))
      quitsAfterSave = false
      overlays.append(.confirm(ConfirmOverlay(question: .overwrite)))
    case .examined(let outcome): examined(outcome)
    case .rowsLoaded(let rows): rowsLoaded(rows)
    case .composed(let id, let text): return [.setContent(id, text)]
    case .arrived(let whole, let unsaved): return arrived(whole, unsaved)
    case .passed(let milliseconds): jobs.pass(milliseconds)
    case .start, .event, .command, .elapsed, .opened, .alreadyOpen: break
    }
    return []
  }

  /// The first time it is a word in passing; after that somebody asked.
  private mutating func embedderFound(_ status: EmbedderStatus) -> [Effect] {
    let isNews = summary.embedder != .unknown
    summary.embedder = status
    if message == nil || isNews {
      switch status {
      case .ready(let name, let note):
        let words = (isNews ? ["\(name) answers text queries"] : []) + (note.isEmpty ? [] : [note])
        if !words.isEmpty { say(words.joined(separator: "; ")) }
      case .missing(let note): say("text cannot be searched: \(note)", .warning)
      case .unknown: break
      }
    }
    return query.like.isEmpty && isNews ? search() : []
  }

  private mutating func fail(_ id: EffectID, _ text: String) -> [Effect] {
    say(text, .error)
    jobs.end(id, .failed(text))
    switch id {
    case .plan: closePlans()
    case .map, .profile, .source: closeViews()
    case .edit: quitsAfterSave = false
    case .page: documents.awaited = nil
    case .search: results.result = nil
    case .arrival:
      loseStore(saying: text)
      return pickStore(for: .open)
    case .pins: pins.report = nil
    case .comparison: closeComparisons()
    default: break
    }
    return []
  }

  /// Rows, ids and ranks are other ones now: everything shown is read again.
  private mutating func changed(_ new: StoreSummary, _ change: StoreChange) -> [Effect] {
    // Done: whoever reads so may go on at once.
    jobs.end(.edit, .done)
    summary = new
    detail.shown = nil
    detail.loaded = nil
    filter.completion = FilterCompletion()
    let isPlanOpen = if case .changes = overlays.last { true } else { false }
    var effects: [Effect] = []
    switch change {
    case .deleted(let ids):
      marks.remove(ids)
      pins.remove(ids)
      query.like.removeAll { ids.contains($0) }
      if !query.isActive { results.result = nil }
      say("deleted \(CountText.of(ids.count, "document")); \(key(.undo)) takes it back")
    case .edited(let count):
      say(
        count == 0
          ? "nothing changed: it was so already"
          : "edited \(CountText.of(count, "document")); \(key(.undo)) takes it back")
    case .repaired(let report):
      let what = report.steps.map { "\($0.check.title) (\(NumberText.grouped($0.rows)))" }.joined(
        separator: ", ")
      say((["fixed \(what); \(key(.undo)) takes it back"] + report.notes).joined(separator: "\n"))
      marks.clear()
      effects.append(.examine)
    case .undone(let name): say(name.map { "taken back: \($0)" } ?? "taken back")
    case .redone(let name): say(name.map { "made again: \($0)" } ?? "made again")
    case .travelled(let steps):
      say("\(CountText.of(abs(steps), "edit")) \(steps < 0 ? "taken back" : "made again")")
    case .merged(let name):
      overlays.removeAll { if case .merge = $0 { true } else { false } }
      say("merged \(name); \(key(.undo)) takes it back")
    case .added(let report):
      let first = "added \(CountText.of(report.added, "document")); \(key(.undo)) takes it back"
      say(([first] + report.notes).joined(separator: "\n"), report.notes.isEmpty ? .note : .warning)
    case .saved(let report):
      overlays.removeAll { if case .changes = $0 { true } else { false } }
      let documents = CountText.of(report.documents, "document")
      let backup = report.backup.map { "; the pair before is kept in \($0)" } ?? ""
      say(
        "saved \(documents), \(NumberText.bytes(report.bytes)), in \(report.path)\(backup)"
      )
      if quitsAfterSave { return leave() }
    case .recovered:
      say("the unsaved edits are here again; \(key(.save)) saves them, \(key(.undo)) takes them back")
    case .recoveryDiscarded: say("the unsaved edits were forgotten")
    case .reloaded:
      marks.clear()
      health = nil
      say("read again: \(CountText.of(new.count, "document"))")
    }
    if isPlanOpen, case .undone = change {
      effects.append(.planChanges)
    }
    effects += documents.load(height: arrangement.listHeight(.documents), filter: activeFilter, anew: true)
    return effects + search(keepingSelection: true)
  }
}
