import CScan

/// Chooses `k` of the candidates by maximal marginal relevance (Carbonell and Goldstein 1998).
///
/// The first pick is the candidate most similar to the query; then repeatedly the one with the
/// largest `lambda * sim(query, x) - (1 - lambda) * max sim(picked, x)`, the first on ties, until
/// `min(k, candidates)` are chosen. Similarity is the cosine, 0 where a vector has no length, for
/// every metric, as LangChain's `maximal_marginal_relevance` does. `lambda` is not limited to 0...1.
/// All of it is Float32, as under numpy 2, so that near ties fall as they do there.
///
/// - Returns: indices into `candidates` in the order chosen.
/// - Complexity: O(k · candidates · dimension).
public func maximalMarginalRelevance(
  query: [Float], candidates: [[Float]], lambda: Double, k: Int
) -> [Int] {
  let relevance = candidates.map { cosine(query, $0) }
  var redundancy = [Float](repeating: -Float.infinity, count: candidates.count)
  var picked: [Int] = []
  var isPicked = [Bool](repeating: false, count: candidates.count)
  while picked.count < min(k, candidates.count) {
    var best: (index: Int, value: Float)?
    for index in candidates.indices where !isPicked[index] {
      let value =
        picked.isEmpty
        ? relevance[index] : Float(lambda) * relevance[index] - Float(1 - lambda) * redundancy[index]
      if best.map({ value > $0.value }) ?? true { best = (index, value) }
    }
    guard let best else { break }
    picked.append(best.index)
    isPicked[best.index] = true
    for index in candidates.indices where !isPicked[index] {
      redundancy[index] = max(redundancy[index], cosine(candidates[best.index], candidates[index]))
    }
  }
  return picked
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
