import Explorer
import Terminal
import Testing
import VectorStore

@testable import ExplorerUI

/// Every window and state of the screen, where there is little room, with wide characters, and without any but ASCII.
@Suite struct EveryScreenTests {
  /// What leads from the first screen to each of the others.
  private static let scripts: [(name: String, keys: String)] = [
    ("first", ""), ("results", "s cats <enter>"), ("a document", "3"), ("zoomed", "z"),
    ("marked", "<space> <space>"), ("sorted", ":sort <space> -page <enter>"),
    ("columns of metadata", ":columns <space> row <space> page <space> content <enter>"),
    ("a filter that matches nothing", "f page <space> = <space> 77 <enter>"),
    ("a filter that is no filter", "f page <space> = <space> and"),
    ("completion", "f la"), ("help", "?"), ("help, searched", "? undo"), ("palette", "<C-p> mark"),
    ("prompt", ": the"), ("find", "/ cat"), ("about", "I"), ("tour", ":tour <enter>"), ("menu", "."),
    ("a chord begun", "y"),
    ("a chord that is none", "y <space>"),
    ("delete", "d"), ("delete many", "<C-a> d"), ("unsaved changes", "d y q"), ("reload", "d y R"),
    ("changes", "d y <C-s>"), ("comparison", "d y <C-s> l"), ("merge", "M birds <enter>"),
    ("facets", "@"), ("values", "@ lang <enter>"), ("edits", "d y d y H"), ("queries", "<M-h>"),
    ("themes", "T"), ("sort", "o"), ("columns", "C"), ("stores", "<C-o>"),
    ("a folder", "<C-o> look <enter>"), ("two stores", ":open <space> /stores/birds <enter>"),
    ("replace a file", ":export <space> taken.csv <enter>"), ("health", "D"),
    ("documents of a finding", "D <enter>"), ("jobs", "J"),
    ("jobs", ":jobs <enter>"), ("exporting", ":export <space> out.csv <enter>"),
    ("map", "A"), ("metadata keys", "K"), ("source", "t"),
    ("pinned", "p j j p s cats <enter>"), ("where is it", "s cats <enter> j j P"),
    ("where are they", "p j p s cats <enter> P"), ("playground", "s cats <enter> r <right> ]"),
    ("evaluation", ":eval <space> q.jsonl <space> k=3 <space> | <space> k=3 <space> mmr <enter>"),
    ("tuning", "~"), ("comparing with", "-"),
    ("two stores beside each other", ":diff <space> /stores/birds <space> q.jsonl <enter>"),
    ("an answer of both", ":diff <space> /stores/birds <space> q.jsonl <enter> G k <enter>"),
    ("a long message", ":nonsense <enter>"),
    ("the messages, whole", ":nonsense <enter> d y :k <space> 3 <enter> !"),
  ]

  private struct Variation: Sendable, CustomTestStringConvertible {
    var name: String
    var size: (Int, Int)
    var rows: [Document]
    var unicode = true
    var testDescription: String { name }
  }

  private static let variations = [
    Variation(name: "60x15", size: (60, 15), rows: Samples.animals),
    Variation(name: "foreign-80x24", size: (80, 24), rows: Samples.foreign),
    Variation(name: "ascii-100x20", size: (100, 20), rows: Samples.animals, unicode: false),
    Variation(name: "empty-80x24", size: (80, 24), rows: []),
  ]

  @Test(arguments: variations) private func everyWindow(_ variation: Variation) async throws {
    var screens = ""
    for (name, keys) in Self.scripts {
      let app = try await AppDriver(
        size: variation.size, store: FakeStore(variation.rows), unicode: variation.unicode)
      try await app.press(keys)
      for line in app.screen.split(separator: "\n", omittingEmptySubsequences: false) {
        #expect(TextWidth.columns(of: String(line)) <= variation.size.0, "\(name): \(line)")
        let isPlain = line.allSatisfy(\.isASCII)
        #expect(variation.unicode || isPlain, "\(name): \(line)")
      }
      screens += "=== \(name)\n\(app.screen)\n"
    }
    try Recorded(screens).expect("every-\(variation.name)")
  }

  @Test func whatIsBeingReadSaysSo() async throws {
    var screens = ""
    for (id, keys) in [
      (EffectID.page, ""), (.detail, ""), (.search, "s cats <enter>"), (.plan, "d y <C-s>"),
      (.plan, "M birds <enter>"), (.keys, "@"), (.choices, "H"), (.health, "D"), (.rows, "D <enter>"), (.stores, "<C-o>"), (.edit, "d y"),
      (.open, ":open <space> /stores/birds <enter>"), (.pins, "s cats <enter> P"), (.mmr, "s cats <enter> r"),
      (.evaluation, "~"), (.comparison, ":diff <space> /stores/birds <enter>"),
      (.map, "A"), (.profile, "K"), (.source, "t"),
    ] {
      let app = try await AppDriver(
        size: (80, 20), store: FakeStore(Samples.animals, stalled: [id, .spinner]))
      try await app.press(keys)
      screens += "=== waiting for \(id.rawValue) after \(keys)\n\(app.screen)\n"
    }
    try Recorded(screens).expect("every-wait")
  }

  @Test func whatFailedSaysWhy() async throws {
    var screens = ""
    for (id, keys) in [
      (EffectID.page, ""), (.detail, ""), (.search, "s cats <enter>"), (.embedder, ""), (.plan, "d y <C-s>"),
      (.plan, "M birds <enter>"), (.keys, "@"), (.stores, "<C-o>"), (.edit, "d y"),
      (.open, ":open <space> /stores/birds <enter>"), (.pins, "s cats <enter> P"), (.mmr, "s cats <enter> r"),
      (.evaluation, "~"), (.comparison, ":diff <space> /stores/birds <enter>"),
      (.map, "A"), (.profile, "K"), (.source, "t"),
    ] {
      let store = FakeStore(Samples.animals)
      store.fail(id, "expected a store, found a \(id.rawValue); do something else")
      let app = try await AppDriver(size: (80, 20), store: store)
      try await app.press(keys)
      #expect(app.screen.contains("expected a store, found a \(id.rawValue)"), "\(keys)")
      screens += "=== \(id.rawValue) fails after \(keys)\n\(app.screen)\n"
    }
    try Recorded(screens).expect("every-failure")
  }
}
