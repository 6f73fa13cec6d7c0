import Embeddings
import VectorStore

/// Whether an embedder made the vectors of a store: a few documents embedded again and compared.
public struct EmbedderProbe: Sendable, Hashable {
  /// Documents that were embedded again.
  public var asked: Int
  /// Those whose stored vector points where the new one does, up to what quantizers lose.
  public var agreed: Int
  /// The largest difference between numbers of agreeing vectors, after scaling them to the stored length.
  public var difference: Float
  /// The mean cosine of stored and new vectors.
  public var meanCosine: Double

  /// The cosine from which vectors count as equal: half precision keeps 0.9999, eight bits 0.99, and
  /// another model's vectors lie far below.
  static let leastCosine = 0.98
  /// Enough to be sure, few enough to take a moment.
  static let sampleSize = 12

  /// True when at least three quarters agree: single documents may have been edited since.
  public var fits: Bool { asked > 0 && agreed * 4 >= asked * 3 }

  /// Embeds up to ``sampleSize`` documents of `version`, spread over its rows.
  ///
  /// Nil when there is nothing to compare: no documents with text, or an index that does not give its
  /// vectors back. Throws what the embedder throws.
  static func compare(_ version: StoreVersion, with embedder: any Embedder) async throws -> EmbedderProbe? {
    var texts: [String] = []
    var stored: [[Float]] = []
    let step = max(1, version.count / sampleSize)
    for row in stride(from: 0, to: version.count, by: step) where texts.count < sampleSize {
      let text = version.document(atRow: row).content.string
      guard text.contains(where: { !$0.isWhitespace }), let vector = try? version.vector(atRow: row) else {
        continue
      }
      texts.append(text)
      stored.append(vector)
    }
    guard !texts.isEmpty else { return nil }
    let dimension = version.dimension
    let vectors = try await embedder.embed(texts)
    guard vectors.count == texts.count * dimension else {
      return EmbedderProbe(asked: texts.count, agreed: 0, difference: 0, meanCosine: 0)
    }
    var probe = EmbedderProbe(asked: texts.count, agreed: 0, difference: 0, meanCosine: 0)
    for (number, old) in stored.enumerated() {
      probe.add(old, vectors[number * dimension..<(number + 1) * dimension])
    }
    probe.meanCosine /= Double(texts.count)
    return probe
  }

  private mutating func add(_ old: [Float], _ new: ArraySlice<Float>) {
    var (dot, oldSquare, newSquare) = (0.0, 0.0, 0.0)
    for (a, b) in zip(old, new) {
      dot += Double(a) * Double(b)
      oldSquare += Double(a) * Double(a)
      newSquare += Double(b) * Double(b)
    }
    guard oldSquare > 0, newSquare > 0 else { return }
    let cosine = dot / (oldSquare * newSquare).squareRoot()
    meanCosine += cosine
    guard cosine >= Self.leastCosine else { return }
    agreed += 1
    let scale = Float((oldSquare / newSquare).squareRoot())
    difference = max(difference, zip(old, new).map { abs($0 - $1 * scale) }.max() ?? 0)
  }
}
