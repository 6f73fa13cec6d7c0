/// An error as LangChain raises it: the Python class and its words.
public struct LangChainError: Error, Hashable, CustomStringConvertible {
  /// "ValueError", "AssertionError", "KeyError", "RuntimeError", "IndexError".
  public var type: String
  /// May be empty, as that of an assertion is.
  public var message: String

  public init(_ type: String, _ message: String) {
    self.type = type
    self.message = message
  }

  public var description: String { message.isEmpty ? type : "\(type): \(message)" }

  static func value(_ message: String) -> LangChainError { LangChainError("ValueError", message) }
}

/// How LangChain's `distance_strategy` makes an index, keeps a threshold, and turns scores into relevance.
public enum DistanceStrategy: String, Sendable, Hashable, CaseIterable {
  case euclideanDistance = "EUCLIDEAN_DISTANCE"
  case maxInnerProduct = "MAX_INNER_PRODUCT"
  case dotProduct = "DOT_PRODUCT"
  case jaccard = "JACCARD"
  case cosine = "COSINE"

  /// By LangChain's name in any case, or a short one: l2, ip.
  public init?(written name: String) {
    let short: [String: DistanceStrategy] = ["l2": .euclideanDistance, "ip": .maxInnerProduct]
    guard let strategy = short[name.lowercased()] ?? DistanceStrategy(rawValue: name.uppercased()) else {
      return nil
    }
    self = strategy
  }

  /// The metric of the index that it makes; all but one make L2, cosine too.
  public var metric: Metric { self == .maxInnerProduct ? .innerProduct : .squaredL2 }

  /// Whether a threshold keeps scores that are not smaller; else those that are not larger.
  public var keepsLarger: Bool { self == .maxInnerProduct || self == .jaccard }

  /// LangChain's relevance of a score.
  ///
  /// Its formulas are for other numbers than it gives them: Euclid's and the cosine's get squared distances, and
  /// the inner product's is upside down. Throws ``LangChainError`` for strategies without one.
  public func relevance(of score: Float) throws(LangChainError) -> Double {
    let score = Double(score)
    switch self {
    case .euclideanDistance: return 1 - score / 2.0.squareRoot()
    case .cosine: return 1 - score
    case .maxInnerProduct: return score > 0 ? 1 - score : -score
    case .dotProduct, .jaccard:
      throw .value("Unknown distance strategy, must be cosine, max_inner_product, or euclidean")
    }
  }
}
