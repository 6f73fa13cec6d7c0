import Embeddings
import VectorStore

/// The embedder that answers a store's text queries, and why it is that one.
public struct EmbedderChoice: Sendable {
  public enum Origin: String, Sendable { case asked, remembered, guessed }

  public let name: EmbedderName
  /// Nil when text cannot be searched; ``note`` says why.
  public let embedder: (any Embedder)?
  public let origin: Origin
  /// What comparing with stored vectors showed; nil where it was not or could not be done.
  public let probe: EmbedderProbe?
  /// The evidence, or what is missing and what to do, in a sentence.
  public let note: String

  /// What the header shows: "hashing (lexical)"; nil without an embedder.
  public var label: String? {
    guard let embedder else { return nil }
    var qualities: [String] = []
    if embedder.isLexical { qualities.append("lexical") }
    if let probe, !probe.fits { qualities.append("not this index's model") }
    return embedder.name + (qualities.isEmpty ? "" : " (\(qualities.joined(separator: "; ")))")
  }

  /// Why ranks of a text query may mean little; nil when all is well.
  var warning: String? {
    guard let embedder, let probe, !probe.fits else { return nil }
    return
      "these vectors were not made by the \(embedder.name) embedder (\(probe.agreed) of \(probe.asked) agree), "
      + "so ranks for a text query mean little; give a vector of the index's own model, "
      + "or ask for more like a document"
  }
}

/// Finds the embedder of a store: the one asked for, else the one remembered, else one whose vectors agree.
struct EmbedderChooser: Sendable {
  let version: StoreVersion
  let workshop: EmbedderWorkshop

  /// Throws only `CancellationError`; an embedder that cannot be had is said in the choice.
  func choose(asked: EmbedderName?, remembered: EmbedderName?) async throws -> EmbedderChoice {
    if let asked { return try await take(asked, .asked) }
    if let remembered {
      let choice = try await take(remembered, .remembered)
      // What was right once may be gone: a model deleted, a key not set.
      if choice.embedder != nil { return choice }
      let guess = try await guess()
      return guess.embedder == nil ? choice : guess
    }
    return try await guess()
  }

  private func take(_ name: EmbedderName, _ origin: EmbedderChoice.Origin) async throws -> EmbedderChoice {
    func without(_ note: String) -> EmbedderChoice {
      EmbedderChoice(name: name, embedder: nil, origin: origin, probe: nil, note: note)
    }
    if name == .none { return without("no embedder was chosen") }
    let unproved =
      origin == .remembered ? "it did so before" : "its vectors were not compared with the stored ones"
    do {
      let embedder = CachedEmbedder(try workshop.make(name, dimension: version.dimension))
      guard name.isLocal else {
        return EmbedderChoice(
          name: name, embedder: embedder, origin: origin, probe: nil, note: unproved)
      }
      let dimension = try await embedder.dimension
      guard dimension == version.dimension else {
        return without(EmbedderAdvice.mismatch(of: embedder.name, dimension, index: version.dimension))
      }
      let probe = try await EmbedderProbe.compare(version, with: embedder)
      return EmbedderChoice(
        name: name, embedder: embedder, origin: origin, probe: probe,
        note: probe.map { EmbedderAdvice.evidence($0, embedder.name) } ?? unproved)
    } catch let error as CancellationError {
      throw error
    } catch {
      return without(ExplorerError(error).message)
    }
  }

  private func guess() async throws -> EmbedderChoice {
    var differing: [EmbedderChoice] = []
    for name in workshop.candidates(dimension: version.dimension) {
      let choice = try await take(name, .guessed)
      if let probe = choice.probe, probe.fits { return choice }
      if version.count == 0, choice.embedder != nil { return choice }
      if choice.embedder != nil { differing.append(choice) }
    }
    return EmbedderChoice(
      name: .none, embedder: nil, origin: .guessed, probe: nil,
      note: EmbedderAdvice.unknown(
        dimension: version.dimension, tried: differing, isModelInstalled: workshop.isModelInstalled))
  }
}
