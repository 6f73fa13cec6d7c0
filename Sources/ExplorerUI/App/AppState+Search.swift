import Explorer
import VectorStore

extension AppState {
  /// Editing commands of the query and filter lines.
  mutating func edit(_ command: Command) -> [Effect] {
    switch (command, focus) {
    case (.fieldComplete, .filter) where !filter.field.isEmpty || filter.completion.chosen != nil:
      return filter.complete() ? filterEdited() : perform(.nextPane, argument: nil)
    case (.fieldSubmit, .filter) where filter.completion.chosen != nil && filter.complete():
      return filterEdited()
    case (.fieldLeave, .filter) where filter.completion.chosen != nil:
      filter.completion.chosen = nil
      return []
    case (.fieldComplete, _): return perform(.nextPane, argument: nil)
    case (.fieldSubmit, .query): return submitQuery()
    case (.fieldSubmit, .filter): return submitFilter()
    case (.fieldLeave, .query) where jobs.isRunning(.search):
      query.generation += 1
      say("search cancelled")
      return [.cancel(.search), .cancel(.searchDelay)]
    case (.fieldLeave, _):
      setFocus(activeList)
      return []
    case (.historyBack, .query): return browseHistory(-1)
    case (.historyForward, .query): return browseHistory(1)
    case (_, .query):
      let before = query.field.text
      if !query.like.isEmpty, command == .fieldErase { return clearSearch() }
      _ = query.field.edit(command)
      return query.field.text == before ? [] : queryEdited()
    case (_, .filter):
      let before = filter.field.text
      _ = filter.field.edit(command)
      filter.completion.chosen = nil
      return filter.field.text == before ? [] : filterEdited()
    default: return []
    }
  }

  /// After a key in the query line: search soon, or show nothing when nothing is asked.
  mutating func queryEdited() -> [Effect] {
    query.generation += 1
    guard query.isActive else {
      results.result = nil
      pins.report = nil
      return [.cancel(.searchDelay), .cancel(.search), .cancel(.pins)]
    }
    activeList = .results
    if case .missing = summary.embedder, !query.isVector { return [] }
    return [.wait(.searchDelay, milliseconds: QueryPane.delay)]
  }

  mutating func browseHistory(_ step: Int) -> [Effect] {
    query.browse(step) ? queryEdited() : []
  }

  private mutating func submitQuery() -> [Effect] {
    guard query.isActive else {
      setFocus(activeList)
      return []
    }
    query.remember()
    setFocus(.results)
    return [.cancel(.searchDelay)] + search() + (query.like.isEmpty ? [.rememberQuery(query.trimmed)] : [])
  }

  /// Starts the search that the query line, the filter and the settings ask for.
  mutating func search(keepingSelection: Bool = false) -> [Effect] {
    guard let request = query.request(filter: activeFilter) else { return [] }
    if case .text = request.query, case .missing(let note) = summary.embedder {
      say("text cannot be searched: \(note)", .warning)
      return []
    }
    query.generation += 1
    if !keepingSelection { results.list = ListPosition() }
    return [.search(generation: query.generation, request)] + locate()
  }

  mutating func searchLike(_ ids: [DocumentID]) -> [Effect] {
    guard !ids.isEmpty else { return [] }
    query.set("")
    query.like = ids
    setFocus(.results)
    return [.cancel(.searchDelay)] + search()
  }

  mutating func clearSearch() -> [Effect] {
    query.set("")
    results.result = nil
    pins.report = nil
    query.generation += 1
    if activeList == .results, focus != .results { activeList = .documents }
    return [.cancel(.searchDelay), .cancel(.search), .cancel(.pins)]
  }

  /// After a key in the filter line: the filter that parses holds soon; one that does not changes nothing.
  mutating func filterEdited() -> [Effect] {
    filter.parse() ? [.wait(.filterDelay, milliseconds: FilterPane.delay)] : []
  }

  private mutating func submitFilter() -> [Effect] {
    _ = filter.parse(isDone: true)
    if let problem = filter.problem {
      say(problem.message, .error)
      return []
    }
    setFocus(activeList)
    return [.cancel(.filterDelay)] + applyFilter()
  }

  mutating func clearFilter() -> [Effect] {
    filter.field = TextField()
    _ = filter.parse()
    return [.cancel(.filterDelay)] + applyFilter()
  }

  /// Lists and ranks under the filter that holds now.
  mutating func applyFilter() -> [Effect] {
    documents.list = ListPosition()
    return documents.load(height: arrangement.listHeight(.documents), filter: activeFilter, anew: true)
      + search()
  }

  /// k, MMR and LangChain's way of filtering; the results follow at once.
  mutating func changeSettings(_ command: Command, argument: String?) -> [Effect] {
    var settings = query.settings
    switch command {
    case .moreResults: settings.k = settings.k < 10 ? settings.k + 1 : settings.k + 5
    case .fewerResults: settings.k = settings.k <= 10 ? settings.k - 1 : settings.k - 5
    case .toggleMMR: settings.usesMMR.toggle()
    case .toggleLangChain: settings.asLangChain.toggle()
    case .setK, .setFetchK:
      guard let text = required(argument, for: command) else { return [] }
      guard let number = Int(text), number > 0 else {
        say("\(command.title): a whole number from 1 on is expected, not \"\(text)\"", .error)
        return []
      }
      if command == .setK { settings.k = number } else { settings.fetchK = number }
    case .setThreshold:
      guard let text = required(argument, for: command) else { return [] }
      guard let number = Float(text), !number.isNaN else {
        guard text == "none" else {
          say("set threshold: a score or none is expected, not \"\(text)\"", .error)
          return []
        }
        settings.threshold = nil
        break
      }
      settings.threshold = number
    case .lens:
      let metric = results.result?.metric ?? summary.metric
      let lens = argument.map { ScoreLens(written: $0, metric: metric) } ?? settings.lens.next(for: metric)
      guard let lens else {
        say("score lens: \(ScoreLens.names) are expected, not \"\(argument ?? "")\"", .error)
        return []
      }
      query.settings.lens = lens
      say("scores: \(lens.explanation(metric))")
      return []
    case .setLambda:
      guard let text = required(argument, for: command) else { return [] }
      guard let number = Double(text), (0...1).contains(number) else {
        say("set lambda: a number from 0 to 1 is expected, not \"\(text)\"", .error)
        return []
      }
      settings.lambda = number
      settings.usesMMR = true
    default: break
    }
    settings.k = max(SearchSettings.kRange.lowerBound, min(SearchSettings.kRange.upperBound, settings.k))
    query.settings = settings
    say(settings.summary(separator: " · "))
    return search(keepingSelection: true)
  }
}
