import Explorer
import Terminal
import VectorStore

extension AppState {
  /// Carries out a command in the innermost window; nil when the window leaves it to the panes.
  mutating func performInOverlay(_ command: Command) -> [Effect]? {
    guard let overlay = overlays.last else { return nil }
    switch command.scope {
    case .movement: return moveOverlay(command)
    case .field: return editOverlay(command)
    default: break
    }
    if let effects = performOnHealth(command) { return effects }
    switch (command, overlay) {
    case (_, .tour(let tour)): return stepTour(tour, command)
    case (_, .map(let map)) where command.scope == .map: return perform(command, on: map)
    case (.facetsOfKey, .profile(let overlay)):
      guard let key = overlay.selected else { return [] }
      overlays.removeLast()
      return openValues(of: key.name)
    case (.guardStay, _):
      overlays.removeLast()
      return [.stay]
    case (.closeOverlay, _), (.decline, _), (.recoverLater, _):
      overlays.removeLast()
      if case .whereabouts = overlay { pins.visitor = nil }
      if case .difference(let difference) = overlay, difference.comparison == nil {
        return [.cancel(.comparison)]
      }
      return [.cancel(.plan)]
    case (_, .mmr), (_, .report), (_, .difference): return performMeasuring(command, overlay)
    case (.accept, .confirm(let confirm)):
      overlays.removeLast()
      return accept(confirm.question)
    case (.guardSave, _):
      overlays.removeLast()
      quitsAfterSave = true
      return [.save(path: nil)]
    case (.guardDiscard, _): return leave()
    case (.recoverApply, _), (.recoverDiscard, _):
      overlays.removeLast()
      return [command == .recoverApply ? .recover : .discardRecovery]
    case (.recoverLook, _):
      overlays.append(.changes(ChangesOverlay(isPreview: true)))
      return [.planRecovery]
    case (.changesSave, .changes(let changes)):
      return changes.plan == nil ? [] : [.save(path: nil)]
    case (.changesSaveAs, _): return performGloballyFromOverlay(.saveAs)
    case (.compareChange, .changes(let changes)):
      if let entry = changes.selected { overlays.append(.compare(CompareOverlay(entry))) }
      return []
    case (.changesUndo, _): return summary.undoName == nil ? [] : [.undo]
    case (.mergeAccept, .merge(let merge)):
      if let problem = merge.problem {
        say(problem, .warning)
        return []
      }
      return [.merge(path: merge.path, merge.policy)]
    case (.nextPolicy, .merge(let merge)): return choosePolicy(after: merge, step: 1)
    case (.cancelJob, .jobs(let overlay)): return cancelJob(overlay)
    case (.excludeValue, .choose(let choose)):
      guard case .value = choose.purpose else { return [] }
      return take(choose, excluding: true)
    case (.previousPolicy, .merge(let merge)): return choosePolicy(after: merge, step: -1)
    default: return nil
    }
  }

  private mutating func performGloballyFromOverlay(_ command: Command) -> [Effect] {
    _ = required(nil, for: command)
    return []
  }

  private mutating func accept(_ question: ConfirmOverlay.Question) -> [Effect] {
    switch question {
    case .delete(let marks): [.delete(marks.map(\.id))]
    case .reload: [.reload]
    case .repair(let finding, let revision): [.repair([finding], revision: revision)]
    case .overwrite: [.save(path: nil, overwriting: true)]
    case .replaceFile(let request, let path): [.export(request, path: path, replacing: true)]
    case .quit, .recover: []
    }
  }

  /// Ends, and with it the edits that are not saved: the person knows.
  mutating func leave() -> [Effect] {
    dropsChanges = true
    return [.quit(leaving)]
  }

  private mutating func choosePolicy(after merge: MergeOverlay, step: Int) -> [Effect] {
    var merge = merge
    let all = DuplicatePolicy.allCases
    let place = all.firstIndex(of: merge.policy) ?? 0
    merge.policy = all[(place + step + all.count) % all.count]
    overlays[overlays.count - 1] = .merge(merge)
    return [.planMerge(path: merge.path, merge.policy)]
  }

