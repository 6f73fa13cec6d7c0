import DocumentSources
import Embeddings
import Foundation
import VectorStore

/// Turns documents from files into rows: vectors from the embedder, ids where there are none.
struct Ingestion: Sendable {
  let embedder: (any Embedder)?
  let dimension: Int
  /// Scales vectors to length 1, as the store's others are.
  let normalizes: Bool

  /// Texts between two visits to the disk: a second or two of work that a kill can cost.
  private static let batchSize = 256

  /// The rows, in order, with their vectors `[rows.count, dimension]`.
  struct Rows: Sendable {
    var documents: [Document] = []
    var vectors: [Float] = []
    /// Rows whose vector was in the journal already.
    var resumed = 0
    /// Texts that are longer than the embedder reads.
    var cutOff = 0
  }

  /// Embeds what has no vector yet; what the journal has is not embedded again.
  ///
  /// `progress` counts documents and says how fast it goes and how long it will take. Throws ``ExplorerError``,
  /// and `CancellationError` after a batch: the journal then has all batches before.
  func rows(
    of sources: [SourceDocument], journal: inout EmbeddingJournal,
    progress: @escaping @Sendable (Progress) -> Void
  ) async throws -> Rows {
    var rows = Rows()
    rows.documents.reserveCapacity(sources.count)
    rows.vectors.reserveCapacity(sources.count * dimension)
    let clock = ContinuousClock()
    let start = clock.now
    var embedded = 0
    let computedBefore = Set(journal.vectors.keys)
    for first in stride(from: 0, to: sources.count, by: Self.batchSize) {
      try Task.checkCancellation()
      let batch = sources[first..<min(first + Self.batchSize, sources.count)]
      let keys = batch.map { EmbeddingJournal.key($0.text.string) }
      let missing = zip(batch, keys).filter { $0.vector == nil && journal.vectors[$1] == nil }
      if !missing.isEmpty {
        guard let embedder else { throw ExplorerError(.embedderUnavailable, "these texts need an embedder") }
        let done = embedded
        let vectors = try await embedder.embed(missing.map(\.0.text.string)) { step in
          progress(
            Self.progress(
              first + step.completed, done + step.completed, of: sources.count, since: clock.now - start))
        }
        try check(vectors, count: missing.count, embedder)
        journal.append(missing.map(\.1), vectors)
        embedded += missing.count
      }
      for (source, key) in zip(batch, keys) {
        guard let vector = source.vector ?? journal.vectors[key] else { continue }
        rows.documents.append(
          Document(
            id: source.id ?? .unique(), content: source.text,
            metadata: source.metadata))
        rows.vectors += normalizes ? Self.unit(vector) : vector
        if source.vector == nil, computedBefore.contains(key) { rows.resumed += 1 }
        if source.vector == nil, embedder?.cutsOff(source.text.string) == true { rows.cutOff += 1 }
      }
      progress(Self.progress(rows.documents.count, embedded, of: sources.count, since: clock.now - start))
    }
    return rows
  }

  /// The vector of one text, `[dimension]`.
  func vector(of text: String) async throws -> [Float] {
    guard let embedder else { throw ExplorerError(.embedderUnavailable, "this text needs an embedder") }
    let vector = try await embedder.embed([text])
    try check(vector, count: 1, embedder)
    return normalizes ? Self.unit(vector) : vector
  }

  private func check(_ vectors: [Float], count: Int, _ embedder: any Embedder) throws(ExplorerError) {
    let found = count > 0 ? vectors.count / count : 0
    guard vectors.count == count * dimension else {
      throw ExplorerError(
        .embedderUnavailable, EmbedderAdvice.mismatch(of: embedder.name, found, index: dimension))
    }
  }

  private static func progress(_ done: Int, _ embedded: Int, of total: Int, since time: Duration) -> Progress
  {
    let seconds = time / .seconds(1)
    var note = "embedding"
    if embedded > 0, seconds > 0.5 {
      let rate = Double(embedded) / seconds
      let left = Int((Double(total - done) / rate).rounded(.up))
      let digits = rate < 10 ? "\((rate * 10).rounded() / 10)" : "\(Int(rate))"
      note += " · \(digits) documents/s · \(Self.words(seconds: left)) left"
    }
    return Progress(completed: done, total: total, note: note)
  }

  private static func words(seconds: Int) -> String {
    switch seconds {
    case ..<60: "\(seconds) s"
    case ..<3600: "\(seconds / 60) min \(seconds % 60) s"
    default: "\(seconds / 3600) h \(seconds % 3600 / 60) min"
    }
  }

  private static func unit(_ vector: [Float]) -> [Float] {
    let norm = vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    return norm > 0 ? vector.map { Float(Double($0) / norm) } : vector
  }
}
