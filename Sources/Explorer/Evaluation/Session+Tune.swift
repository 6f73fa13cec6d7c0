import Diagnosis
import VectorStore

/// What a tuning asks.
public struct TuningRequest: Sendable, Hashable {
  /// Nil: so many stored vectors, spread over the store; each is not counted as its own neighbour.
  public var questions: [Question]?
  public var sample: Int
  public var k: Int
  /// The recall that is enough.
  public var target: Double

  public init(questions: [Question]? = nil, sample: Int = 100, k: Int = 10, target: Double = 0.95) {
    self.questions = questions
    self.sample = sample
    self.k = k
    self.target = target
  }
}

extension Session {
  /// What the approximate index finds of the exact answer, and how long it takes, for one effort after another.
  ///
  /// The exact answer is that of a scan of the vectors that the index gives back. Efforts are doubled until nothing
  /// is missed, or a search takes much longer than the scan. Throws `.usage` for an index without such a setting,
  /// and for numbers out of range; and `CancellationError`.
  public func tune(
    _ request: TuningRequest, progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) async throws -> TuningCurve {
    do {
      guard request.k >= 1, request.sample >= 1, request.target > 0, request.target <= 1 else {
        throw ExplorerError(
          .usage, "k and the sample are 1 or more, and the recall to reach lies between 0 and 1")
      }
      let version = await store.current
      guard let current = version.effort else { throw Self.nothingToTune(version, index.typeName) }
      var request = request
      request.k = min(request.k, version.count)
      let queries = try await queries(of: request, version, progress)
      let all = version.excluding([], from: nil)
      let exact = try await Self.answers(to: queries, k: request.k) { query, k in
        try await version.search(query, k: k, mask: all)
      } progress: {
        progress(Progress(completed: $0, total: queries.count, note: "exact search"))
      }
      var curve = TuningCurve(
        points: [], current: current, k: request.k, queries: queries.count,
        exactMilliseconds: exact.milliseconds, target: request.target)
      let efforts = TuningCurve.efforts(around: current, largest: version.largestEffort)
      for effort in efforts where !Self.isEnough(curve) || effort.value <= current.value {
        let found = try await Self.answers(to: queries, k: request.k) { query, k in
          try await version.search(query, k: k, effort: effort)
        }
        let recalls = zip(found.answers, exact.answers).map { TuningCurve.recall(of: $0, against: $1) }
        curve.points.append(
          .init(
            effort: effort, recall: recalls.reduce(0, +) / Double(queries.count),
            milliseconds: found.milliseconds))
        progress(
          Progress(completed: curve.points.count, total: efforts.count, note: "searching with \(effort)"))
      }
      return curve
    } catch let error as CancellationError {
      throw error
    } catch {
      throw ExplorerError(error)
    }
  }

  /// A query, and the row that it was taken from.
  private struct TuningQuery {
    var vector: [Float]
    var row: Int?
  }

  private func queries(
    of request: TuningRequest, _ version: StoreVersion, _ progress: @escaping @Sendable (Progress) -> Void
  ) async throws -> [TuningQuery] {
    if let questions = request.questions {
      return try await vectors(of: questions, nil, progress).map { TuningQuery(vector: $0, row: nil) }
    }
    let count = min(request.sample, version.count)
    return try (0..<count).map { place in
      let row = place * version.count / count
      return TuningQuery(vector: try version.vector(atRow: row), row: row)
    }
  }

  /// The first k for each query, without the row that it was taken from, and the median time of a search.
  private static func answers(
    to queries: [TuningQuery], k: Int, search: ([Float], Int) async throws -> [ScoredRow],
    progress: (Int) -> Void = { _ in }
  ) async throws -> (answers: [[ScoredRow]], milliseconds: Double) {
    let clock = ContinuousClock()
    var (answers, times): ([[ScoredRow]], [Double]) = ([], [])
    for query in queries {
      try Task.checkCancellation()
      let start = clock.now
      let found = try await search(query.vector, k + 1)
      times.append((clock.now - start) / .milliseconds(1))
      answers.append(Array(found.filter { $0.row != query.row }.prefix(k)))
      progress(answers.count)
    }
    return (answers, times.sorted()[times.count / 2])
  }

  /// Whether more effort can gain nothing worth its time.
  private static func isEnough(_ curve: TuningCurve) -> Bool {
    guard let last = curve.points.last else { return false }
    return last.recall >= 1 || last.milliseconds > 4 * max(curve.exactMilliseconds, 0.05)
  }

  private static func nothingToTune(_ version: StoreVersion, _ type: String) -> ExplorerError {
    if version.count == 0 { return ExplorerError(.usage, "this store is empty: there is nothing to search") }
    let edited = version.parts.first?.segment.vectors.faissIndex != nil && !version.isAnsweredByIndex
    return ExplorerError(
      .usage,
      edited
        ? "this index has edits that are not saved yet, so searches scan its vectors; save, then tune"
        : "this index (\(type)) has neither nprobe nor efSearch to tune: an IVF or an HNSW index has")
  }
}

extension TuningCurve {
  /// The table: a head, then a line for each effort.
  public var table: [[String]] {
    [["", current.name, "recall@\(k)", "ms", ""]]
      + points.map { point in
        var notes: [String] = []
        if point == recommended { notes.append(point.recall >= target ? "recommended" : "the most it finds") }
        if point.effort == current { notes.append("as it is set") }
        return [
          point == recommended ? ">" : "", "\(point.effort.value)",
          Evaluation.fixed(point.recall, decimals: 4),
          Evaluation.fixed(point.milliseconds, decimals: 3), notes.joined(separator: ", "),
        ]
      }
  }

  /// Recall, and time as a share of that of the exact search, over the effort.
  public func plot(width: Int, height: Int) -> TextPlot {
    var plot = TextPlot(
      width: width, height: height, horizontal: current.name,
      vertical: "a recall@\(k)   b time, of that of an exact search", verticalRange: 0...1,
      isLogarithmic: true)
    plot.add("recall", points.map { .init(x: Double($0.effort.value), y: $0.recall) })
    plot.add(
      "time",
      points.map {
        .init(x: Double($0.effort.value), y: $0.milliseconds / max(exactMilliseconds, .leastNormalMagnitude))
      })
    return plot
  }

  /// One sentence: what to set, and what that costs.
  public var advice: String {
    guard let recommended else { return "nothing was measured" }
    let gain = Evaluation.fixed(recommended.recall * 100, decimals: 1)
    let times = Evaluation.fixed(exactMilliseconds / max(recommended.milliseconds, 0.000_1), decimals: 1)
    let finds =
      "\(recommended.effort) finds \(gain) % of the exact top \(k), \(times) times as fast as a scan"
    let isSet = recommended.effort == current ? "; it is set so" : "; it is set to \(current)"
    return recommended.recall >= target
      ? finds + isSet : "no \(current.name) tried reaches \(target): " + finds
  }
}
