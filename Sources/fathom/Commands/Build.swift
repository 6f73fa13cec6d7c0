import ArgumentParser
import Explorer
import Foundation
import VectorStore

struct Build: AsyncParsableCommand {
  /// What nearness is in the new store.
  enum Measure: String, ExpressibleByArgument, CaseIterable {
    case l2, cosine, ip

    var metric: Metric { self == .ip ? .innerProduct : .squaredL2 }
  }

  static let configuration = CommandConfiguration(
    abstract: "Make a new store from files; LangChain loads it.",
    discussion: """
      Texts are cut into chunks, embedded and saved in a folder of index.faiss and index.pkl. A run that was \
      stopped goes on where it was when it is started again.
      """)

  @Argument(help: "The folder to make.") var output: String
  @OptionGroup var sources: SourceOptions
  @OptionGroup var embedding: EmbedderOption
  @Option(help: "Nearness: l2, cosine (vectors of length 1 in an L2 index, as in LangChain) or ip.")
  var metric = Measure.l2
  @Flag(help: "Answer in JSON.") var json = false

  func run() async throws {
    try await answering {
      let line = ProgressLine()
      defer { line.finish() }
      let (report, saved) = try await Session.build(
        output, try sources.request(), embedder: embedding.chosen() ?? .miniLM(), metric: metric.metric,
        normalizes: metric == .cosine, environment: ProcessInfo.processInfo.environment
      ) { line.show($0) }
      line.finish()
      report.notes.forEach(Output.warn)
      if json { return try Output.json(Report.object(report, path: output)) }
      try Output.line(
        "built \(saved.path) from \(report.source.files == 1 ? "1 file" : "\(report.source.files) files"): \(report.added) documents"
      )
    }
  }
}
