import VectorStore

/// How near two vectors are, in every way that people count it; in double precision from the stored floats.
public struct Measures: Sendable, Hashable {
  public var squaredL2: Double
  public var innerProduct: Double
  /// From -1 to 1; NaN when a vector has length 0.
  public var cosine: Double

  public init(squaredL2: Double, innerProduct: Double, cosine: Double) {
    self.squaredL2 = squaredL2
    self.innerProduct = innerProduct
    self.cosine = cosine
  }

  /// Of two vectors of one dimension.
  public init(_ query: [Float], _ vector: [Float]) {
    var (squaredL2, innerProduct, querySquares, vectorSquares) = (0.0, 0.0, 0.0, 0.0)
    for (a, b) in zip(query, vector) {
      let (a, b) = (Double(a), Double(b))
      squaredL2 += (a - b) * (a - b)
      innerProduct += a * b
      querySquares += a * a
      vectorSquares += b * b
    }
    self.init(
      squaredL2: squaredL2, innerProduct: innerProduct,
      cosine: innerProduct / (querySquares * vectorSquares).squareRoot())
  }
}
