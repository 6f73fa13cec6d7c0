/// Chooses `k` of the candidates by maximal marginal relevance (Carbonell and Goldstein 1998).
///
/// The first pick is the candidate most similar to the query; then repeatedly the one with the
/// largest `lambda * sim(query, x) - (1 - lambda) * max sim(picked, x)`, the first on ties, until
/// `min(k, candidates)` are chosen. Similarity is the cosine, 0 where a vector has no length, for
/// every metric, as LangChain's `maximal_marginal_relevance` does. `lambda` is not limited to 0...1.
///
/// - Returns: indices into `candidates` in the order chosen.
/// - Complexity: O(k · candidates · dimension).
public func maximalMarginalRelevance(
  query: [Float], candidates: [[Float]], lambda: Double, k: Int
) -> [Int] {
  let relevance = candidates.map { cosine(query, $0) }
  var redundancy = [Double](repeating: -.infinity, count: candidates.count)
  var picked: [Int] = []
  var isPicked = [Bool](repeating: false, count: candidates.count)
  while picked.count < min(k, candidates.count) {
    var best: (index: Int, value: Double)?
    for index in candidates.indices where !isPicked[index] {
      let value =
        picked.isEmpty ? relevance[index] : lambda * relevance[index] - (1 - lambda) * redundancy[index]
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

private func cosine(_ a: [Float], _ b: [Float]) -> Double {
  var dot = 0.0
  var lengths = (0.0, 0.0)
  for (x, y) in zip(a, b) {
    dot += Double(x) * Double(y)
    lengths.0 += Double(x) * Double(x)
    lengths.1 += Double(y) * Double(y)
  }
  let value = dot / (lengths.0.squareRoot() * lengths.1.squareRoot())
  return value.isFinite ? value : 0
}
