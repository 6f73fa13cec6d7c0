import CMiniLM

/// Embeds texts with sentence-transformers/all-MiniLM-L6-v2 in this process.
///
/// Vectors are those of sentence-transformers within 2e-6 (``MiniLMPrecision/float32``): lower-cased word
/// pieces, at most 256 tokens of a text, six BERT layers, the mean over the tokens, norm 1. Texts are
/// embedded on threads of the embedder's own; requests made at the same time follow one another.
public final class MiniLMEmbedder: Embedder {
  /// Numbers per vector.
  public static let dimension = 384
  public let name: String
  public var isLexical: Bool { false }
  public var dimension: Int { encoder.dimension }
  /// What it computes with: "avx512", "avx2", "portable" or "bfloat16".
  public let instructionSet: String

  public let tokenizer: WordPieceTokenizer
  private let encoder: SentenceEncoder

  /// Texts that are tokenized before the first of them is encoded: a few milliseconds of work.
  private static let sliceSize = 512

  /// Loads the model, in less than a tenth of a second when its files are in the system's cache.
  ///
  /// - Parameters:
  ///   - folder: Where the model's files are.
  ///   - precision: How exactly to compute.
  ///   - checksDigests: Whether to verify the files, as ``ModelFolder/verify()`` does.
  /// - Throws: ``EmbeddingError``: `modelDamaged` when a file is not the model's, `unavailable` when one
  ///   cannot be read or the processor lacks what the precision needs.
  public convenience init(
    folder: ModelFolder, precision: MiniLMPrecision = .float32, checksDigests: Bool = true
  ) throws {
    guard precision.isAvailable else {
      throw EmbeddingError(
        code: .unavailable,
        message:
          "\(precision.rawValue) needs a processor with avx-512 bf16, which this one is not; use float32")
    }
    try self.init(folder: folder, instructions: precision.instructions, checksDigests: checksDigests)
  }

  /// Loads the model for one instruction set, which the processor must have.
  package init(folder: ModelFolder, instructions: cminilm_isa, checksDigests: Bool) throws {
    func load() throws -> (BertWeights, WordPieceTokenizer) {
      let tokenizer = try WordPieceTokenizer(vocabulary: Vocabulary(contentsOf: folder.vocabulary))
      return (try MiniLMLoader.weights(of: folder, instructions: instructions), tokenizer)
    }
    let (weights, tokenizer) = checksDigests ? try MiniLMLoader.verified(folder, load) : try load()
    guard tokenizer.vocabulary.count == weights.shape.vocabulary else {
      throw EmbeddingError(
        code: .modelDamaged,
        message: "\(folder.vocabulary.path) has \(tokenizer.vocabulary.count) pieces, "
          + "the weights are for \(weights.shape.vocabulary)")
    }
    name = instructions == CMINILM_BFLOAT16 ? "MiniLM-L6 bf16" : "MiniLM-L6"
    self.tokenizer = tokenizer
    encoder = SentenceEncoder(weights)
    instructionSet = String(cString: cminilm_name(instructions))
  }

  public func embed(
    _ texts: [String], progress: @Sendable (EmbeddingProgress) -> Void
  ) async throws -> [Float] {
    try Task.checkCancellation()
    var vectors: [Float] = []
    vectors.reserveCapacity(texts.count * dimension)
    for start in stride(from: 0, to: texts.count, by: Self.sliceSize) {
      let slice = texts[start..<min(start + Self.sliceSize, texts.count)]
      vectors += try await encoder.encode(slice.map { tokenizer.tokenize($0).ids }) { completed in
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
