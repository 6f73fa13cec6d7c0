import Explorer
import Synchronization
import Terminal
import Testing
import VectorStore

@testable import ExplorerUI

/// What runs and what has run; the time that passes comes as actions.
@Suite struct JobsTests {
  private func state(_ size: (Int, Int) = (100, 24)) -> AppState {
    let store = FakeStore(Samples.animals)
    var state = AppState(summary: store.summary, size: Size(width: size.0, height: size.1))
    // What a store reads of itself at the start has ended.
    for effect in reduce(&state, .start) { _ = reduce(&state, .finished(effect.id)) }
    return state
  }

  private func screen(_ state: AppState) -> String {
    let frame = draw(state, size: state.size, theme: .standard, unicode: true)
    return frame.text
  }

  private func progress(_ completed: Int, _ total: Int, _ note: String = "") -> Explorer.Progress {
    Explorer.Progress(completed: completed, total: total, note: note)
  }

  /// An export that is at a quarter after two seconds, beside a build that says nothing of itself.
  private func busy(_ size: (Int, Int) = (100, 24)) -> AppState {
    var state = state(size)
    _ = reduce(&state, .command(.export, argument: "out.csv"))
    _ = reduce(&state, .progress(.export, progress(0, 1_000_000, "exporting")))
    _ = reduce(&state, .passed(milliseconds: 2000))
    _ = reduce(&state, .progress(.export, progress(250_000, 1_000_000, "exporting")))
    _ = reduce(&state, .command(.build, argument: "other notes/"))
    _ = reduce(&state, .command(.jobs))
    return state
  }

  @Test func aJobSaysHowFarItIsAndHowLongItWillTake() throws {
    let state = busy()
    let job = try #require(state.jobs.running[.export])
    #expect(job.rate == 125_000)
    #expect(job.left == 6000)
    #expect(job.share == 0.25)
    #expect(screen(state).contains("25 % · 6.0 s left · 250,000 of 1,000,000 · 125,000/s · 2.0 s so far"))
  }

  @Test func theRateIsThatOfThePhaseThatRuns() throws {
    var state = state()
    _ = reduce(&state, .command(.add, argument: "notes/"))
    _ = reduce(&state, .progress(.edit, progress(0, 0, "reading · 1000 documents")))
    _ = reduce(&state, .passed(milliseconds: 10_000))
    _ = reduce(&state, .progress(.edit, progress(0, 100, "embedding")))
    #expect(state.jobs.running[.edit]?.rate == nil)
    _ = reduce(&state, .passed(milliseconds: 1000))
    _ = reduce(&state, .progress(.edit, progress(20, 100, "embedding · 20 documents/s · 4 s left")))
    let job = try #require(state.jobs.running[.edit])
    #expect(job.rate == 20)
    #expect(job.left == 4000)
    #expect(job.note == "embedding")
  }

  @Test func theSelectedJobIsCancelledAndNoOther() {
    var state = busy()
    _ = reduce(&state, .event(.key(.character("j"))))
    let effects = reduce(&state, .event(.key(.character("x"))))
    #expect(effects == [.cancel(.build)])
    #expect(state.jobs.isRunning(.export))
    #expect(state.jobs.ended.map(\.outcome) == [.cancelled])
  }

  @Test func theSelectionStaysOnItsJobWhenOthersEnd() {
    var state = busy()
    _ = reduce(&state, .event(.key(.character("j"))))
    _ = reduce(&state, .exported(ExportReport(path: "out.csv", documents: 1, bytes: 1)))
    _ = reduce(&state, .finished(.export))
    let effects = reduce(&state, .event(.key(.control("c"))))
    #expect(effects == [.cancel(.build)])
  }

  @Test func whatHasEndedCannotBeCancelled() {
    var state = busy()
    _ = reduce(&state, .finished(.export))
    _ = reduce(&state, .finished(.build))
    #expect(reduce(&state, .event(.key(.character("x")))) == [])
    #expect(state.message?.text == "exporting out.csv has ended already")
  }

  @Test func howJobsEndedIsKeptNewestFirst() {
    var state = busy()
    _ = reduce(&state, .passed(milliseconds: 90_000))
    _ = reduce(&state, .failed(.build, "no embedder is there"))
    _ = reduce(&state, .finished(.build))
    _ = reduce(&state, .finished(.export))
    let text = screen(state)
    #expect(text.contains("exporting out.csv"))
    #expect(text.contains("done · in 1 min 32 s"))
    #expect(text.contains("failed after 1 min 30 s: no embedder is there"))
    #expect(state.jobs.ended.map(\.title) == ["exporting out.csv", "building other"])
  }

