import ArgumentParser
import Explorer
import VectorStore

struct Copy: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a store in another format, or to another place.",
    discussion: """
      The format follows from the destination: a folder that LangChain loads; NAME.faiss with NAME.pkl; .jsonl with \
      vectors, nothing lost; .bin as serialize_to_bytes writes it; .npy, the vectors alone; sqlite:FILE#NAME, several \
      stores in a file. --format names any of them, and faiss (the index alone) or langchain.js (faiss.index and \
      docstore.json). Every other verb opens all of these too.
      """)

  @OptionGroup var store: StoreOptions
  @Argument(help: "Where to.") var destination: String
  @Option(help: "langchain, jsonl, serialized, faiss, npy or langchain.js.") var format: String?
  @Flag(help: "Take the place of a store that is there; it is kept as a backup.") var replace = false

  func run() async throws {
    try await answering {
      let session = try await store.open(for: .reading)
      let line = ProgressLine()
      defer { line.finish() }
      let report = try await session.copy(to: destination, format: format, replaces: replace) {
        line.show($0)
      }
      line.finish()
      if store.json { return try Output.json(Report.object(report)) }
      try Output.line(
        "copied \(report.documents) documents to \(report.path)"
          + (report.backup.map { ", backup \($0)" } ?? ""))
    }
  }
}
