import Explorer
import VectorStore

/// In which numbers the results say how near they are; their order stays that of the index.
public enum ScoreLens: Sendable, Hashable {
  /// What the index reports.
  case index
  case squaredL2, l2, cosine, innerProduct
  /// What LangChain makes of the index's score.
  case relevance(DistanceStrategy)

  /// The lenses that say something new for an index of this metric, in the order in which a key goes through them.
  static func all(for metric: Metric) -> [ScoreLens] {
    let numbers: [ScoreLens] = [.squaredL2, .l2, .cosine, .innerProduct]
    let own: ScoreLens = metric == .innerProduct ? .innerProduct : .squaredL2
    return [.index] + numbers.filter { $0 != own } + [.relevance(strategy(for: metric))]
  }

  /// LangChain's strategy for an index of this metric, as far as the index tells.
  private static func strategy(for metric: Metric) -> DistanceStrategy {
    metric == .innerProduct ? .maxInnerProduct : .euclideanDistance
  }

  static let names = "index, l2sq, l2, cosine, dot, relevance, relevance-ip, relevance-cosine"

  init?(written name: String, metric: Metric) {
    switch name {
    case "index", "none": self = .index
    case "l2sq", "l2²": self = .squaredL2
    case "l2": self = .l2
    case "cosine": self = .cosine
    case "dot", "ip": self = .innerProduct
    case "relevance": self = .relevance(Self.strategy(for: metric))
    default:
      guard name.hasPrefix("relevance-"), let strategy = DistanceStrategy(written: String(name.dropFirst(10)))
      else { return nil }
      self = .relevance(strategy)
    }
  }

  func next(for metric: Metric) -> ScoreLens {
    let all = Self.all(for: metric)
    return all[((all.firstIndex(of: self) ?? -1) + 1) % all.count]
  }

  /// The number for a hit; nil where the index cannot give its vectors back, or LangChain has no formula.
  func value(of hit: Hit) -> Double? {
    switch self {
    case .index: Double(hit.score)
    case .squaredL2: hit.measures?.squaredL2
    case .l2: hit.measures?.squaredL2.squareRoot()
    case .cosine: hit.measures?.cosine
    case .innerProduct: hit.measures?.innerProduct
    case .relevance(let strategy): try? strategy.relevance(of: hit.score)
    }
  }

  /// The name over the column.
  func title(_ metric: Metric) -> String {
    switch self {
    case .index: metric.columnTitle
    case .squaredL2: Metric.squaredL2.columnTitle
    case .l2: "L2"
    case .cosine: "cosine"
    case .innerProduct: Metric.innerProduct.columnTitle
    case .relevance: "relev."
    }
  }

  /// Which way is nearer.
  func largerIsNearer(_ metric: Metric) -> Bool {
    switch self {
    case .index: metric.largerIsNearer
    case .squaredL2, .l2: false
    case .cosine, .innerProduct: true
    // LangChain's formula for the inner product is upside down.
    case .relevance(let strategy): strategy != .maxInnerProduct
    }
  }

  /// One line that says what the numbers are, short enough for a title.
  func legend(_ metric: Metric) -> String {
    let direction = largerIsNearer(metric) ? "higher is nearer" : "lower is nearer"
    let name =
      switch self {
      case .relevance: "relevance"
      case .innerProduct: "inner product"
      case .index where metric == .innerProduct: "inner product"
      default: title(metric)
      }
    return "\(name), \(direction)"
  }

  /// The legend, with the formula where there is one.
  func explanation(_ metric: Metric) -> String {
    guard case .relevance(let strategy) = self else { return legend(metric) }
    return legend(metric) + "; as LangChain works it out for \(strategy.rawValue)"
  }

  /// True for a relevance that is none: LangChain warns of those outside 0 to 1.
  func isOdd(_ value: Double) -> Bool {
    if case .relevance = self { return !(0...1).contains(value) }
    return false
  }

  /// How near a hit is in all numbers, for the document pane.
  static func summary(of hit: Hit, _ metric: Metric) -> [(text: String, isOdd: Bool)] {
    all(for: metric).dropFirst().compactMap { lens in
      lens.value(of: hit).map {
        let name = if case .relevance = lens { "relevance" } else { lens.title(metric) }
        return ("\(name) \(NumberText.fixed($0, decimals: 4))", lens.isOdd($0))
      }
    }
  }
}
