import Diagnosis
import Explorer
import Synchronization
import VectorStore

@testable import ExplorerUI

/// A store in memory that answers effects as a session does: searches rank by words in common.
final class FakeStore: Performer {
  struct Contents: Equatable {
    var rows: [Document]
    var revision = 0
  }

  private struct State {
    var saved: [Document]
    var current: [Document]
    var past: [(name: String, rows: [Document])] = []
    var future: [(name: String, rows: [Document])] = []
    var merged: Set<DocumentID> = []
    var revision = 0
    var effects: [Effect] = []
    var failures: [EffectID: String] = [:]
    var hasLooked = false
    var isWrittenByOthers = false
    var closed: [TabID] = []
  }

  private let state: Mutex<State>
  let name: String
  let embedder: String?
  /// Effects of these slots wait until they are cancelled.
  let stalled: Set<EffectID>
  private let memory: StoreMemory

  init(
    _ rows: [Document], name: String = "animals", embedder: String? = "hashing (lexical)",
    stalled: Set<EffectID> = [], memory: StoreMemory? = nil
  ) {
    var usual = StoreMemory()
    usual.queries = ["an earlier query"]
    self.memory = memory ?? usual
    state = Mutex(State(saved: rows, current: rows))
    self.name = name
    self.embedder = embedder
    self.stalled = stalled
  }

  /// As if another program had written the files since.
  func writeByOthers() { state.withLock { $0.isWrittenByOthers = true } }

  /// What was asked for, timers left out.
  var effects: [Effect] { state.withLock { $0.effects } }

  /// Tabs whose store was closed.
  var closed: [TabID] { state.withLock { $0.closed } }

  /// Makes every effect of a slot fail.
  func fail(_ id: EffectID, _ message: String) { state.withLock { $0.failures[id] = message } }

  var summary: StoreSummary { state.withLock { summary(of: $0) } }

  /// Rows whose document is no longer the one of its id on disk, with that one.
  private func edited(_ state: State) -> [(row: Int, old: Document)] {
    let saved = Dictionary(state.saved.map { ($0.id, $0) }) { first, _ in first }
    return state.current.enumerated().compactMap { row, document in
      saved[document.id].flatMap { $0 == document ? nil : (row, $0) }
    }
  }

  private func summary(of state: State) -> StoreSummary {
    let before = Set(state.saved.map(\.id))
    let now = Set(state.current.map(\.id))
    return StoreSummary(
      name: name, path: "/stores/\(name)", count: state.current.count, dimension: 384, metric: .squaredL2,
      indexType: "flat L2", embedder: state.hasLooked ? status : .unknown,
      deleted: before.subtracting(now).count,
      merged: now.subtracting(before).count,
      edited: edited(state).count,
      undoName: state.past.last?.name,
      redoName: state.future.last?.name,
      revision: state.revision)
  }

  private var status: EmbedderStatus {
    embedder.map { .ready($0, note: "") } ?? .missing("no embedder fits")
  }

  func close(_ tab: TabID, dropping: Bool) { state.withLock { $0.closed.append(tab) } }

  func perform(_ effect: Effect, in tab: TabID, send: @escaping @Sendable (Action) -> Void) async throws {
    if case .wait(let id, _) = effect {
      if id != .spinner { send(.elapsed(id)) }
      return
    }
    state.withLock { $0.effects.append(effect) }
    if stalled.contains(effect.id) {
      try await Task.sleep(for: .seconds(3600))
    }
    if let message = state.withLock({ $0.failures[effect.id] }) { throw ExplorerError(.badData, message) }
    if let action = try await health(effect) ?? answer(effect) { send(action) }
  }

