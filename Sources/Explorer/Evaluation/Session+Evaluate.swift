import Diagnosis
import Embeddings
import VectorStore

extension Session {
  /// Asks all questions with every setting, as ``search(_:)`` answers them, and notes what was expected of the hits.
  ///
  /// Texts are embedded once for each embedder. Throws ``ExplorerError``, which names the setting that cannot be
  /// searched with, and `CancellationError`.
  public func evaluate(
    _ questions: [Question], _ settings: [EvaluationSetting],
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) async throws -> Evaluation {
    var evaluation = Evaluation(questions: questions, columns: [])
    evaluation.notices = await missingIDs(questions)
    var vectors: [EmbedderName?: [[Float]]] = [:]
    let total = settings.count * questions.count
    for setting in settings {
      if vectors[setting.embedder] == nil {
        vectors[setting.embedder] = try await self.vectors(of: questions, setting.embedder, progress)
      }
      var column = Evaluation.Column(setting: setting)
      for (question, vector) in zip(questions, vectors[setting.embedder] ?? []) {
        try Task.checkCancellation()
        var request = setting.request
        request.query = .vector(vector)
        let result = try await Self.naming(setting.name) { try await search(request) }
        column.met.append(result.hits.map { question.met(by: $0.document) })
        column.milliseconds += result.searchMilliseconds
        for notice in result.notices where !evaluation.notices.contains(notice) {
          evaluation.notices.append(notice)
        }
        let done = evaluation.columns.count * questions.count + column.met.count
        progress(Progress(completed: done, total: total, note: "asking"))
      }
      evaluation.columns.append(column)
    }
    return evaluation
  }

  /// The vectors of questions: their own, else what an embedder, nil for the session's, makes of their texts.
  func vectors(
    of questions: [Question], _ name: EmbedderName?, _ progress: @escaping @Sendable (Progress) -> Void
  ) async throws -> [[Float]] {
    let texts = questions.filter { $0.vector == nil }.map(\.text)
    var embedded: [[Float]] = []
    if !texts.isEmpty {
      let dimension = await store.current.dimension
      let embedder = try await embedder(name, dimension: dimension)
      do {
        let values = try await embedder.embed(texts) {
          progress(Progress(completed: $0.completed, total: $0.total, note: "embedding"))
        }
        guard values.count == texts.count * dimension else {
          throw ExplorerError(
            .embedderUnavailable,
            EmbedderAdvice.mismatch(of: embedder.name, values.count / texts.count, index: dimension))
        }
        embedded = texts.indices.map { Array(values[$0 * dimension..<($0 + 1) * dimension]) }
      } catch let error as CancellationError {
        throw error
      } catch {
        throw ExplorerError(error)
      }
    }
    var next = embedded.makeIterator()
    return questions.map { $0.vector ?? next.next() ?? [] }
  }

  private func embedder(_ name: EmbedderName?, dimension: Int) async throws -> any Embedder {
    if let name {
      do { return try workshop.make(name, dimension: dimension) } catch { throw ExplorerError(error) }
    }
    let choice = try await embedderChoice()
    guard let embedder = choice.embedder else {
      throw ExplorerError(.embedderUnavailable, "questions cannot be asked: \(choice.note)")
    }
    return embedder
  }

  /// Says which ids are expected that no document has: they count as missed.
  private func missingIDs(_ questions: [Question]) async -> [String] {
    let version = await store.current
    var missing: [String] = []
    for case .id(let id) in questions.flatMap(\.expectations)
    where !version.contains(id) && !missing.contains(id.text) {
      missing.append(id.text)
    }
    guard !missing.isEmpty else { return [] }
    let some = missing.prefix(5).joined(separator: ", ") + (missing.count > 5 ? ", …" : "")
    return [
      "expected, but not in this store: \(missing.count == 1 ? "the id" : "\(missing.count) ids") \(some)"
    ]
  }

  private static func naming<R: Sendable>(_ setting: String, _ body: () async throws -> R) async throws -> R {
    do { return try await body() } catch let error as ExplorerError {
      throw ExplorerError(error.code, "with the setting \(setting): \(error.message)")
    }
  }
}
