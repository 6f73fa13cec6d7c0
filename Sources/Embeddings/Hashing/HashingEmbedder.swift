import Foundation

/// Embeds texts by the words and letter groups they contain: signed feature hashing, without a model.
///
/// Source: Weinberger, Dasgupta, Langford, Smola and Attenberg, "Feature Hashing for Large Scale
/// Multitask Learning", ICML 2009. Stored vectors depend on every detail, so this is a contract:
///
/// 1. Each Unicode scalar is lower-cased by its simple mapping. No other normalisation takes place.
/// 2. Words are maximal runs of letters and digits (general categories L and N) and of the marks
///    (M) that follow them. A mark never begins a word. A letter or digit in one of the ranges of
///    Han, kana and hangul syllables (``WordSplitter``) is a word of its own.
/// 3. A word has a length factor: 0.1 up to two scalars, 0.2 for three, 0.5 for four and 1 for more,
///    and always 1 for a character that is a word of its own. (Short words are mostly the glue that
///    every text shares: the, und, que.) It gives these features: `w:` + word with weight 1; after
///    an earlier word, `p:` + that word + a space + word with weight 0.5; and `t:` + each three
///    scalars in a row of `^` + word + `$` with weight 0.3. Weights are multiplied by the length
///    factor, for a pair by the smaller one.
///    A text without words gives `c:` + each of its scalars outside the categories Z and C, with
///    weight 1; a text without those gives the one feature `e:`. (The zero vector would be nearer
///    to every query than any document with a cosine below one half.)
/// 4. A feature is known by the 64-bit FNV-1a hash of its UTF-8 bytes. Its bucket is the hash modulo
///    the dimension, its sign negative when bit 63 is set. A feature found n times adds
///    sign × weight × (1 + ln n) to its bucket, with the largest weight it was found with.
/// 5. Features are added in double precision in the order of their first occurrence, words from left
///    to right and for each word as in 3. The sum is divided by its L2 norm in double precision and
///    rounded to Float32. Only where features cancel out exactly is it the zero vector.
///
/// Unassigned characters follow the Unicode version of the Swift standard library in use.
/// `scripts/hashing_embedder.py` is an independent twin.
public struct HashingEmbedder: Embedder {
  public let dimension: Int
  public var name: String { "hashing" }
  public var isLexical: Bool { true }

  /// Texts between two looks at cancellation: a few milliseconds of work.
  private static let batchSize = 128

  /// Makes an embedder of any dimension; 256 and more keep collisions rare in short texts.
  ///
  /// - Precondition: `dimension` is at least 1.
  public init(dimension: Int) {
    precondition(dimension >= 1, "an embedder needs at least one dimension")
    self.dimension = dimension
  }

  public func embed(
    _ texts: [String], progress: @Sendable (EmbeddingProgress) -> Void
  ) async throws -> [Float] {
    try Task.checkCancellation()
    var vectors = [Float](repeating: 0, count: texts.count * dimension)
    var starts = stride(from: 0, to: texts.count, by: Self.batchSize).makeIterator()
    try await withThrowingTaskGroup(of: Batch.self) { group in
      func addNext() {
        guard let start = starts.next() else { return }
        let rows = start..<min(start + Self.batchSize, texts.count)
        group.addTask {
          try Task.checkCancellation()
          return Batch(rows: rows, vectors: texts[rows].flatMap(vector(of:)))
        }
      }
      for _ in 0..<ProcessInfo.processInfo.activeProcessorCount { addNext() }

      var completed = 0
      while let batch = try await group.next() {
        let place = batch.rows.lowerBound * dimension..<batch.rows.upperBound * dimension
        vectors.replaceSubrange(place, with: batch.vectors)
        completed += batch.rows.count
        progress(EmbeddingProgress(completed: completed, total: texts.count))
        try Task.checkCancellation()
        addNext()
      }
    }
    return vectors
  }

  /// The vector of one text, `dimension` numbers of norm 1 or all zero.
  func vector(of text: String) -> [Float] {
    var sums = [Double](repeating: 0, count: dimension)
    for feature in TextFeatures(of: text).ordered {
      let bucket = Int(feature.hash % UInt64(dimension))
      let damped = feature.weight * (1 + log(Double(feature.count)))
      sums[bucket] += feature.hash >> 63 == 1 ? -damped : damped
    }
    let norm = sums.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return norm > 0 ? sums.map { Float($0 / norm) } : [Float](repeating: 0, count: dimension)
  }

  private struct Batch: Sendable {
    var rows: Range<Int>
    var vectors: [Float]
  }
}
