/// What the linked faiss (1.7.3) knows, and which release brought what it does not know.
///
/// From the codes that each release of faiss reads (impl/index_read.cpp), its metrics (MetricType.h) and its scalar
/// quantizers (impl/ScalarQuantizer.h).
enum FaissVersions {
  /// The metrics that every type can search with: inner product and squared L2.
  static let commonMetrics: Set<Int32> = [0, 1]
  /// The metrics that flat vectors can be searched with.
  static let flatMetrics: Set<Int32> = [0, 1, 2, 3, 4, 20, 21, 22]

  static func metricName(_ metric: Int32) -> String { metricNames[metric] ?? "metric \(metric)" }

  /// Whether an index of any faiss begins so.
  static func isType(_ code: FourCC) -> Bool {
    servedTypes.contains(code) || newerTypes[code] != nil || binaryTypes[code] != nil
      || uncheckedTypes[code] != nil
  }

  /// Why an index with this code cannot be opened.
  static func refusal(of code: FourCC, at offset: Int) -> FaissError {
    if let (name, release) = newerTypes[code] {
      return .unsupported("\(name) (\(code.text)) needs faiss \(release) or later, this is 1.7.3", at: offset)
    }
    if let name = binaryTypes[code] {
      return FaissError(
        code: .notAnIndex,
        message: "\(name) (\(code.text)) holds bit strings, not floats, at byte \(offset); "
          + "expected an index of float vectors")
    }
    if let name = uncheckedTypes[code] {
      return .unsupported(
        "\(name) (\(code.text)) cannot be checked before faiss reads it, so it is not opened", at: offset)
    }
    // At the very beginning it is more likely another file than a damaged one.
    return offset == 0
      ? FaissError(
        code: .notAnIndex,
        message: "expected a faiss index, found a file that begins with \"\(code.text)\"; check the path")
      : .malformed("expected the four characters of an index type, found \"\(code.text)\"", at: offset)
  }

  /// Why an index of this type cannot be searched with this metric.
  static func refusal(ofMetric metric: Int32, for typeName: String, at offset: Int) -> FaissError {
    if let release = newerMetrics[metric] {
      return .unsupported(
        "the metric \(metricName(metric)) (\(metric)) needs faiss \(release) or later, this is 1.7.3",
        at: offset)
    }
    guard let name = metricNames[metric] else {
      return .malformed("expected the number of a metric, found \(metric)", at: offset)
    }
    return .unsupported("\(typeName) cannot be searched with the metric \(name) (\(metric))", at: offset)
  }

  /// Why a scalar quantizer of this type cannot be used.
  static func refusal(ofQuantizer type: Int32, at offset: Int) -> FaissError {
    let newer: (name: String, release: String)? =
      switch type {
      case 7: ("bf16", "1.9.0")
      case 8: ("8-bit direct signed", "1.9.0")
      case 9: ("0-bit", "1.14.2")
      case 10...14: ("TurboQuant MSE", "1.14.2")
      case 15...18: ("TurboQuant", "1.14.3")
      case 19...26: ("EDEN", "1.15.0")
      default: nil
      }
    guard let newer else {
      return .malformed("expected a scalar quantizer type of 0 to 6, found \(type)", at: offset)
    }
    return .unsupported(
      "scalar quantizer \(newer.name) (type \(type)) needs faiss \(newer.release) or later, this is 1.7.3",
      at: offset)
  }

  /// Why a transform of vectors cannot be applied.
  static func refusal(ofTransform code: FourCC, at offset: Int) -> FaissError {
    code == "HRot"
      ? .unsupported("the Hadamard rotation (HRot) needs faiss 1.14.1 or later, this is 1.7.3", at: offset)
      : .malformed("expected the four characters of a transform, found \"\(code.text)\"", at: offset)
  }

  /// Why a form of inverted lists cannot be read; `code` is known not to be "ilar" or "ilbl".
  static func refusal(ofLists code: FourCC, at offset: Int) -> FaissError {
    switch code {
    case "ilod":
      .unsupported(
        "the inverted lists are in another file that this one names (ilod), and such a name could be of any file; "
          + "read the index where it was made and write it with its lists inside", at: offset)
    case "il00":
      .unsupported(
        "the index was written without its inverted lists (il00), so it holds no vectors", at: offset)
    case "ilpn", "ilp2":
      .unsupported(
        "Panorama inverted lists (\(code.text)) need faiss \(code == "ilpn" ? "1.13.0" : "1.14.2") or later, "
          + "this is 1.7.3", at: offset)
    default:
      .malformed("expected inverted lists (ilar or ilbl), found \"\(code.text)\"", at: offset)
    }
  }

  private static let metricNames: [Int32: String] = [
    0: "inner product", 1: "L2", 2: "L1", 3: "Linf", 4: "Lp", 20: "canberra", 21: "bray-curtis",
    22: "jensen-shannon", 23: "jaccard", 24: "nan-euclidean", 25: "gower",
  ]

