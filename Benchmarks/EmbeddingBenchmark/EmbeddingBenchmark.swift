import CMiniLM
import Embeddings
import Foundation

/// Answers scripts/bench_embed.py: a line with a JSON array of texts in, a JSON object with the seconds that
/// embedding them took and the first vector out.
///
///     embedding-benchmark avx512|avx2|portable|bfloat16
@main
struct EmbeddingBenchmark {
  private struct Answer: Encodable {
    var seconds: Double
    var first: [Float]
  }

  static func main() async throws {
    let sets = [CMINILM_PORTABLE, CMINILM_AVX2, CMINILM_AVX512, CMINILM_BFLOAT16]
    let asked = CommandLine.arguments.dropFirst().first ?? String(cString: cminilm_name(cminilm_best()))
    guard let set = sets.first(where: { String(cString: cminilm_name($0)) == asked }), cminilm_supports(set)
    else {
      throw EmbeddingError(code: .unavailable, message: "this processor has no instruction set \"\(asked)\"")
    }
    let embedder = try MiniLMEmbedder(
      folder: ModelFolder(ModelFolder.standardURL()), instructions: set, checksDigests: false)
    while let line = readLine() {
      let texts = try JSONDecoder().decode([String].self, from: Data(line.utf8))
      let clock = ContinuousClock()
      let start = clock.now
      let vectors = try await embedder.embed(texts)
      let seconds = (clock.now - start) / .seconds(1)
      let answer = Answer(seconds: seconds, first: Array(vectors.prefix(embedder.dimension)))
      try FileHandle.standardOutput.write(contentsOf: JSONEncoder().encode(answer) + Data("\n".utf8))
    }
  }
}