  /// Scrolls or selects in the innermost window.
  mutating func moveOverlay(_ command: Command) -> [Effect] {
    guard let last = overlays.indices.last else { return [] }
    let arrangement = arrangement
    switch overlays[last] {
    case .help(var help):
      help.top = scrolled(
        help.top, command, lines: help.lines(keymap).count, height: help.height(arrangement))
      overlays[last] = .help(help)
    case .palette(var palette):
      _ = palette.list.move(command, count: palette.commands.count, height: palette.height(arrangement))
      overlays[last] = .palette(palette)
    case .choose(var choose):
      _ = choose.list.move(command, count: choose.shown.count, height: choose.height(arrangement))
      overlays[last] = .choose(choose)
      preview()
    case .changes(var changes):
      _ = changes.list.move(command, count: changes.lineCount, height: changes.height(arrangement))
      overlays[last] = .changes(changes)
    case .compare(var compare):
      compare.top = scrolled(
        compare.top, command, lines: compare.lineCount(arrangement), height: compare.height(arrangement))
      overlays[last] = .compare(compare)
    case .jobs(var overlay):
      overlay.move(command, in: jobs.listed, height: overlay.height(arrangement))
      overlays[last] = .jobs(overlay)
    case .health(var overlay):
      _ = overlay.list.move(
        command, count: health?.report.findings.count ?? 0, height: overlay.height(arrangement))
      overlays[last] = .health(overlay)
    case .finding(var overlay):
      _ = overlay.list.move(command, count: overlay.rows?.count ?? 0, height: overlay.height(arrangement))
      overlays[last] = .finding(overlay)
    case .groups(var overlay):
      overlay.top = scrolled(
        overlay.top, command, lines: overlay.lineCount(arrangement), height: overlay.height(arrangement))
      overlays[last] = .groups(overlay)
    case .text(var text):
      text.top = scrolled(
        text.top, command, lines: text.lines(arrangement).count, height: text.height(arrangement))
      overlays[last] = .text(text)
    case .map(let map): overlays[last] = .map(moved(map, command))
    case .profile(var overlay):
      _ = overlay.list.move(
        command, count: overlay.profile?.keys.count ?? 0, height: overlay.height(arrangement))
      overlays[last] = .profile(overlay)
    case .source(var source):
      source.top = scrolled(
        source.top, command, lines: source.lines(arrangement).count, height: source.height(arrangement))
      overlays[last] = .source(source)
    case .merge(var merge):
      _ = merge.list.move(command, count: merge.plan?.fates.count ?? 0, height: merge.height(arrangement))
      overlays[last] = .merge(merge)
    case .whereabouts(var whereabouts):
      whereabouts.top = scrolled(
        whereabouts.top, command, lines: whereabouts.lines(self).count,
        height: whereabouts.height(self))
      overlays[last] = .whereabouts(whereabouts)
    case .report(var report):
      report.top = scrolled(
        report.top, command, lines: report.lines.count, height: report.height(arrangement))
      overlays[last] = .report(report)
    case .mmr(var mmr):
      _ = mmr.list.move(
        command, count: mmr.explanation?.candidates.count ?? 0, height: mmr.height(arrangement))
      overlays[last] = .mmr(mmr)
    case .difference(var difference):
      _ = difference.list.move(
        command, count: difference.lineCount, height: difference.height(arrangement))
      overlays[last] = .difference(difference)
    case .prompt, .confirm, .tour: break
    }
    return []
  }

  private func scrolled(_ top: Int, _ command: Command, lines: Int, height: Int) -> Int {
    let target =
      switch command {
      case .down: top + 1
      case .up: top - 1
      case .pageDown: top + height
      case .pageUp: top - height
      case .halfDown: top + height / 2
      case .halfUp: top - height / 2
      case .top: 0
      case .bottom: lines
      default: top
      }
    return max(0, min(target, lines - height))
  }

  /// Editing commands of the line in the innermost window.
  private mutating func editOverlay(_ command: Command) -> [Effect]? {
    guard let last = overlays.indices.last, var field = overlays[last].field else { return nil }
    switch (command, overlays[last]) {
    case (.fieldLeave, .choose(let choose)): return leave(choose)
    case (.fieldLeave, _):
      overlays.removeLast()
    case (.fieldSubmit, .prompt(let prompt)):
      overlays.removeLast()
      return submit(prompt)
    case (.fieldSubmit, .palette(let palette)):
      overlays.removeLast()
      return palette.selected.map { perform($0, argument: nil) } ?? []
    case (.fieldSubmit, .choose(let choose)): return take(choose)
    case (.fieldErase, .choose(let choose)) where field.isEmpty: return goUp(from: choose)
    case (.fieldErase, .prompt) where field.isEmpty:
      overlays.removeLast()
    case (.fieldComplete, .prompt(var prompt)):
      prompt.complete(argumentChoices)
      overlays[last] = .prompt(prompt)
    default:
      if field.edit(command), field != overlays[last].field {
        overlays[last].field = field
        preview()
      }
    }
    return []
  }

  private mutating func submit(_ prompt: PromptOverlay) -> [Effect] {
    let line = prompt.field.text
    switch prompt.purpose {
    case .argument(let command):
      return line.trimmed.isEmpty ? [] : perform(command, argument: command == .find ? line : line.trimmed)
    case .command:
      guard !line.trimmed.isEmpty else { return [] }
      guard let (command, argument) = PromptOverlay.parse(line) else {
        let name = line.split(separator: " ").first.map(String.init) ?? line
        let names = Command.allCases.filter { !$0.isLocal }.flatMap { [$0.rawValue] + $0.definition.aliases }
        let guess = Suggestion.nearest(to: name, among: names).map { "did you mean \($0)?" }
        say(
          "there is no command \"\(name)\"; \(guess ?? "\(key(.help)) lists them")",
          .error)
        return []
      }
      if argument != nil, command.definition.argument == nil {
        say("\(command.rawValue) takes nothing after its name", .error)
        return []
      }
      return perform(command, argument: argument)
    }
  }

  /// Closes the windows whose content could not be read.
  mutating func closeViews() {
    overlays.removeAll { overlay in
      switch overlay {
      case .map(let map): map.view == nil
      case .profile(let profile): profile.profile == nil
      case .source(let source): source.source == nil
      default: false
      }
    }
  }

  /// Closes the windows that wait for a comparison of stores.
  mutating func closeComparisons() {
    overlays.removeAll {
      if case .difference(let difference) = $0 { difference.comparison == nil } else { false }
    }
  }

  /// Closes the windows that wait for a plan.
  mutating func closePlans() {
    overlays.removeAll { overlay in
      switch overlay {
      case .changes(let changes): changes.plan == nil
      case .merge(let merge): merge.plan == nil
      default: false
      }
    }
  }
}