  private static let newerMetrics: [Int32: String] = [23: "1.8.0", 24: "1.9.0", 25: "1.12.0"]

  private static let servedTypes: Set<FourCC> = [
    "IxF2", "IxFI", "IxFl", "IxMp", "IxM2", "IxPT", "IxRF", "IxSQ", "IxPQ", "IxPo", "IxPq", "IPfs", "IxHe",
    "IwFl",
    "IwFd", "IwSQ", "IwSq", "IwPQ", "IwQR", "IwPf", "IHNf", "IHNp", "IHNs", "INSf", "INNf",
  ]

  private static let newerTypes: [FourCC: (name: String, release: String)] = [
    "IwIQ": ("IVF with an independent quantizer", "1.8.0"),
    "IHNc": ("HNSW CAGRA", "1.9.0"),
    "null": ("an index without one of its parts", "1.9.0"),
    "Ixrq": ("RaBitQ", "1.11.0"),
    "Iwrq": ("IVF RaBitQ", "1.11.0"),
    "IHc2": ("HNSW CAGRA", "1.12.0"),
    "IBHc": ("binary HNSW CAGRA", "1.12.0"),
    "Irfs": ("RaBitQ fast scan", "1.13.0"),
    "Iwrf": ("IVF RaBitQ fast scan", "1.13.0"),
    "IwPn": ("IVF flat Panorama", "1.13.0"),
    "IxFP": ("flat Panorama", "1.13.2"),
    "IHfP": ("HNSW flat Panorama", "1.13.2"),
    "IxRP": ("refine Panorama", "1.13.2"),
    "Ixrr": ("multi-bit RaBitQ", "1.13.2"),
    "Iwrr": ("IVF multi-bit RaBitQ", "1.13.2"),
    "ILVQ": ("SVS Vamana LVQ", "1.13.2"),
    "ISVD": ("SVS Vamana", "1.13.2"),
    "ISVF": ("SVS flat", "1.13.2"),
    "ISVL": ("SVS Vamana LeanVec", "1.13.2"),
    "IxFp": ("flat Panorama", "1.14.0"),
    "Irfn": ("RaBitQ fast scan", "1.14.0"),
    "Iwrn": ("IVF RaBitQ fast scan", "1.14.0"),
    "ISV2": ("SVS Vamana", "1.14.2"),
    "ISID": ("SVS IVF", "1.14.2"),
    "ISIL": ("SVS IVF LeanVec", "1.14.2"),
    "ISIQ": ("SVS IVF LVQ", "1.14.2"),
    "IwP2": ("IVF flat Panorama", "1.14.2"),
    "IH00": ("HNSW over any index", "1.15.0"),
    "IxEd": ("EDEN", "1.15.0"),
    "IxEe": ("EDEN", "1.15.0"),
    "IwEd": ("IVF EDEN", "1.15.0"),
    "IwEe": ("IVF EDEN", "1.15.0"),
  ]

  private static let binaryTypes: [FourCC: String] = [
    "IBxF": "a binary flat index", "IBwF": "a binary IVF index", "IBHf": "a binary HNSW index",
    "IBHh": "a binary hash index", "IBHm": "a binary multi-hash index", "IBMp": "a binary id map",
    "IBM2": "a binary id map", "IBFf": "a binary index made from floats",
  ]

  private static let uncheckedTypes: [FourCC: String] = [
    "IxRQ": "residual quantizer", "IxRq": "residual quantizer", "IxLS": "local search quantizer",
    "IxPR": "product residual quantizer", "IxPL": "product local search quantizer",
    "ImRQ": "residual coarse quantizer", "ILfs": "local search quantizer fast scan",
    "IRfs": "residual quantizer fast scan", "IPRf": "product residual quantizer fast scan",
    "IPLf": "product local search quantizer fast scan", "IVLf": "IVF local search quantizer fast scan",
    "IVRf": "IVF residual quantizer fast scan", "NPLf": "IVF product local search quantizer fast scan",
    "NPRf": "IVF product residual quantizer fast scan", "IvFl": "IVF flat in its form before 2018",
    "IvFL": "IVF flat in its form before 2018", "IvSQ": "IVF scalar quantizer in its form before 2018",
    "IvPQ": "IVF PQ in its form before 2018", "IvQR": "IVF PQ with refinement in its form before 2018",
    "IxLa": "lattice", "IwLS": "IVF local search quantizer", "IwRQ": "IVF residual quantizer",
    "IwPL": "IVF product local search quantizer", "IwPR": "IVF product residual quantizer",
    "IwSh": "IVF spectral hash", "Imiq": "multi-index quantizer", "Ix2L": "two-layer index",
    "IHN2": "HNSW over a two-layer index", "IRMf": "row-wise min-max", "IRMh": "row-wise min-max fp16",
    "IxHE": "LSH in its form before 2017", "INSp": "NSG over PQ", "INSs": "NSG over a scalar quantizer",
  ]
}
