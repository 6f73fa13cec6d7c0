/// The graph of HNSW, as far as other fields depend on it.
private struct Layers {
  /// Where the neighbours of each level begin, within those of one vector; one more than there are levels.
  let starts: FileVector<Int32>
  /// How many levels each vector is on; at least 1.
  let levels: FileVector<Int32>
  let offsets: FileVector<UInt64>
  let neighbors: FileVector<Int32>
}

extension FaissFile.Inspection {
  /// faiss numbers the vectors of a graph with 32 bits.
  private static let largestGraph = Int(Int32.max)

  /// `IndexHNSWFlat`, `IndexHNSWPQ` and `IndexHNSWSQ`: a graph, then the index that computes distances.
  mutating func hierarchicalGraph(_ code: FourCC) throws(FaissError) -> FaissFile {
    let (className, typeName, storages): (String, String, Set<String>) =
      switch code {
      case "IHNf": ("IndexHNSWFlat", "HNSW flat", ["IxF2", "IxFI", "IxFl"])
      case "IHNp": ("IndexHNSWPQ", "HNSW PQ", ["IxPQ", "IxPo", "IxPq"])
      default: ("IndexHNSWSQ", "HNSW scalar quantizer", ["IxSQ"])
      }
    var file = try header(
      code, className: className, typeName: typeName,
      metrics: code == "IHNf" ? FaissVersions.flatMetrics : FaissVersions.commonMetrics)
    try layeredGraph(&file)
    let storageAt = cursor.offset
    let storage = try graphStorage(of: file, among: storages)
    if code != "IHNf" { file.typeName = "HNSW \(storage.typeName)" }
    if code == "IHNp", let parts = storage.parameters.first(where: { $0.name == "M" })?.value,
      let bits = storage.parameters.first(where: { $0.name == "nbits" })?.value
    {
      try checkTable([parts, 1 << bits, 1 << bits, 4], of: "the distances between centroids", at: storageAt)
    }
    return file
  }

  /// `read_HNSW`, which checks nothing: search follows levels, offsets and edges wherever they lead.
  private mutating func layeredGraph(_ file: inout FaissFile) throws(FaissError) {
    try checkGraphSize(file)
    let levelsAt = cursor.offset
    let probabilities = try cursor.vector(of: UInt64.self, "the probabilities of levels")
    try check(
      (1...1000).contains(probabilities.count), "expected 1 to 1000 levels, found \(probabilities.count)",
      at: levelsAt)
    let layers = Layers(
      starts: try cursor.vector(
        of: Int32.self, "the neighbours of each level", count: probabilities.count + 1),
      levels: try cursor.vector(of: Int32.self, "the levels", count: file.count),
      offsets: try cursor.vector(of: UInt64.self, "the offsets", count: file.count + 1),
      neighbors: try cursor.vector(of: Int32.self, "the neighbours"))
    try checkStarts(layers.starts)
    let entryAt = cursor.offset
    let entry = Int(try cursor.int32("the entry point"))
    let topLevel = Int(try cursor.int32("max_level"))
    let construction = try number("efConstruction", upTo: .candidates)
    let search = try number("efSearch", upTo: .candidates)
    _ = try number("upper_beam", upTo: .candidates)
    if file.count == 0 {
      try check(
        entry == -1 && topLevel == -1 && layers.neighbors.isEmpty && layers.offsets[0] == 0,
        "expected an empty graph for an empty index", at: entryAt)
    } else {
      try checkOffsets(layers)
      try check(
        (0..<file.count).contains(entry), "expected an entry point below \(file.count), found \(entry)",
        at: entryAt)
      try check(
        topLevel >= 0 && topLevel < Int(layers.levels[entry]),
        "expected the entry point on the level \(topLevel), found it on \(layers.levels[entry]) levels",
        at: entryAt)
      try checkEdges(layers)
    }
    // M is the number of neighbours on the levels above the first, which has twice as many.
    let starts = layers.starts
    file.parameters.add("M", starts.count > 2 ? Int(starts[2] - starts[1]) : Int(starts[1]) / 2)
    file.parameters.add("efConstruction", construction)
    file.parameters.add("efSearch", search)
  }

