import ArgumentParser
import Explorer
import Foundation
import VectorStore

/// The store that a verb works on, and how it answers.
struct StoreOptions: ParsableArguments {
  @Argument(help: "A LangChain folder, one of its files, serialized bytes, or a .faiss file.")
  var path: String

  @Flag(name: .long, help: "Answer in JSON (JSON Lines for lists).")
  var json = false

  /// Opens the store and says on stderr what is wrong with it.
  func open(for access: Session.Access, embedder: EmbedderName? = nil) async throws -> Session {
    let line = ProgressLine(reading: path)
    defer { line.finish() }
    let session = try await Session.open(
      path, for: access, embedder: embedder, environment: ProcessInfo.processInfo.environment
    ) { line.show($0) }
    line.finish()
    for problem in await session.summary().problems { Output.warn(problem.message) }
    return session
  }
}

/// What turns text into vectors.
struct EmbedderOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What turns text into vectors: \(EmbedderName.forms). Without it, the one used for this store "
        + "before, or the one whose vectors agree with the stored ones.", valueName: "name"))
  var embedder: String?
  @Option(
    help: ArgumentHelp("MiniLM from this folder (model.safetensors and vocab.txt).", valueName: "folder"))
  var model: String?

  /// The embedder asked for; nil when it is left to Fathom.
  ///
  /// Throws `.usage`. Not left to the parser, which repeats what it cannot read, be it a key.
  func chosen() throws -> EmbedderName? {
    let embedder = try embedder.map { try EmbedderName(parsing: $0) }
    guard let model else { return embedder }
    if case .miniLM(_, let isFast) = embedder { return .miniLM(folder: model, isFast: isFast) }
    return embedder ?? .miniLM(folder: model)
  }
}

/// Which rows a verb is about.
struct FilterOption: ParsableArguments {
  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Only documents whose metadata match: page >= 3 and source ~ \"union\", or a LangChain dictionary.",
      valueName: "filter"))
  var filter: String?

  /// The parsed filter.
  ///
  /// Throws `.usage` with a caret under the place that is wrong.
  func parsed() throws -> Filter? {
    guard let filter else { return nil }
    do { return try Filter(parsing: filter) } catch {
      throw ExplorerError(.usage, "the filter cannot be read\n" + error.caret(in: filter))
    }
  }
}

extension ParsableCommand {
  /// Runs a verb; a failure goes to stderr in one piece and becomes the exit code.
  func answering(_ body: () async throws -> Void) async throws {
    do { try await body() } catch let exit as ExitCode {
      throw exit
    } catch {
      let failure = ExplorerError(error)
      Output.warn(failure.message)
      throw ExitCode(failure.code.exitCode)
    }
  }
}