  @Test func onlyTheNewestFiftyAreKeptAndNothingShort() {
    var state = state()
    for number in 0..<60 {
      _ = reduce(&state, .command(.export, argument: "\(number).csv"))
      _ = reduce(&state, .finished(.export))
      _ = reduce(&state, .command(.find, argument: "cats"))
      _ = reduce(&state, .finished(.find))
    }
    #expect(state.jobs.ended.count == 50)
    #expect(state.jobs.ended.first?.title == "exporting 59.csv")
    #expect(state.jobs.ended.last?.title == "exporting 10.csv")
  }

  @Test func aSearchThatTookLongIsKept() {
    var state = state()
    _ = reduce(&state, .command(.find, argument: "cats"))
    _ = reduce(&state, .passed(milliseconds: 1500))
    _ = reduce(&state, .finished(.find))
    #expect(state.jobs.ended.map(\.title) == ["looking"])
  }

  @Test func aCancelledSaveSaysThatNothingChangedOnlyWhenThatIsSo() {
    var state = state()
    _ = reduce(&state, .command(.saveAs, argument: "elsewhere"))
    #expect(reduce(&state, .command(.interrupt)) == [.cancel(.edit)])
    #expect(state.message?.text == "saving: stopping")
    #expect(state.jobs.isRunning(.edit))
    var late = state
    _ = reduce(&state, .finished(.edit))
    #expect(state.message?.text == "saving: cancelled; nothing has changed")
    #expect(state.jobs.ended.map(\.outcome) == [.cancelled])

    let report = SaveReport(path: "elsewhere", documents: 8, bytes: 10, backup: nil)
    _ = reduce(&late, .changed(late.summary, .saved(report)))
    _ = reduce(&late, .finished(.edit))
    #expect(late.message?.text.hasPrefix("saved 8 documents") == true)
    #expect(late.jobs.ended.map(\.outcome) == [.done])
  }

  @Test func timePassesOnlyWhereSomethingRuns() {
    var state = state()
    let before = state
    _ = reduce(&state, .passed(milliseconds: 5000))
    #expect(state == before)
  }

  @Test func theWindowFitsEveryScreen() throws {
    var screens = ""
    for size in [(60, 15), (80, 24), (120, 30)] {
      var state = busy(size)
      _ = reduce(&state, .command(.add, argument: "a folder with a long name/漢字とかな混じりの文章.txt"))
      _ = reduce(&state, .progress(.edit, progress(12, 340, "embedding · 4 documents/s")))
      _ = reduce(&state, .passed(milliseconds: 3000))
      _ = reduce(&state, .progress(.edit, progress(24, 340, "embedding · 4 documents/s")))
      _ = reduce(&state, .failed(.build, "expected a folder, found a file; choose another"))
      let screen = screen(state)
      for line in screen.split(separator: "\n") { #expect(TextWidth.columns(of: String(line)) <= size.0) }
      screens += "=== \(size.0)x\(size.1)\n\(screen)\n"
    }
    try Recorded(screens).expect("jobs")
  }

  @Test func theLoopTellsOfTheTimeThatPasses() async throws {
    let store = FakeStore(Samples.animals, stalled: [.export, .spinner])
    let time = Time()
    var loop = Loop(
      state: AppState(summary: store.summary, size: Size(width: 100, height: 24)),
      screen: MemoryScreen(size: Size(width: 100, height: 24)), theme: .standard, mailbox: Mailbox(),
      performer: store, clock: { time.next() })
    try loop.begin()
    try await loop.settle(leaving: [.spinner])
    for event in Script.events(":export <space> a.csv <enter> J") {
      loop.screen.send(event)
      try loop.step(timeout: .zero)
    }
    let job = try #require(loop.state.jobs.running[.export])
    #expect(job.elapsed == 250)
  }

  /// A clock that is a quarter of a second later each time it is read.
  private final class Time: Sendable {
    private let milliseconds = Mutex(0)
    func next() -> Int {
      milliseconds.withLock {
        $0 += 250
        return $0
      }
    }
  }
}
