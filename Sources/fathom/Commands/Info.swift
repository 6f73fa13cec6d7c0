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
      let session: Session
      do {
        session = try await Session.open(
          store.path, for: .reading, embedder: embedding.chosen(),
          environment: ProcessInfo.processInfo.environment)
      } catch {
        let failure = ExplorerError(error)
        if let refused = RefusedStore(store.path, refusal: failure) { try tell(refused) }
        throw failure
      }
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
        rows += pickle.globals.map { ["", $0.sentence] }
      }
      switch summary.embedder {
      case .ready(let name, let note): rows.append(["embedder", "\(name): \(note)"])
      case .missing(let note): rows.append(["embedder", "none: \(note)"])
      case .unknown: break
      }
      for problem in summary.problems { rows.append(["problem", "\(problem.code): \(problem.message)"]) }
      try Output.fields(rows)
    }
  }

  /// A store that is refused is worth knowing all the more.
  private func tell(_ refused: RefusedStore) throws {
    guard !store.json else { return try Output.json(Report.object(refused)) }
    try Output.fields(
      [["path", refused.path], ["pickle", "refused; it names"]] + refused.globals.map { ["", $0.sentence] })
  }
}