  private func checkStarts(_ starts: FileVector<Int32>) throws(FaissError) {
    try check(starts[0] == 0, "expected the first level's neighbours to begin at 0", at: starts.offset(of: 0))
    for level in 1..<starts.count {
      let isPossible = starts[level] > starts[level - 1] && starts[level] <= 1 << 24
      try check(
        isPossible,
        "expected more neighbours than \(starts[level - 1]) up to level \(level), found \(starts[level])",
        at: starts.offset(of: level))
    }
  }

  /// Each vector's neighbours begin where those of the one before end, and there are as many as its levels need.
  private func checkOffsets(_ layers: Layers) throws(FaissError) {
    var end = 0
    for vector in 0..<layers.levels.count {
      let levels = Int(layers.levels[vector])
      try check(
        levels >= 1 && levels < layers.starts.count,
        "expected a vector on 1 to \(layers.starts.count - 1) levels, found \(levels)",
        at: layers.levels.offset(of: vector))
      try check(
        layers.offsets[vector] == UInt64(end),
        "expected the offset \(end) of vector \(vector), found \(layers.offsets[vector])",
        at: layers.offsets.offset(of: vector))
      end += Int(layers.starts[levels])
    }
    try check(
      layers.offsets[layers.levels.count] == UInt64(end) && layers.neighbors.count == end,
      "expected \(end) neighbours, found \(layers.neighbors.count)", at: layers.neighbors.offset(of: 0))
  }

  /// An edge leads to a vector that is on the edge's level too, or nowhere (-1).
  private func checkEdges(_ layers: Layers) throws(FaissError) {
    let count = Int32(layers.levels.count)
    var place = 0
    for vector in 0..<layers.levels.count {
      for level in 0..<Int(layers.levels[vector]) {
        let width = Int(layers.starts[level + 1] - layers.starts[level])
        for edge in place..<place + width {
          let target = layers.neighbors[edge]
          guard target >= -1, target < count else {
            throw .malformed(
              "expected a neighbour of -1 to \(count - 1), found \(target)",
              at: layers.neighbors.offset(of: edge))
          }
          guard level == 0 || target < 0 || layers.levels[Int(target)] > level else {
            throw .malformed(
              "expected a neighbour on the level \(level), found vector \(target), which is below it",
              at: layers.neighbors.offset(of: edge))
          }
        }
        place += width
      }
    }
  }

  /// `IndexNSGFlat`: a graph with edges of its own number at each vector.
  mutating func navigatingGraph(_ code: FourCC) throws(FaissError) -> FaissFile {
    var file = try header(code, className: "IndexNSGFlat", typeName: "NSG flat")
    try checkGraphSize(file)
    _ = try cursor.int32("GK")
    _ = try cursor.int8("the build type")
    _ = try cursor.run(16, "how the graph was built")
    _ = try cursor.number("the graph's number of vectors", in: file.count...file.count)
    let degreeAt = cursor.offset
    let degree = try cursor.number("R", in: 1...4096)
    _ = try cursor.run(8, "L and C")
    let searchAt = cursor.offset
    let search = Int(try cursor.int32("search_L"))
    let entryAt = cursor.offset
    let entry = Int(try cursor.int32("the entry point"))
    try checkIsBuilt(file)
    // faiss draws random vectors until it has search_L different ones, even when there are not so many.
    guard search >= -1, search <= file.count else {
      throw .unsupported(
        "search_L is \(search) for \(file.count) vectors, and faiss would search without end", at: searchAt)
    }
    try check(
      (0..<file.count).contains(entry), "expected an entry point below \(file.count), found \(entry)",
      at: entryAt)
    try check(file.count * degree <= Self.largestGraph, "expected fewer edges than 2^31", at: degreeAt)
    try checkTable([file.count, degree, 4], of: "the edges", at: degreeAt)
    for _ in 0..<file.count { try edgeList(degree: degree, count: file.count) }
    let storageAt = cursor.offset
    let storage = try graphStorage(of: file, among: ["IxF2", "IxFI", "IxFl"])
    try checkValues(of: storage, at: storageAt)
    file.parameters.add("R", degree)
    file.parameters.add("search_L", search)
    file.hasStrictLimit = true
    return file
  }