  /// Examines the documents as they are; their vectors are where their letters are in the alphabet.
  private func health(_ effect: Effect) async throws -> Action? {
    let rows = rows(nil)
    switch effect {
    case .examine:
      let vectors = rows.map { row in
        var counts = [Float](repeating: 0, count: 27)
        counts[26] = 1
        for byte in row.document.content.string.lowercased().utf8 where byte >= 97 && byte <= 122 {
          counts[Int(byte) - 97] += 1
        }
        let length = max(1, counts.reduce(0) { $0 + $1 * $1 }.squareRoot())
        return counts.map { $0 / length }
      }
      let segment = Segment(
        vectors: Vectors(vectors.flatMap { $0 }, dimension: 27), documents: rows.map(\.document),
        origin: .file)
      let version = StoreVersion(dimension: 27, metric: .squaredL2, segments: [segment])
      return .examined(
        HealthOutcome(report: try await HealthExam(version).run(), revision: summary.revision))
    case .loadRows(let numbers, _): return .rowsLoaded(numbers.map { rows[$0] })
    case .markRows(let numbers, _): return .collected(numbers.map { Marks.Mark(rows[$0]) }, .add)
    case .markRest(let groups, let rule, let kept, _):
      let rest = groups.enumerated().flatMap { number, group in
        let place = kept[number] ?? rule.kept(of: group.map { rows[$0].document.content })
        return group.enumerated().filter { $0.offset != place }.map { Marks.Mark(rows[$0.element]) }
      }
      return .collected(rest, .add)
    case .repair(let findings, _):
      let gone = Set(findings.flatMap(\.marked).map { rows[$0].document.id })
      let steps = findings.map { RepairPlan.Step(check: $0.check, rows: $0.marked.count) }
      return edit("fix \(findings[0].check.title)", .repaired(RepairReport(steps: steps))) { rows in
        rows.removeAll { gone.contains($0.id) }
      }
    default: return nil
    }
  }

