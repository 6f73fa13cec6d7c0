import ArgumentParser
import Diagnosis
import Explorer
import VectorStore

struct Diff: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what lies between two stores: documents, vectors, and how questions are answered.",
    discussion: """
      Documents are compared by id. With --questions the top k of both are compared too. The exit code is 1 when \
      something differs, 0 when nothing does.
      """)

  @OptionGroup var store: StoreOptions
  @Argument(help: "The store to compare it with.") var other: String
  @Option(help: "Compare the answers to the questions of this file, as fathom eval reads it.")
  var questions: String?
  @Option(name: .short, parsing: .unconditional, help: "How many hits are compared.") var k = 10
  @OptionGroup var embedding: EmbedderOption

  func run() async throws {
    try await answering {
      let questions = try questions.map { try QuestionFile(path: $0, needsExpectations: false).questions }
      let session = try await store.open(for: .reading, embedder: embedding.chosen())
      let line = ProgressLine()
      defer { line.finish() }
      let comparison = try await session.compare(with: other, questions: questions ?? [], k: k) {
        line.show($0)
      }
      line.finish()
      comparison.notices.forEach(Output.warn)
      if store.json { try Output.json(Report.object(comparison)) } else { try print(comparison) }
      if !comparison.isSame { throw ExitCode(1) }
    }
  }

  private func print(_ comparison: StoreComparison) throws {
    try Output.line(comparison.summary)
    try Output.table(comparison.table, numbers: [1, 3])
    if !comparison.answers.isEmpty {
      try Output.line()
      try Output.table(comparison.answerTable, numbers: [0, 1, 2, 3])
    }
  }
}
