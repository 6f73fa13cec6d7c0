import Diagnosis
import StoreFormats
import VectorStore

extension Session {
  /// What lies between this store as it is now and the one at `path`: this one is before, that one after.
  ///
  /// Questions are asked of both with the same vectors. Neither store is changed. Throws ``ExplorerError`` and
  /// `CancellationError`.
  public func compare(
    with path: String, questions: [Question] = [], k: Int = 10,
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) async throws -> StoreComparison {
    do {
      guard k >= 1 else { throw ExplorerError(.usage, "k is \(k); it is the number of hits, 1 or more") }
      let location = try StoreLocation(path: path)
      let names = StoreComparison.Names(
        before: Self.name(place.withLock { $0.location.path }), after: Self.name(location.path))
      let opened = try StoreReader(location, watch: Self.watch(reading: names.after, progress)).read()
      let (old, new) = (await store.current, opened.version)
      var comparison = try Self.documents(old, new, names, progress)
      comparison.notices = Self.notices(old, new)
      if old.dimension == new.dimension {
        try Self.addMoves(to: &comparison, old, new, progress)
        try await addAnswers(to: &comparison, questions, k: k, old, new, progress)
      }
      return comparison
    } catch {
      throw Self.sessionError(error)
    }
  }

  private static func name(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  private static func documents(
    _ old: StoreVersion, _ new: StoreVersion, _ names: StoreComparison.Names,
    _ progress: @escaping @Sendable (Progress) -> Void
  ) throws -> StoreComparison {
    let total = old.count + new.count
    let (difference, found) = try StoreDifference.between(old, new, limit: StoreComparison.mostEntries) {
      progress(Progress(completed: $0, total: total, note: "comparing documents"))
    }
    var counts = StoreComparison.Counts()
    (counts.removed, counts.added, counts.changed) = (found.deleted, found.added, found.edited)
    counts.shared = found.shared
    let entries = difference.entries.map { entry -> StoreComparison.Entry in
      switch entry.kind {
      case .deleted: .init(kind: .removed, row: entry.row, before: entry.document, after: nil)
      case .added, .merged: .init(kind: .added, row: entry.row, before: nil, after: entry.document)
      case .edited: .init(kind: .changed, row: entry.row, before: entry.before, after: entry.document)
      }
    }
    return StoreComparison(names: names, counts: counts, entries: entries)
  }

  /// Other vectors are noted with changed documents, and are entries of their own for those that are the same.
  private static func addMoves(
    to comparison: inout StoreComparison, _ old: StoreVersion, _ new: StoreVersion,
    _ progress: @escaping @Sendable (Progress) -> Void
  ) throws {
    let moves: VectorMoves
    do {
      moves = try VectorMoves(from: old, to: new, limit: StoreComparison.mostEntries) {
        progress(Progress(completed: $0, total: new.count, note: "comparing vectors"))
      }
    } catch let error as VectorStoreError where error.code == .unsupported {
      comparison.notices.append("vectors were not compared: \(error.message)")
      return
    }
    comparison.counts.moved = moves.count
    var distances = Dictionary(moves.moves.map { ($0.id, $0.distance) }) { first, _ in first }
    for index in comparison.entries.indices where comparison.entries[index].kind == .changed {
      guard let id = comparison.entries[index].document?.id else { continue }
      comparison.entries[index].distance = distances.removeValue(forKey: id)
    }
    for move in moves.moves where distances[move.id] != nil {
      comparison.entries.append(
        .init(
          kind: .moved, row: move.newRow, before: old.document(atRow: move.oldRow),
          after: new.document(atRow: move.newRow), distance: move.distance))
    }
  }

  private func addAnswers(
    to comparison: inout StoreComparison, _ questions: [Question], k: Int, _ old: StoreVersion,
    _ new: StoreVersion, _ progress: @escaping @Sendable (Progress) -> Void
  ) async throws {
    guard !questions.isEmpty else { return }
    let vectors = try await vectors(of: questions, nil, progress)
    for (number, (question, vector)) in zip(questions, vectors).enumerated() {
      try Task.checkCancellation()
      func ids(_ version: StoreVersion) async throws -> [DocumentID] {
        try await version.search(vector, k: k).map { version.document(atRow: $0.row).id }
      }
      comparison.answers.append(
        .init(
          question: question.text, churn: RankChurn(from: try await ids(old), to: try await ids(new), k: k)))
      progress(Progress(completed: number + 1, total: questions.count, note: "asking both"))
    }
  }

  /// What makes scores of the two stores other numbers.
  private static func notices(_ old: StoreVersion, _ new: StoreVersion) -> [String] {
    var notices: [String] = []
    if old.dimension != new.dimension {
      notices.append(
        "the vectors have \(old.dimension) and \(new.dimension) dimensions, so neither they nor answers were compared"
      )
    }
    if old.metric != new.metric {
      notices.append("the metrics are \(old.metric.name) and \(new.metric.name)")
    }
    return notices
  }
}
