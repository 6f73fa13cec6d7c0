/// A step that vectors pass before an index sees them.
struct TransformFields {
  let name: String
  let input: Int
  let output: Int
}

extension FaissFile.Inspection {
  private static let linear: Set<FourCC> = ["rrot", "LTra", "PCAm", "PcAm", "Pcam", "Viqm"]
  private static let every: Set<FourCC> = linear.union(["RmDT", "VNrm", "VCnt", "Viqt"])
  /// faiss's factory chains two or three.
  private static let longestChain = 64

  /// `IndexPreTransform`: transforms one after the other, then an index.
  mutating func preTransform(_ code: FourCC) throws(FaissError) -> FaissFile {
    var file = try header(
      code, className: "IndexPreTransform", typeName: "transform", metrics: FaissVersions.flatMetrics)
    let length = try cursor.number("the number of transforms", in: 0...Self.longestChain)
    var names: [String] = []
    var dimension = file.dimension
    for _ in 0..<length {
      let start = cursor.offset
      let step = try transform(among: Self.every, trained: true)
      try check(
        step.input == dimension, "expected a transform of \(dimension) components, found \(step.input)",
        at: start)
      dimension = step.output
      names.append(step.name)
    }
    let innerAt = cursor.offset
    let inner = try index()
    try check(inner, is: "the transformed index", of: file, dimension: dimension, at: innerAt)
    // A transform can make a query of ordinary values into one that such a graph cannot sort by.
    guard !inner.hasStrictLimit else {
      throw .unsupported("\(inner.typeName) behind a transform is not served", at: innerAt)
    }
    file.typeName = (names + [inner.typeName]).joined(separator: ", then ")
    file.parameters = inner.parameters
    file.hasOwnLabels = inner.hasOwnLabels
    file.answerLimit = inner.answerLimit
    return file
  }

  /// `read_VectorTransform`, whose sizes stand after the data that they are about.
  ///
  /// - Parameter trained: false when an untrained one will do, because nothing is passed through it.
  mutating func transform(among allowed: Set<FourCC>, trained: Bool) throws(FaissError) -> TransformFields {
    let start = cursor.offset
    let code = try cursor.fourCC("the transform")
    guard allowed.contains(code) else {
      guard !Self.every.contains(code) else {
        throw .malformed("expected another transform than \"\(code.text)\"", at: start)
      }
      throw FaissVersions.refusal(ofTransform: code, at: start)
    }
    if Self.linear.contains(code) { return try linearTransform(code, trained: trained, at: start) }
    switch code {
    case "RmDT":
      let map = try cursor.vector(of: Int32.self, "the map of components")
      let sizes = try transformSizes("component map", trained: trained)
      try check(
        map.count == sizes.output, "expected a map of \(sizes.output) components, found \(map.count)",
        at: start)
      for place in 0..<map.count where !(-1..<Int32(sizes.input)).contains(map[place]) {
        throw .malformed(
          "expected a component of -1 to \(sizes.input - 1), found \(map[place])", at: map.offset(of: place))
      }
      return sizes
    case "VNrm":
      let norm = try cursor.float("the norm")
      guard norm == 2 else {
        throw .unsupported("a normalization by the norm \(norm) is not served", at: start)
      }
      return try squareTransform("L2 normalization", trained: trained, at: start)
    case "VCnt":
      let mean = try cursor.vector(of: UInt32.self, "the mean")
      let sizes = try squareTransform("centering", trained: trained, at: start)
      try check(
        mean.count == sizes.input, "expected a mean of \(sizes.input), found \(mean.count)", at: start)
      return sizes
    default:
      return try iterativeQuantization(trained: trained, at: start)
    }
  }

  /// A matrix, after what only its kind has.
  private mutating func linearTransform(
    _ code: FourCC, trained: Bool, at start: Int
  ) throws(FaissError) -> TransformFields {
    var name = "linear transform"
    switch code {
    case "PCAm", "PcAm", "Pcam":
      name = "PCA"
      _ = try cursor.float("eigen_power")
      if code == "Pcam" { _ = try cursor.float("epsilon") }
      _ = try cursor.flag("random_rotation")
      if code != "PCAm" { _ = try cursor.int32("balanced_bins") }
      _ = try cursor.vector(of: UInt32.self, "the mean")
      _ = try cursor.vector(of: UInt32.self, "the eigenvalues")
      _ = try cursor.vector(of: UInt32.self, "the principal components")
    case "Viqm":
      name = "ITQ rotation"
      _ = try cursor.run(8, "max_iter and seed")
    case "rrot":
      name = "random rotation"
    default:
      break
    }
    let hasBias = try cursor.flag("have_bias")
    let matrix = try cursor.vector(of: UInt32.self, "the matrix")
    let bias = try cursor.vector(of: UInt32.self, "the bias")
    let sizes = try transformSizes(name, trained: trained)
    try check(
      !trained || matrix.count >= sizes.input * sizes.output,
      "expected a matrix of \(sizes.input) x \(sizes.output), found \(matrix.count) elements", at: start)
    try check(
      !hasBias || bias.count >= sizes.output, "expected a bias of \(sizes.output), found \(bias.count)",
      at: start)
    return sizes
  }

  /// `ITQTransform`: centering, then one matrix; the other is only kept.
  private mutating func iterativeQuantization(trained: Bool, at start: Int) throws(FaissError)
    -> TransformFields
  {
    let mean = try cursor.vector(of: UInt32.self, "the mean")
    _ = try cursor.flag("do_pca")
    _ = try transform(among: ["Viqm"], trained: false)
    let matrix = try transform(among: Self.linear, trained: trained)
    let sizes = try transformSizes("ITQ", trained: trained)
    try check(
      mean.count == sizes.input && matrix.input == sizes.input && matrix.output == sizes.output,
      "expected a mean of \(sizes.input) and a matrix of \(sizes.input) x \(sizes.output), "
        + "found \(mean.count) and \(matrix.input) x \(matrix.output)", at: start)
    return sizes
  }

  private mutating func squareTransform(
    _ name: String, trained: Bool, at start: Int
  ) throws(FaissError) -> TransformFields {
    let sizes = try transformSizes(name, trained: trained)
    try check(
      sizes.input == sizes.output,
      "expected as many components out as in, found \(sizes.input) and \(sizes.output)",
      at: start)
    return sizes
  }

  private mutating func transformSizes(_ name: String, trained: Bool) throws(FaissError) -> TransformFields {
    let input = try number("a transform's input size", upTo: .dimension)
    let output = try number("a transform's output size", upTo: .dimension)
    let trainedAt = cursor.offset
    let isTrained = try cursor.flag("a transform's is_trained")
    guard isTrained || !trained else {
      throw .unsupported("a transform (\(name)) was never trained", at: trainedAt)
    }
    return TransformFields(name: name, input: input, output: output)
  }
}
