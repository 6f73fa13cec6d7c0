import ArgumentParser
import Explorer
import Foundation

struct Info: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what a store is: rows, dimension, metric, index type, what its pickle names, problems.")

  @OptionGroup var store: StoreOptions
  @OptionGroup var embedding: EmbedderOption

  func run() async throws {
    try await answering {
      let session = try await Session.open(
        store.path, for: .reading, embedder: embedding.chosen(),
        environment: ProcessInfo.processInfo.environment)
      try await session.embedderChoice()
      let info = await session.info()
      guard !store.json else { return try Output.json(Report.object(info)) }
      let summary = info.summary
      var rows = [
        ["path", summary.path], ["format", info.format], ["rows", "\(summary.count)"],
        ["dimension", "\(summary.dimension)"], ["metric", summary.metric.name],
        ["index", "\(summary.indexType) (\(info.index.className))"],
      ]
      rows += info.index.parameters.map { ["", "\($0.name) \($0.value)"] }
      rows += info.sizes.map { ["file", "\($0.name)  \($0.bytes) bytes"] }
      if let pickle = info.pickle {
        rows.append(["pickle", "protocol \(pickle.protocolVersion), written by \(pickle.writer)"])
        rows += pickle.globals.map { ["", "\($0.name)  at byte \($0.offset), \($0.verdict)"] }
      }
      switch summary.embedder {
      case .ready(let name, let note): rows.append(["embedder", "\(name): \(note)"])
      case .missing(let note): rows.append(["embedder", "none: \(note)"])
      case .unknown: break
      }
      for problem in summary.problems { rows.append(["problem", "\(problem.code): \(problem.message)"]) }
      for row in rows { try Output.line(row[0] + String(repeating: " ", count: 11 - row[0].count) + row[1]) }
    }
  }
}
