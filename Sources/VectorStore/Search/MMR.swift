import CScan

/// A choice by maximal marginal relevance (Carbonell and Goldstein 1998), with the reasons for it.
///
/// The first pick is the candidate most similar to the query; then repeatedly the one with the
/// largest `lambda * sim(query, x) - (1 - lambda) * max sim(picked, x)`, the first on ties, until
/// `min(k, candidates)` are chosen. Similarity is the cosine, 0 where a vector has no length, for
/// every metric, as LangChain's `maximal_marginal_relevance` does. `lambda` is not limited to 0...1.
/// All of it is Float32, as under numpy 2, so that near ties fall as they do there.
public struct MMRChoice: Sendable, Hashable {
  /// How a candidate fared.
  public struct Candidate: Sendable, Hashable {
    /// The cosine with the query.
    public var relevance: Float
    /// The largest cosine with one that was picked before it; nil for the first pick.
    ///
    /// For those not chosen: with any that was picked.
    public var redundancy: Redundancy?
    /// What candidates are compared by: relevance alone for the first pick.
    public var value: Float
    /// The place among the picks, counted from 0; nil when it was not chosen.
    public var place: Int?
  }

  public struct Redundancy: Sendable, Hashable {
    public var cosine: Float
    /// Which of ``MMRChoice/picked``, counted from 0.
    public var pick: Int
  }

  /// Indices into the candidates in the order chosen.
  public private(set) var picked: [Int] = []
  /// All candidates, in the order given.
  public private(set) var candidates: [Candidate]

  /// Chooses `k` of the candidates.
  ///
  /// - Complexity: O(k · candidates · dimension).
  public init(query: [Float], candidates vectors: [[Float]], lambda: Double, k: Int) {
    candidates = vectors.map {
      let relevance = cosine(query, $0)
      return Candidate(relevance: relevance, redundancy: nil, value: relevance, place: nil)
    }
    while picked.count < min(k, vectors.count) {
      var best: Int?
      for index in candidates.indices where candidates[index].place == nil {
        if best.map({ candidates[index].value > candidates[$0].value }) ?? true { best = index }
      }
      guard let best else { return }
      candidates[best].place = picked.count
      for index in candidates.indices where candidates[index].place == nil {
        candidates[index].hold(
          against: cosine(vectors[best], vectors[index]), of: picked.count, lambda: lambda)
      }
      picked.append(best)
    }
  }
}

extension MMRChoice.Candidate {
  /// Takes note of a pick that it resembles.
  fileprivate mutating func hold(against cosine: Float, of pick: Int, lambda: Double) {
    if redundancy.map({ cosine > $0.cosine }) ?? true {
      redundancy = MMRChoice.Redundancy(cosine: cosine, pick: pick)
    }
    guard let redundancy else { return }
    value = Float(lambda) * relevance - Float(1 - lambda) * redundancy.cosine
  }
}

private func cosine(_ a: [Float], _ b: [Float]) -> Float {
  let value = dot(a, b) / (dot(a, a).squareRoot() * dot(b, b).squareRoot())
  return value.isFinite ? value : 0
}

private func dot(_ a: [Float], _ b: [Float]) -> Float {
  precondition(a.count == b.count)
  var score: Float = 0
  a.withUnsafeBytes { rows in
    guard let base = rows.baseAddress else { return }
    cscan_inner_product(b, base, 1, b.count, &score)
  }
  return score
}
