import ArgumentParser
import Diagnosis
import Explorer
import VectorStore

struct Eval: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say how well a store answers a file of questions: recall, MRR and nDCG for each setting.",
    discussion: """
      The file is JSON Lines, JSON, CSV or TSV: question, and expected_ids, expected_texts or expected_metadata; vector \
      stands in for a text that cannot be embedded. A setting is words: \(EvaluationSetting.forms). Give --setting \
      several times to compare. With --min-recall the exit code is 1 when no setting reaches it.
      """)

  @OptionGroup var store: StoreOptions
  @Argument(help: "The questions.") var questions: String
  @Option(
    name: .long, parsing: .unconditionalSingleValue,
    help: ArgumentHelp("How to search, such as 'k=10 mmr lambda=0.3'.", valueName: "setting"))
  var setting: [String] = []
  @OptionGroup var embedding: EmbedderOption
  @Option(parsing: .unconditional, help: "The recall that one setting must reach.") var minRecall: Double?

  func run() async throws {
    try await answering {
      let settings = try (setting.isEmpty ? [""] : setting).map { try EvaluationSetting(written: $0) }
      let questions = try QuestionFile(path: questions).questions
      let session = try await store.open(for: .reading, embedder: embedding.chosen())
      let line = ProgressLine()
      defer { line.finish() }
      let evaluation = try await session.evaluate(questions, settings) { line.show($0) }
      line.finish()
      evaluation.notices.forEach(Output.warn)
      if store.json { try Output.json(Report.object(evaluation)) } else { try print(evaluation) }
      let best = evaluation.columns.map { evaluation.mean($0).recall }.max() ?? 0
      if let minRecall, best < minRecall { throw ExitCode(1) }
    }
  }

  private func print(_ evaluation: Evaluation) throws {
    let table = evaluation.table
    try Output.table(table, numbers: [2, 3, 4, 5])
    try Output.line()
    for line in evaluation.plot(width: 60, height: 10).lines { try Output.line(line) }
    try Output.line()
    let questions = evaluation.questionTable
    try Output.table(questions, numbers: Set(0..<max(1, (questions.first?.count ?? 1) - 1)))
  }
}
