import Foundation

/// all-MiniLM-L6-v2 of sentence-transformers, computed in this process.
///
/// Vectors have 384 numbers and length 1, and are within 2e-6 of those that sentence-transformers gives. Source:
/// Reimers and Gurevych, "Sentence-BERT", 2019; Wang et al., "MiniLM", 2020.
public final class MiniLMEmbedder: Embedder {
  /// Numbers per vector.
  public static let dimension = 384
  public let precision: MiniLMPrecision
  public let tokenizer: WordPieceTokenizer
  private let encoder: SentenceEncoder

  public var name: String { precision == .float32 ? "MiniLM-L6" : "MiniLM-L6 bf16" }
  public var isLexical: Bool { false }
  public var dimension: Int { encoder.dimension }

  /// Texts tokenized at a time: enough for the encoder to share out, few enough to be cancelled soon.
  private static let batchSize = 512

  /// Loads the model: about a tenth of a second, and 45 MB of memory.
  ///
  /// - Throws: ``EmbeddingError``: `unavailable` when a file is missing or the processor lacks the precision,
  ///   `modelDamaged` when a file is not the model's.
  public init(folder: ModelFolder, precision: MiniLMPrecision = .float32, checksDigests: Bool = true) throws {
    guard precision.isAvailable else {
      throw EmbeddingError(
        code: .unavailable, message: "this processor cannot compute in \(precision.rawValue); use float32")
    }
    self.precision = precision
    let weights = try MiniLMLoader.weights(
      of: folder, instructions: precision.instructions, checksDigests: checksDigests)
    tokenizer = WordPieceTokenizer(vocabulary: try Vocabulary(contentsOf: folder.vocabulary))
    guard tokenizer.vocabulary.count == weights.shape.vocabulary else {
      throw EmbeddingError(
        code: .modelDamaged,
        message: "\(folder.vocabulary.path) has \(tokenizer.vocabulary.count) pieces, "
          + "the weights are for \(weights.shape.vocabulary)")
    }
    encoder = SentenceEncoder(weights)
  }

  public func embed(
    _ texts: [String], progress: @Sendable (EmbeddingProgress) -> Void
  ) async throws -> [Float] {
    var vectors: [Float] = []
    vectors.reserveCapacity(texts.count * dimension)
    for start in stride(from: 0, to: texts.count, by: Self.batchSize) {
      let batch = texts[start..<min(start + Self.batchSize, texts.count)]
      let sequences = batch.map { tokenizer.tokenize($0).ids }
      vectors += try await encoder.encode(sequences) { completed in
        progress(EmbeddingProgress(completed: start + completed, total: texts.count))
      }
    }
    return vectors
  }

  public func cutsOff(_ text: String) -> Bool {
    // A piece has at least one byte, so most texts need no second look.
    text.utf8.count > WordPieceTokenizer.maximumLength - 2 && tokenizer.tokenize(text).isTruncated
  }
}
