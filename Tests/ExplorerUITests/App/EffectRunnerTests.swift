import Explorer
import Foundation
import Synchronization
import Terminal
import Testing
import VectorStore

@testable import ExplorerUI

/// The screen over a real store: a copy of the sample folder.
@Suite final class EffectRunnerTests {
  private let folder: URL

  init() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("screen-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: root.appendingPathComponent("sample-data/foobar"), to: folder)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func runner() async throws -> EffectRunner {
    let path = folder.path
    let runner = EffectRunner { path, progress in try await Session.open(path, progress: progress) }
    _ = try await runner.open(path, in: .first)
    return runner
  }

  private func answers(_ effect: Effect, of runner: EffectRunner) async throws -> [Action] {
    let actions = Mutex<[Action]>([])
    try await runner.perform(effect, in: .first) { action in actions.withLock { $0.append(action) } }
    return actions.withLock { $0 }
  }

  private func app(_ runner: EffectRunner) async throws -> Loop<MemoryScreen> {
    let summary = await (try Session.open(folder.path)).summary()
    let screen = MemoryScreen(size: Size(width: 120, height: 30))
    var loop = Loop(
      state: AppState(summary: summary, size: screen.size), screen: screen, theme: .standard,
      mailbox: Mailbox(),
      performer: runner)
    try loop.begin()
    try await loop.settle()
    return loop
  }

  private func press(_ script: String, in loop: inout Loop<MemoryScreen>) async throws {
    for event in Script.events(script) {
      loop.screen.send(event)
      try loop.step(timeout: .zero)
      if !loop.isFinished { try await loop.settle(leaving: [.spinner]) }
    }
  }

  @Test func rowsFollowADeleteItsUndoAndASave() async throws {
    let runner = try await runner()
    var loop = try await app(runner)
    let first = try #require(loop.state.documents.selectedRow)
    let count = loop.state.documents.count
    try await press("d y", in: &loop)
    let next = try #require(loop.state.documents.selectedRow)
    #expect(next.row == 0 && next.document.id != first.document.id)
    try await press("u", in: &loop)
    #expect(loop.state.documents.selectedRow == first)
    try await press("<C-r> <C-s> <enter>", in: &loop)
    #expect(loop.state.message?.text.hasPrefix("saved \(count - 1) documents") == true)
    let saved = try await Session.open(folder.path).page(offset: 0, limit: 1, filter: nil)
    #expect(saved.total == count - 1 && saved.rows.first == next)
  }

  @Test func moreLikeThisRanksTheOthersByTheirScores() async throws {
    var loop = try await app(try await runner())
    try await press("m", in: &loop)
    let hits = loop.state.results.hits
    #expect(hits.count == min(10, loop.state.summary.count - 1))
    #expect(zip(hits, hits.dropFirst()).allSatisfy { $0.score <= $1.score })
    #expect(hits.map(\.rank) == Array(1...hits.count))
  }

  @Test func aStoreIsNotMergedWithItself() async throws {
    let answers = try await answers(.planMerge(path: folder.path, .skip), of: try await runner())
    guard case .mergePlanned(let plan) = answers.last else {
      Issue.record("no plan")
      return
    }
    #expect(plan.problem?.contains("this store itself") == true)
  }

  @Test func findingGoesBothWaysAroundTheEnd() async throws {
    let runner = try await runner()
    let rows = try await Session.open(folder.path).page(offset: 0, limit: 100, filter: nil).rows
    let last = rows.count - 1
    let text = rows[last].document.id.text
    for backwards in [false, true] {
      let found = try await answers(
        .find(text: text, from: 0, backwards: backwards, filter: nil), of: runner)
      #expect(found.last == .found(text: text, place: last))
    }
    let nowhere = try await answers(
      .find(text: "\u{1}nowhere", from: 3, backwards: true, filter: nil), of: runner)
    #expect(nowhere.last == .found(text: "\u{1}nowhere", place: nil))
  }

  @Test func collectingReachesEveryRow() async throws {
    let runner = try await runner()
    let count = await (try Session.open(folder.path)).summary().count
    guard
      case .collected(let marks, .add) = try await answers(
        .collect(range: nil, filter: nil, .add), of: runner
      ).last
    else {
      Issue.record("nothing collected")
      return
    }
    #expect(marks.map(\.row) == Array(0..<count))
  }

  @Test func reloadingDropsWhatIsNotSaved() async throws {
    var loop = try await app(try await runner())
    let count = loop.state.summary.count
    try await press("d y R y", in: &loop)
    #expect(loop.state.summary.count == count && !loop.state.summary.isModified)
    #expect(loop.state.documents.count == count)
  }

  @Test func aStoreOpensBesideAndIsNotOpenedTwice() async throws {
    let other = folder.path + "-other"
    defer { try? FileManager.default.removeItem(atPath: other) }
    try FileManager.default.copyItem(atPath: folder.path, toPath: other)
    var loop = try await app(try await runner())
    try await press(":open <space> \(other) <enter>", in: &loop)
    #expect(loop.state.summary.path == other && loop.tabs.states.count == 2)
    try await press("d y <M-,>", in: &loop)
    #expect(loop.state.summary.path == folder.path && !loop.state.summary.isModified)
    try await press(":open <space> \(other)/index.faiss <enter>", in: &loop)
    #expect(loop.state.summary.path == other && loop.tabs.states.count == 2)
    try await press("<C-w> d", in: &loop)
    #expect(loop.state.summary.path == folder.path && loop.tabs.states.count == 1)
  }

  @Test func theListOfStoresSaysWhatIsInTheFolder() async throws {
    var loop = try await app(try await runner())
    let above = folder.deletingLastPathComponent().path
    try await press("<C-o> \(above) <enter> \(folder.lastPathComponent)", in: &loop)
    guard case .choose(let choose) = loop.state.overlays.last else {
      Issue.record("no list")
      return
    }
    #expect(choose.selected?.meaning == .store(folder.path))
    #expect(choose.selected?.note.hasPrefix("8 × 256 · flat L2") == true)
  }

  @Test func failuresReachTheMessageLine() async throws {
    var loop = try await app(try await runner())
    try await press("M /nowhere/at/all <enter>", in: &loop)
    #expect(loop.state.message?.kind == .error)
    // What was typed stays, to be put right.
    #expect(loop.state.overlays.last?.field?.text == "nowhere/at/all")
  }
}