  private func answer(_ effect: Effect) -> Action? {
    switch effect {
    case .findEmbedder, .useEmbedder:
      state.withLock { $0.hasLooked = true }
      return .embedderFound(status)
    case .loadPage(let generation, let offset, let limit, let filter, let order):
      let rows = sorted(rows(filter), by: order)
      let page = state.withLock {
        Page(
          revision: $0.revision, matched: rows.count, total: $0.current.count, offset: offset,
          rows: Array(rows.dropFirst(offset).prefix(limit)))
      }
      return .pageLoaded(generation: generation, page)
    case .loadDetail(let id):
      guard let row = rows(nil).first(where: { $0.document.id == id }) else { return nil }
      return .detailLoaded(DocumentDetail(row: row, dimension: 384, vector: [0.6, -0.8]))
    case .search(let generation, let request): return .searched(generation: generation, search(request))
    case .collect(let range, let filter, let change, _):
      let rows = rows(filter)
      let chosen = range.map { Array(rows[$0]) } ?? rows
      return .collected(chosen.map { Marks.Mark($0) }, change)
    case .find(let text, let from, _, let filter, _):
      let rows = rows(filter)
      let places = rows.indices.filter { rows[$0].document.contains(text) }
      return .found(text: text, place: places.first { $0 >= from } ?? places.first)
    case .delete(let ids):
      return edit("delete \(ids.count) documents", .deleted(ids)) { rows in
        rows.removeAll { ids.contains($0.id) }
      }
    case .edit(let ids, let change):
      return edit("edit \(ids.count) documents", .edited(ids.count)) { rows in
        for place in rows.indices where ids.contains(rows[place].id) {
          rows[place].metadata = change.applied(to: rows[place].metadata)
        }
      }
    case .setContent(let id, let text):
      return edit("edit the content of 1 document", .edited(1)) { rows in
        for place in rows.indices where rows[place].id == id { rows[place].content = Text(text) }
      }
    case .merge(let path, _):
      return edit("merge \(path)", .merged(path)) { rows in
        rows.append(Document(id: "77e0aa11-new", content: "Cats were here first", metadata: ["lang": "en"]))
      }
    case .add(let files):
      return edit("add 1 document", .added(Self.report(1))) { rows in
        rows.append(Document(id: "add00001", content: Text("text of \(files)"), metadata: [:]))
      }
    case .build(let path, _): return .built(Self.report(7), path: path)
    case .export(let request, let path, let isReplacing):
      return path.hasPrefix("taken") && !isReplacing
        ? .exportRefused(request, path: path)
        : .exported(ExportReport(path: path, documents: summary.count, bytes: 1200))
    case .loadKeys:
      let count = rows(nil).count
      return .keysLoaded(["page", "lang", "source"].map { KeyCount(key: $0, count: count) })
    case .loadValues(let key):
      let values = rows(nil).compactMap { $0.document.metadata[key] }
      let counts = Dictionary(values.map { ($0, 1) }, uniquingKeysWith: +)
      let facets = counts.map { Facet(value: $0.key, count: $0.value) }
      return .valuesLoaded(of: key, facets.sorted { ($1.count, $0.value.json) < ($0.count, $1.value.json) })
    case .loadFacets(let key, let filter):
      let values = rows(filter).compactMap { $0.document.metadata[key] }
      let counts = Dictionary(values.map { ($0, 1) }, uniquingKeysWith: +)
      let facets = counts.map { Facet(value: $0.key, count: $0.value) }
      return .facetsLoaded(of: key, facets.sorted { ($1.count, $0.value.json) < ($0.count, $1.value.json) })
    case .loadEditNames:
      return state.withLock {
        .editNamesLoaded(EditNames(past: $0.past.map(\.name), future: $0.future.reversed().map(\.name)))
      }
    case .recall: return .recalled(memory)
    case .rememberQuery, .rememberList: return nil
    case .findChunk(let id, let step, let filter, _):
      let rows = rows(filter)
      let place = rows.firstIndex { $0.document.id == id }.map { $0 + step }
      guard let place, rows.indices.contains(place) else { return .chunkFound(nil, step: step) }
      return .chunkFound(PlacedRow(row: rows[place], place: place), step: step)
    case .findRow, .loadSource, .loadProfile, .drawMap, .collectRegion: return view(effect)
    case .copy(let subject, let ids):
      let details = rows(nil).filter { ids.contains($0.document.id) }
        .map { DocumentDetail(row: $0, dimension: 2, vector: [0.6, -0.8]) }
      return .copyPrepared(CopySubject.text(subject, of: details), title: subject.title(ids.count))
    case .copyText(let text, let title): return .copyPrepared(text, title: title)
    case .keepCopy(let text, let title):
      return .copied(title, bytes: text.utf8.count, place: "into a file")
    case .travel(let steps):
      var last: Action?
      for _ in 0..<abs(steps) { last = step(steps < 0 ? .undo : .redo) }
      guard case .changed(let summary, _)? = last else { return nil }
      return .changed(summary, .travelled(steps))
    case .planMerge(let path, let policy):
      let count = summary.count
      var plan = MergePlan(
        sourceName: path, sourceCount: 12, dimension: 384, metric: .squaredL2, indexType: "flat L2",
        problem: nil,
        collidingIDs: ["8164a453-9643-4959-87f7-9ba79f9e8fb0"], sameContent: 2, resultCount: count + 9,
        policy: policy)
      plan.fates = Self.fates(policy)
      return .mergePlanned(plan)
    case .undo, .redo, .save, .reload: return step(effect)
    case .open(let path, let tab?):
      let name = path.split(separator: "/").last.map(String.init) ?? path
      if path == "/stores/\(self.name)" { return .alreadyOpen(.first) }
      var other = summary
      (other.name, other.path, other.deleted, other.edited, other.undoName) = (name, path, 0, 0, nil)
      return .opened(tab, other, nil)
    case .listStores(nil):
      let stores = ["birds", "fish"].map {
        FolderListing.Entry(kind: .store, name: $0, path: "/stores/\($0)")
      }
      return .storesListed(FolderListing(path: "/data", entries: stores), asked: nil)
    case .listStores(let asked?):
      var folder = asked
      folder = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
      let entries = [
        FolderListing.Entry(kind: .store, name: "faiss_index", path: "\(folder)/faiss_index"),
        FolderListing.Entry(kind: .folder, name: "notes", path: "\(folder)/notes"),
      ]
      return .storesListed(FolderListing(path: folder, entries: entries), asked: asked)
    case .pickStore(let path, let use): return .storePicked(path: path, use)
    case .glance(let paths):
      return paths.first.map {
        .glanced(StoreGlance(path: $0, rows: 1204, dimension: 384, indexType: "flat L2", bytes: 2_000_000))
      }
    case .loadThemes(let name):
      return .themesLoaded(["default", "nord"].map { Theme(name: $0, styles: [:]) }, choosing: name)
    case .planChanges: return .changesPlanned(changes())
    default: return measure(effect)
    }
  }

  private func sorted(_ rows: [Row], by order: RowOrder) -> [Row] {
    let up: [Row] =
      switch order.key {
      case .row: rows
      case .id: rows.sorted { $0.document.id.text < $1.document.id.text }
      case .content: rows.sorted { $0.document.content.string < $1.document.content.string }
      case .metadata(let key):
        rows.sorted {
          ($0.document.metadata[key]?.displayText ?? "") < ($1.document.metadata[key]?.displayText ?? "")
        }
      }
    return order.isDescending ? up.reversed() : up
  }

  private static func fates(_ policy: DuplicatePolicy) -> [MergeFate] {
    var first = MergeFate(
      kind: .added, sourceRow: 0, id: "77e0aa11-new", content: "Cats were here first, and all the others too")
    (first.row, first.newID) = (8, first.id)
    var second = MergeFate(
      kind: .skipped, sourceRow: 1, id: "8164a453-9643-4959-87f7-9ba79f9e8fb0", ownRow: 0,
      content: "Cats sleep")
    if policy == .rename {
      second.kind = .renamed
      (second.row, second.newID) = (9, "8164a453-9643-4959-87f7-9ba79f9e8fb0~2")
    }
    return [first, second]
  }

