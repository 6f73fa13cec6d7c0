import Diagnosis
import Explorer
import VectorStore

extension AppState {
  /// Opens the window of findings, and examines the store where it was not, or was another one.
  mutating func openHealth() -> [Effect] {
    overlays.append(.health(HealthOverlay()))
    guard health?.revision != summary.revision, !jobs.isRunning(.health) else { return [] }
    return [.examine]
  }

  /// Carries out a command of the windows about health; nil for those that are not theirs.
  mutating func performOnHealth(_ command: Command) -> [Effect]? {
    switch overlays.last {
    case .health(let overlay)?: return perform(command, on: overlay)
    case .finding(let overlay)?: return perform(command, on: overlay)
    case .groups(let overlay)?: return perform(command, on: overlay)
    default: return nil
    }
  }

  private mutating func perform(_ command: Command, on overlay: HealthOverlay) -> [Effect]? {
    if command == .examineAgain { return [.examine] }
    guard [.openFinding, .markFinding, .fixFinding].contains(command) else { return nil }
    guard let health, let finding = overlay.selected(self) else { return [] }
    switch command {
    case .openFinding where finding.keepsOneOfEach:
      let groups = GroupsOverlay(finding, revision: health.revision)
      overlays.append(.groups(groups))
      return [load(groups)]
    case .openFinding:
      overlays.append(.finding(FindingOverlay(finding, revision: health.revision)))
      let rows = Array(finding.rows.prefix(FindingOverlay.mostRows))
      return [.loadRows(rows, revision: health.revision)]
    case .markFinding: return mark(finding, revision: health.revision)
    default: return fix(finding, revision: health.revision)
    }
  }

  private mutating func perform(_ command: Command, on overlay: FindingOverlay) -> [Effect]? {
    switch command {
    case .openFinding:
      if let row = overlay.selected {
        overlays.append(
          .text(
            TextOverlay(title: "row \(row.row) · \(row.document.id.short)", text: row.document.content.string)
          ))
      }
      return []
    case .markFinding: return mark(overlay.finding, revision: overlay.revision)
    case .fixFinding: return fix(overlay.finding, revision: overlay.revision)
    case .examineAgain: return []
    default: return nil
    }
  }

  private mutating func perform(_ command: Command, on old: GroupsOverlay) -> [Effect]? {
    var overlay = old
    var effects: [Effect] = []
    switch command {
    case .nextGroup, .previousGroup:
      overlay.show(overlay.place + (command == .nextGroup ? 1 : -1))
      effects = [load(overlay)]
    case .nextOther:
      overlay.other = (overlay.other + 1) % max(1, (overlay.rows?.count ?? 2) - 1)
      overlay.top = 0
    case .keepShown:
      overlay.kept[overlay.place] = overlay.shownPlace
      overlay.other = 0
    case .keepRule:
      let all = KeepRule.allCases
      overlay.rule = all[((all.firstIndex(of: overlay.rule) ?? 0) + 1) % all.count]
      overlay.kept = [:]
      overlay.other = 0
    case .markRest, .markAllRest:
      guard canMark(overlay.finding) else { return [] }
      if command == .markAllRest {
        return [
          .markRest(overlay.finding.groups, overlay.rule, kept: overlay.kept, revision: overlay.revision)
        ]
      }
      let kept = overlay.kept[overlay.place].map { [0: $0] } ?? [:]
      effects = [.markRest([overlay.group], overlay.rule, kept: kept, revision: overlay.revision)]
      if overlay.place + 1 < overlay.finding.groups.count {
        overlay.show(overlay.place + 1)
        effects.append(load(overlay))
      }
    default: return nil
    }
    overlays[overlays.count - 1] = .groups(overlay)
    return effects
  }

  private func load(_ overlay: GroupsOverlay) -> Effect {
    .loadRows(Array(overlay.group.prefix(FindingOverlay.mostRows)), revision: overlay.revision)
  }

  private mutating func mark(_ finding: Diagnosis.Finding, revision: Int) -> [Effect] {
    guard canMark(finding) else { return [] }
    return [.markRows(finding.marked, revision: revision)]
  }

  /// Marks go by id, so rows that share one cannot be told apart.
  private mutating func canMark(_ finding: Diagnosis.Finding) -> Bool {
    if finding.check == .repeatedID {
      say(
        "these documents share their ids, and a mark would take them all; \(key(.fixFinding)) parts them",
        .warning)
      return false
    }
    if finding.marked.isEmpty { say("this finding names no documents", .warning) }
    return !finding.marked.isEmpty
  }

  private mutating func fix(_ finding: Diagnosis.Finding, revision: Int) -> [Effect] {
    guard finding.check.fix != nil else {
      say("only a person can fix this: \(finding.check.advice)", .warning)
      return []
    }
    guard !summary.isReadOnly else {
      say("this store is open for reading only", .warning)
      return []
    }
    overlays.append(.confirm(ConfirmOverlay(question: .repair(finding, revision: revision))))
    return []
  }

  /// Takes the documents that a window waits for.
  mutating func rowsLoaded(_ rows: [Row]) {
    switch overlays.last {
    case .finding(var overlay)?:
      overlay.rows = rows
      overlays[overlays.count - 1] = .finding(overlay)
    case .groups(var overlay)? where rows.first?.row == overlay.group.first:
      overlay.rows = rows
      overlays[overlays.count - 1] = .groups(overlay)
    default: break
    }
  }

  /// A check has ended: the window shows it, or a message says so.
  mutating func examined(_ outcome: HealthOutcome) {
    health = outcome
    let isShown = overlays.contains { if case .health = $0 { true } else { false } }
    guard !isShown else { return }
    let count = CountText.of(outcome.report.problems.count, "problem")
    say("examined: \(count); \(key(.health)) shows what")
  }
}
