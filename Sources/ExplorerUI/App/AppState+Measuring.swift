import Diagnosis
import Explorer
import VectorStore

extension AppState {
  /// Evaluating, tuning and comparing: long work whose end opens a window.
  mutating func measure(_ command: Command, argument: String?) -> [Effect] {
    switch command {
    case .evaluate:
      guard let text = required(argument, for: command) else { return [] }
      let (file, settings) = Self.fileAndRest(text)
      do throws(ExplorerError) {
        let written = settings.isEmpty ? query.settings.words : settings
        return [.evaluate(file: file, try EvaluationSetting.list(written: written))]
      } catch {
        say(error.message, .error)
      }
    case .tune: return tune(argument ?? "")
    case .compareStores:
      guard let argument else { return pickStore(for: .compare) }
      let (path, questions) = Self.fileAndRest(argument)
      return compareStores(with: path, questions: questions.isEmpty ? nil : questions)
    case .setEffort:
      guard let text = required(argument, for: command) else { return [] }
      return setEffort(text)
    default: break
    }
    return []
  }

  /// A path, in quotes where it has blanks, and what follows it.
  private static func fileAndRest(_ text: String) -> (String, String) {
    guard let quote = text.first, quote == "'" || quote == "\"",
      let end = text.dropFirst().firstIndex(of: quote)
    else {
      let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
      return (parts.first ?? "", parts.count > 1 ? parts[1].trimmed : "")
    }
    return (
      String(text[text.index(after: text.startIndex)..<end]), String(text[text.index(after: end)...]).trimmed
    )
  }

  /// `:tune`, with k, the recall to reach, and a file of questions where one is wanted.
  private mutating func tune(_ text: String) -> [Effect] {
    var request = TuningRequest(k: query.settings.k)
    var file: String?
    for word in text.split(separator: " ") {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      switch (parts[0], parts.count == 2 ? parts[1] : nil) {
      case ("k", let value?) where Int(value) != nil: request.k = Int(value) ?? request.k
      case ("target", let value?) where Double(value) != nil: request.target = Double(value) ?? request.target
      case ("sample", let value?) where Int(value) != nil: request.sample = Int(value) ?? request.sample
      case (let name, nil): file = name
      default:
        say("tune takes k=N, target=0.95, sample=N and a file of questions, not \"\(word)\"", .error)
        return []
      }
    }
    return [.tune(request, file: file)]
  }

  private mutating func setEffort(_ text: String) -> [Effect] {
    if text == "none" {
      query.settings.effort = nil
    } else if let effort = SearchEffort(written: text) {
      query.settings.effort = effort
    } else {
      say("search effort: nprobe 8, efSearch 64 or none are expected, not \"\(text)\"", .error)
      return []
    }
    say(query.settings.summary(separator: " · "))
    return search(keepingSelection: true)
  }

  mutating func compareStores(with path: String, questions: String? = nil) -> [Effect] {
    overlays.append(.difference(DifferenceOverlay(path: path)))
    return [.compareStores(path: path, questions: questions)]
  }

  /// The keys of the windows that measuring opens; nil for those that are not theirs.
  mutating func performMeasuring(_ command: Command, _ overlay: Overlay) -> [Effect]? {
    switch (command, overlay) {
    case (.lessLambda, _), (.moreLambda, _), (.fewerCandidates, _), (.moreCandidates, _):
      changePlayground(command)
    case (.usePlayground, .mmr(let overlay)): usePlayground(overlay)
    case (.useReport, .report(let report)): use(report)
    case (.openDifference, .difference(let difference)): openDifference(difference)
    default: nil
    }
  }

  // MARK: Answers

  mutating func compared(_ comparison: StoreComparison) {
    jobs.end(.comparison, .done)
    for index in overlays.indices {
      guard case .difference(var overlay) = overlays[index], overlay.comparison == nil else { continue }
      overlay.comparison = comparison
      overlays[index] = .difference(overlay)
      return
    }
    say("compared: \(comparison.summary)")
  }

  mutating func reported(_ report: ReportOverlay) {
    jobs.end(.evaluation, .done)
    overlays.append(.report(report))
  }

  /// Enter in a report: searches of this screen look as hard as it recommends.
  mutating func use(_ report: ReportOverlay) -> [Effect] {
    overlays.removeLast()
    guard let effort = report.effort else { return [] }
    query.settings.effort = effort
    say("searches here use \(effort); the files stay as they are")
    return search(keepingSelection: true)
  }

  /// Looks at a document of both stores side by side, or at the ranks of an answer.
  mutating func openDifference(_ overlay: DifferenceOverlay) -> [Effect] {
    guard let names = overlay.comparison?.names else { return [] }
    if let entry = overlay.selectedEntry {
      overlays.append(.compare(CompareOverlay(entry, names)))
    } else if let answer = overlay.selectedAnswer {
      overlays.append(.report(ReportOverlay(answer, names)))
    }
    return []
  }
}

extension SearchSettings {
  /// The same as an evaluation's setting.
  var words: String {
    var words = ["k=\(k)"]
    if usesMMR { words += ["mmr", "lambda=\(NumberText.short(lambda))"] }
    if usesMMR || asLangChain { words.append("fetch_k=\(fetchK)") }
    if let threshold { words.append("threshold=\(threshold)") }
    if let effort { words.append("\(effort.name)=\(effort.value)") }
    if asLangChain { words.append("langchain") }
    return words.joined(separator: " ")
  }
}
