/// How an index compares vectors.
///
/// The score is what the index itself reports.
public enum Metric: Sendable, Hashable {
  /// Squared Euclidean distance; smaller is nearer.
  case squaredL2
  /// Dot product; larger is nearer.
  case innerProduct
  /// Another of faiss's metrics, by its `MetricType` number and `metric_arg`; only faiss computes it.
  case other(type: Int32, argument: Float)

  /// faiss's `MetricType` number.
  public init(faissType: Int32, argument: Float = 0) {
    switch faissType {
    case 0: self = .innerProduct
    case 1: self = .squaredL2
    default: self = .other(type: faissType, argument: argument)
    }
  }

  /// The number that faiss writes for this metric.
  public var faissType: Int32 {
    switch self {
    case .innerProduct: 0
    case .squaredL2: 1
    case .other(let type, _): type
    }
  }

  /// True when a larger score is nearer (inner product and Jaccard).
  public var largerIsNearer: Bool { faissType == 0 || faissType == 23 }

  /// True for L2 and inner product, which are scanned here; only faiss computes the others.
  var isScanned: Bool { self == .squaredL2 || self == .innerProduct }

  /// The name of the metric in `info`: "l2", "inner_product", "canberra".
  public var name: String {
    switch faissType {
    case 0: "inner_product"
    case 1: "l2"
    case 2: "l1"
    case 3: "linf"
    case 4: "lp"
    case 20: "canberra"
    case 21: "bray_curtis"
    case 22: "jensen_shannon"
    case 23: "jaccard"
    case 24: "nan_euclidean"
    case 25: "gower"
    default: "metric_\(faissType)"
    }
  }

  /// The name of the number a hit carries: "squared_l2", "inner_product", or the metric's own.
  public var scoreName: String { self == .squaredL2 ? "squared_l2" : name }
}
