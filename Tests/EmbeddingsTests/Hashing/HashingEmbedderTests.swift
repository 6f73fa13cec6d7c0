import Embeddings
import Foundation
import Synchronization
import Testing

/// One case of Fixtures/embeddings/hashing.json, computed by scripts/hashing_embedder.py.
private struct TwinCase: Decodable, Sendable, CustomTestStringConvertible {
  var dimension: Int
  var text: String
  var words: [String]
  var vector: [Float]
  var testDescription: String { "\(dimension): \(text.debugDescription)" }

  static let all: [TwinCase] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Fixtures/embeddings/hashing.json")
    do {
      return try JSONDecoder().decode([TwinCase].self, from: Data(contentsOf: file))
    } catch {
      Issue.record("\(file.path): \(error)")
      return []
    }
  }()
}

private func cosine(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Double {
  zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
}

@Test(arguments: TwinCase.all)
private func vectorsEqualThoseOfThePythonTwin(_ twin: TwinCase) async throws {
  let vector = try await HashingEmbedder(dimension: twin.dimension).embed([twin.text])
  #expect(vector.count == twin.dimension)
  for (ours, theirs) in zip(vector, twin.vector) {
    #expect(abs(ours - theirs) <= 1e-6)
  }
}

@Test func theFixtureIsThere() {
  #expect(TwinCase.all.count >= 10)
}

@Test(arguments: [1, 3, 256, 1536])
func vectorsHaveUnitNorm(dimension: Int) async throws {
  let vector = try await HashingEmbedder(dimension: dimension).embed(["Low water at the east pier"])
  #expect(abs(cosine(vector[...], vector[...]) - 1) < 1e-6)
}

@Test(arguments: ["", "  \n", "?!… — ☕️", "\u{301}\u{200b}"])
func aTextWithoutWordsHasUnitNormToo(text: String) async throws {
  let vector = try await HashingEmbedder(dimension: 64).embed([text])
  #expect(abs(cosine(vector[...], vector[...]) - 1) < 1e-6)
}

@Test func symbolsCountOnlyInATextWithoutWords() async throws {
  let vectors = try await HashingEmbedder(dimension: 64).embed(["tea", "tea ☕️!", "☕️!", "☕️", ""])
  #expect(vectors[0..<64] == vectors[64..<128])
  #expect(cosine(vectors[128..<192], vectors[192..<256]) > 0.5)
  #expect(vectors[192..<256] != vectors[256...])
}

@Test func aSharedWordBringsTextsCloserThanNone() async throws {
  let vectors = try await HashingEmbedder(dimension: 512).embed([
    "how to mend a puncture in the inner tube",
    "Mending a punctured inner tube needs glue and patience.",
    "The knight on f5 decided the game after move thirty.",
  ])
  let (query, near, far) = (vectors[0..<512], vectors[512..<1024], vectors[1024..<1536])
  #expect(cosine(query, near) > cosine(query, far) + 0.2)
}

@Test func longWordsCountMoreThanTheShortOnesThatAllTextsShare() async throws {
  let vectors = try await HashingEmbedder(dimension: 1024).embed([
    "slugs in the garden", "Slugs. A plank sheltered forty.", "In the end it is the one in the box.",
  ])
  let (query, topic, glue) = (vectors[0..<1024], vectors[1024..<2048], vectors[2048..<3072])
  #expect(cosine(query, topic) > cosine(query, glue))
}

@Test func wordOrderMattersALittleAndCaseNotAtAll() async throws {
  let vectors = try await HashingEmbedder(dimension: 512).embed([
    "salt the soup", "soup the salt", "SALT the Soup",
  ])
  let swapped = cosine(vectors[0..<512], vectors[512..<1024])
  #expect(swapped > 0.5 && swapped < 0.99)
  #expect(vectors[0..<512] == vectors[1024...])
}

@Test func rowsFollowTheOrderOfTheTextsAcrossBatches() async throws {
  let texts = (0..<700).map { "berth \($0) is free" }
  let embedder = HashingEmbedder(dimension: 16)
  let together = try await embedder.embed(texts)
  #expect(together.count == 700 * 16)
  for row in [0, 127, 128, 511, 699] {
    #expect(try await embedder.embed([texts[row]]) == Array(together[row * 16..<(row + 1) * 16]))
  }
}

@Test func noTextsGiveNoNumbers() async throws {
  #expect(try await HashingEmbedder(dimension: 8).embed([]).isEmpty)
}

@Test func progressRisesToTheTotal() async throws {
  let seen = Mutex<[EmbeddingProgress]>([])
  let texts = [String](repeating: "tide table", count: 300)
  _ = try await HashingEmbedder(dimension: 4).embed(texts) { step in seen.withLock { $0.append(step) } }
  let steps = seen.withLock { $0 }
  #expect(steps.count > 1)
  #expect(steps.map(\.completed) == steps.map(\.completed).sorted())
  #expect(steps.last == EmbeddingProgress(completed: 300, total: 300))
}

@Test func cancellingBetweenBatchesThrowsCancellationError() async {
  let task = Task {
    try await HashingEmbedder(dimension: 4)
      .embed([String](repeating: "long work", count: 5_000)) { _ in
        withUnsafeCurrentTask { $0?.cancel() }
      }
  }
  await #expect(throws: CancellationError.self) { try await task.value }
}

@Test func theEmbedderSaysThatItIsLexical() async throws {
  let embedder: any Embedder = HashingEmbedder(dimension: 256)
  #expect(embedder.name == "hashing")
  #expect(embedder.isLexical)
  #expect(try await embedder.dimension == 256)
}
