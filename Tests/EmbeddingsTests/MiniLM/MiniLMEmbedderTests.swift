import Foundation
import Synchronization
import Testing

@testable import Embeddings

/// With the weights that `fathom model install` fetches; without them these tests are skipped.
@Suite(.enabled(if: MiniLMReference.hasWeights, "the model is not installed: run fathom model install"))
struct MiniLMEmbedderTests {
  private let folder: ModelFolder

  init() throws { folder = try ModelFolder(ModelFolder.standardURL()) }

  @Test func vectorsAreThoseOfSentenceTransformers() async throws {
    let items = try MiniLMReference.items()
    let embedder = try MiniLMEmbedder(folder: folder)
    let together = try await embedder.embed(items.map(\.text))
    for (number, item) in items.enumerated() {
      if number < 6 {
        let alone = try await embedder.embed([item.text])
        #expect(difference(alone[...], item.embedding) <= 2e-6)
      }
      #expect(difference(together[number * 384..<(number + 1) * 384], item.embedding) <= 2e-6)
    }
  }

  @Test(.enabled(if: MiniLMPrecision.bfloat16.isAvailable, "this processor has no AVX512_BF16"))
  func halfPrecisionPointsTheSameWay() async throws {
    let items = try MiniLMReference.items()
    let embedder = try MiniLMEmbedder(folder: folder, precision: .bfloat16, checksDigests: false)
    let vectors = try await embedder.embed(items.map(\.text))
    for (number, item) in items.enumerated() {
      let cosine = zip(vectors[number * 384..<(number + 1) * 384], item.embedding).reduce(0) {
        $0 + $1.0 * $1.1
      }
      #expect(cosine >= 0.9999)
    }
  }

  @Test func progressRisesToTheEnd() async throws {
    let embedder = try MiniLMEmbedder(folder: folder, checksDigests: false)
    let seen = Mutex<[Int]>([])
    let texts = (0..<40).map { "text number \($0)" }
    _ = try await embedder.embed(texts) { progress in seen.withLock { $0.append(progress.completed) } }
    let steps = seen.withLock { $0 }
    #expect(steps == steps.sorted())
    #expect(steps.last == 40)
  }

  @Test func textsThatAreTooLongAreKnown() throws {
    let embedder = try MiniLMEmbedder(folder: folder, checksDigests: false)
    #expect(!embedder.cutsOff("short"))
    #expect(embedder.cutsOff(Array(repeating: "word", count: 255).joined(separator: " ")))
    #expect(!embedder.cutsOff(Array(repeating: "words", count: 254).joined(separator: " ")))
  }

  @Test func anAlteredFileIsRefused() throws {
    let copy = FileManager.default.temporaryDirectory.appending(path: "fathom-model-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: folder.url, to: copy)
    defer { try? FileManager.default.removeItem(at: copy) }
    let handle = try FileHandle(forUpdating: copy.appending(path: "model.safetensors"))
    try handle.seek(toOffset: 50_000_000)
    try handle.write(contentsOf: Data([1]))
    try handle.close()
    #expect {
      try MiniLMEmbedder(folder: try ModelFolder(copy))
    } throws: { error in
      (error as? EmbeddingError)?.code == .modelDamaged
    }
  }

  private func difference(_ vector: ArraySlice<Float>, _ expected: [Float]) -> Float {
    zip(vector, expected).map { abs($0 - $1) }.max() ?? .infinity
  }
}
