import Explorer
import Foundation
import Terminal
import Testing

@testable import ExplorerUI

/// Drives the whole screen over a store and a terminal in memory.
final class AppDriver {
  private var loop: Loop<MemoryScreen>
  let store: FakeStore

  /// `composed` is what the person's editor comes back with.
  init(
    size: (Int, Int) = (120, 40), store: FakeStore = FakeStore(Samples.animals), unicode: Bool = true,
    keymap: Keymap = Keymap(), problems: [String] = [], composed: String? = nil, summary: StoreSummary? = nil
  ) async throws {
    var screen = MemoryScreen(size: Size(width: size.0, height: size.1))
    screen.supportsUnicode = unicode
    self.store = store
    let state = AppState(
      summary: summary ?? store.summary, size: screen.size, keymap: keymap, problems: problems)
    loop = Loop(
      state: state, screen: screen, theme: .standard, mailbox: Mailbox(), performer: store,
      compose: { _ throws(ExplorerError) in composed })
    try loop.begin()
    try await loop.settle(leaving: store.stalled)
  }

  var state: AppState { loop.state }
  var isFinished: Bool { loop.isFinished }
  var hearsMouse: Bool { loop.screen.hearsMouse }
  var screen: String { loop.screen.frames.last?.text ?? "" }
  var frame: Frame { loop.screen.frames.last ?? Frame(Size(width: 0, height: 0)) }

  /// What was asked of the terminal's clipboard.
  var sequences: [ClipboardSequence] { loop.screen.sequences }

  /// Types what ``Script`` reads.
  func press(_ script: String) async throws {
    for event in Script.events(script) { try await send(event) }
  }

  func send(_ event: Event) async throws {
    loop.screen.send(event)
    try loop.step(timeout: .zero)
    if !loop.isFinished { try await loop.settle(leaving: store.stalled) }
  }

  /// Compares with Screens/NAME.txt; `RECORD_SCREENS=1` writes the file and fails.
  func expectScreen(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try Recorded(screen + "\n").expect(name, sourceLocation: sourceLocation)
  }
}
