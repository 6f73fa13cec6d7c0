import CMiniLM
import Foundation
import Synchronization
import Testing

@testable import Embeddings

/// Tests with the real weights.
@Suite(.enabled(if: MiniLMReference.hasWeights, "the model is not installed: run fathom model install"))
struct MiniLMReferenceTests {
  private func encoder(_ instructions: cminilm_isa) throws -> SentenceEncoder {
    let folder = try ModelFolder(ModelFolder.standardURL())
    return SentenceEncoder(
      try MiniLMLoader.weights(of: folder, instructions: instructions))
  }

  @Test(arguments: InstructionSet.exact)
  func vectorsAreThoseOfSentenceTransformers(set: InstructionSet) async throws {
    // Kernels built for debugging need seconds for the text that fills a pack, and more in the slower sets.
    let isBest = set.isa == cminilm_best()
    let texts = try MiniLMReference.items().prefix(17).filter { isBest || $0.ids.count < 9 }
    let vectors = try await encoder(set.isa).encode(texts.map(\.ids))
    let differences = zip(vectors, texts.flatMap(\.embedding)).map { abs($0 - $1) }
    #expect(vectors.count == texts.count * 384)
    #expect(try #require(differences.max()) <= 2e-6)
  }

  @Test(arguments: InstructionSet.exact)
  func vectorsOfSplitWeightsAreThoseOfSentenceTransformers(set: InstructionSet) throws {
    let folder = try ModelFolder(ModelFolder.standardURL())
    let weights = try MiniLMLoader.weights(of: folder, instructions: set.isa).split()
    // As many short texts as make a pack of which layers are split.
    var texts: [MiniLMReference.Item] = []
    for text in try MiniLMReference.items() where text.ids.count < 30 {
      if texts.reduce(0, { $0 + $1.ids.count }) < 64 { texts.append(text) }
    }
    let pack = TokenPack.packs(of: texts.map(\.ids))[0]
    #expect(pack.ids.count >= 64)
    let vectors = BertEncoder(weights: weights).encode(pack, in: BertWorkspace(shape: .miniLM))
    let differences = zip(vectors, texts.flatMap(\.embedding)).map { abs($0 - $1) }
    #expect(vectors.count == texts.count * 384)
    #expect(try #require(differences.max()) <= 2e-6)
  }

  @Test(arguments: InstructionSet.bfloat16)
  func vectorsInBfloat16PointTheSameWay(set: InstructionSet) async throws {
    let texts = try MiniLMReference.items().filter { $0.ids.count < 30 }
    let vectors = try await encoder(set.isa).encode(texts.map(\.ids))
    for (row, text) in texts.enumerated() {
      var cosine = 0.0
      for (index, number) in text.embedding.enumerated() {
        cosine += Double(vectors[row * 384 + index]) * Double(number)
      }
      #expect(cosine >= 0.9999)
    }
  }

  @Test func installedFilesHaveTheDigestsOfTheModel() throws {
    try ModelFolder(ModelFolder.standardURL()).verify()
  }

  @Test func embedderGoesFromTextToVector() async throws {
    let embedder = try MiniLMEmbedder(folder: ModelFolder(ModelFolder.standardURL()))
    #expect(embedder.name == "MiniLM-L6")
    #expect(!embedder.isLexical)
    let texts = try MiniLMReference.items()
    #expect(texts.map { embedder.tokenizer.tokenize($0.text).ids } == texts.map(\.ids))

    let short = texts.filter { $0.ids.count < 9 }
    let last = Mutex<EmbeddingProgress?>(nil)
    let vectors = try await embedder.embed(short.map(\.text)) { progress in last.withLock { $0 = progress } }
    let differences = zip(vectors, short.flatMap(\.embedding)).map { abs($0 - $1) }
    #expect(vectors.count == short.count * embedder.dimension)
    #expect(try #require(differences.max()) <= 2e-6)
    #expect(last.withLock { $0 } == EmbeddingProgress(completed: short.count, total: short.count))
  }

  @Test func textsThatAreTooLongAreKnown() throws {
    let embedder = try MiniLMEmbedder(folder: ModelFolder(ModelFolder.standardURL()), checksDigests: false)
    #expect(!embedder.cutsOff("short"))
    #expect(embedder.cutsOff(Array(repeating: "word", count: 255).joined(separator: " ")))
    #expect(!embedder.cutsOff(Array(repeating: "words", count: 254).joined(separator: " ")))
  }
}