  private static func report(_ added: Int) -> AddReport {
    var report = AddReport()
    report.added = added
    return report
  }

  func rows(_ filter: Filter?) -> [Row] {
    state.withLock { state in
      state.current.enumerated().map { Row(row: $0.offset, document: $0.element) }
        .filter { filter?.matches($0.document.metadata) ?? true }
    }
  }

  private func edit(_ name: String, _ change: StoreChange, _ body: (inout [Document]) -> Void) -> Action {
    state.withLock { state in
      state.past.append((name, state.current))
      state.future = []
      body(&state.current)
      state.revision += 1
      return .changed(summary(of: state), change)
    }
  }

  private func step(_ effect: Effect) -> Action? {
    state.withLock { state in
      state.revision += 1
      switch effect {
      case .undo:
        guard let (name, rows) = state.past.popLast() else { return nil }
        state.future.append((name, state.current))
        state.current = rows
        return .changed(summary(of: state), .undone(name))
      case .redo:
        guard let (name, rows) = state.future.popLast() else { return nil }
        state.past.append((name, state.current))
        state.current = rows
        return .changed(summary(of: state), .redone(name))
      case .reload:
        state.current = state.saved
        state.past = []
        return .changed(summary(of: state), .reloaded)
      case .save(_, false) where state.isWrittenByOthers: return .saveRefused
      case .save(let path, _):
        state.isWrittenByOthers = false
        state.saved = state.current
        let report = SaveReport(
          path: path ?? "/stores/\(name)", documents: state.current.count, bytes: 30_000,
          backup: "index.faiss.bak")
        return .changed(summary(of: state), .saved(report))
      default: return nil
      }
    }
  }

  private func changes() -> ChangePlan {
    state.withLock { state in
      let now = Set(state.current.map(\.id))
      let before = Set(state.saved.map(\.id))
      let deleted = state.saved.enumerated().filter { !now.contains($0.element.id) }.map {
        ChangeEntry(
          kind: .deleted, row: $0.offset, id: $0.element.id, content: $0.element.content.string,
          before: $0.element)
      }
      let edited = edited(state).map { row, old in
        let document = state.current[row]
        return ChangeEntry(
          kind: .edited, row: row, id: document.id, content: document.content.string, note: "edited",
          before: old, after: document)
      }
      let merged = state.current.enumerated().filter { !before.contains($0.element.id) }.map {
        ChangeEntry(
          kind: .merged, row: $0.offset, id: $0.element.id, content: $0.element.content.string,
          note: "from other_index", after: $0.element)
      }
      return ChangePlan(
        entries: deleted + edited + merged, countBefore: state.saved.count, countAfter: state.current.count,
        files: [FilePlan(name: "index.faiss", bytes: 18_477), FilePlan(name: "index.pkl", bytes: 2_210)],
        notes: ["backup kept", "LangChain loads it"])
    }
  }

  func search(_ request: SearchRequest) -> SearchResult {
    let rows = rows(request.filter)
    let words: Set<Substring>
    var left: [DocumentID] = []
    switch request.query {
    case .text(let text): words = Set(text.lowercased().split(separator: " "))
    case .like(let ids):
      left = ids
      let like = rows.filter { ids.contains($0.document.id) }
      words = Set(like.flatMap { $0.document.content.string.lowercased().split(separator: " ") })
    case .vector: words = []
    }
    let scored = rows.filter { !left.contains($0.document.id) }.map { row in
      let common = row.document.content.string.lowercased().split(separator: " ").filter(words.contains).count
      return (row, Float(2) / Float(1 + common) + Float(row.row) / 1000)
    }
    let nearest = scored.sorted { ($0.1, $0.0.row) < ($1.1, $1.0.row) }.prefix(request.k)
    let hits = nearest.enumerated().map {
      var hit = Hit(
        rank: $0.offset + 1, row: $0.element.0.row, score: $0.element.1, document: $0.element.0.document)
      let cosine = 1 - Double($0.element.1) / 2
      hit.measures = Measures(squaredL2: Double($0.element.1), innerProduct: cosine, cosine: cosine)
      return hit
    }
    return SearchResult(
      hits: hits, matched: rows.count, scanned: rows.count, metric: .squaredL2, embedMilliseconds: 0.8,
      searchMilliseconds: 6.1)
  }
}
