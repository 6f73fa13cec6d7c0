import ArgumentParser
import Diagnosis
import Explorer

struct Tune: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure what an IVF or HNSW index finds of the exact answer, over nprobe or efSearch.",
    discussion: """
      Queries are stored vectors, spread over the store, or the questions of a file. Times are those of this machine \
      now; the files are not changed: set what is recommended in the application, or search with --nprobe, --ef-search.
      """)

  @OptionGroup var store: StoreOptions
  @Option(help: "Take queries from this file, as fathom eval reads it.") var questions: String?
  @Option(help: "So many stored vectors as queries.") var sample = 100
  @Option(name: .short, parsing: .unconditional, help: "How many hits count.") var k = 10
  @Option(parsing: .unconditional, help: "The recall that is enough, up to 1.") var target = 0.95
  @OptionGroup var embedding: EmbedderOption

  func run() async throws {
    try await answering {
      let questions = try questions.map { try QuestionFile(path: $0, needsExpectations: false).questions }
      let session = try await store.open(for: .reading, embedder: embedding.chosen())
      let line = ProgressLine()
      defer { line.finish() }
      let curve = try await session.tune(
        TuningRequest(questions: questions, sample: sample, k: k, target: target)
      ) { line.show($0) }
      line.finish()
      if store.json { return try Output.json(Report.object(curve)) }
      try Output.table(curve.table, numbers: [1, 2, 3])
      try Output.line()
      for line in curve.plot(width: 60, height: 10).lines { try Output.line(line) }
      try Output.line()
      try Output.line(curve.advice)
    }
  }
}