  /// The neighbours of one vector, up to `degree`, and -1.
  private mutating func edgeList(degree: Int, count: Int) throws(FaissError) {
    for edges in 0...degree {
      let start = cursor.offset
      let target = Int(try cursor.int32("a neighbour"))
      if target == -1 { return }
      try check(
        edges < degree && target >= 0 && target < count,
        "expected at most \(degree) neighbours below \(count), found \(target)", at: start)
    }
  }

  /// `IndexNNDescentFlat`: a graph with K edges at each vector.
  mutating func neighborGraph(_ code: FourCC) throws(FaissError) -> FaissFile {
    var file = try header(code, className: "IndexNNDescentFlat", typeName: "NNDescent flat")
    try checkGraphSize(file)
    _ = try cursor.number("the graph's number of vectors", in: file.count...file.count)
    _ = try cursor.int32("the graph's dimension")
    let degreeAt = cursor.offset
    let degree = try cursor.number("K", in: 1...4096)
    _ = try cursor.run(16, "how the graph was built")
    let searchAt = cursor.offset
    let search = Int(try cursor.int32("search_L"))
    _ = try cursor.int32("the random seed")
    try checkIsBuilt(file)
    // faiss divides by the difference of the two to draw where to begin.
    guard search >= 0, search < file.count else {
      throw .unsupported(
        "search_L is \(search) for \(file.count) vectors, which ends faiss; it must be less", at: searchAt)
    }
    try check(file.count * degree <= Self.largestGraph, "expected fewer edges than 2^31", at: degreeAt)
    let edges = try cursor.vector(of: Int32.self, "the edges", count: file.count * degree)
    for edge in 0..<edges.count where edges[edge] < 0 || Int(edges[edge]) >= file.count {
      throw .malformed(
        "expected a neighbour of 0 to \(file.count - 1), found \(edges[edge])", at: edges.offset(of: edge))
    }
    let storageAt = cursor.offset
    let storage = try graphStorage(of: file, among: ["IxF2", "IxFI", "IxFl"])
    try checkValues(of: storage, at: storageAt)
    file.parameters.add("K", degree)
    file.parameters.add("search_L", search)
    file.answerLimit = file.count - 1
    file.hasStrictLimit = true
    return file
  }

  private mutating func checkIsBuilt(_ file: FaissFile) throws(FaissError) {
    let start = cursor.offset
    guard try cursor.flag("is_built"), file.count > 0 else {
      throw .unsupported("the graph of \(file.typeName) was never built, so it cannot be searched", at: start)
    }
  }

  private func checkGraphSize(_ file: FaissFile) throws(FaissError) {
    guard file.count < Self.largestGraph else {
      throw .limit("expected fewer than 2^31 vectors in a graph, found \(file.count)", nil, at: cursor.offset)
    }
  }

  /// The index that computes the distances of a graph; faiss casts it to its class unseen.
  private mutating func graphStorage(
    of file: FaissFile, among allowed: Set<String>
  ) throws(FaissError) -> FaissFile {
    let start = cursor.offset
    let storage = try index()
    try check(
      allowed.contains(storage.fourCC), "expected the vectors of \(file.typeName), found \(storage.typeName)",
      at: start)
    try check(storage, is: "the vectors of the graph", of: file, at: start)
    return storage
  }

  /// NSG and NNDescent sort by distance in a way that runs off the end when a distance is no number.
  private func checkValues(of storage: FaissFile, at start: Int) throws(FaissError) {
    // Squares and products of smaller values stay finite, and so do their sums.
    let largest: Float = 1e15
    for place in stride(
      from: storage.flatCodes?.lowerBound ?? 0, to: storage.flatCodes?.upperBound ?? 0, by: 4)
    {
      let bits = UInt32(littleEndian: cursor.bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
      let value = Float(bitPattern: bits)
      guard abs(value) <= largest else {
        throw .unsupported("the value \(value) has no usable distance in this type of index", at: place)
      }
    }
  }
}
