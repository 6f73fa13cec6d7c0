/// What every inverted file begins with.
struct InvertedHeader {
  var file: FaissFile
  let listCount: Int
  let probes: Int
  let probesAt: Int
  let map: DirectMap
}

/// Where each vector is, if the index keeps track of it.
enum DirectMap {
  case none
  /// By position: the list in the upper half, the place in it in the lower half; -1 for none.
  case places(FileVector<Int64>)
  /// Label and place, one after the other.
  case labels(FileVector<Int64>)
}

/// The labels of each list.
typealias InvertedLabels = [FileVector<Int64>]

extension FaissFile.Inspection {
  /// `read_ivf_header`, with the quantizer that assigns vectors to lists.
  mutating func invertedHeader(
    _ code: FourCC, className: String, typeName: String
  ) throws(FaissError) -> InvertedHeader {
    var file = try header(code, className: className, typeName: typeName)
    let lists = try cursor.size("nlist", in: 1...Int(Int32.max))
    let probesAt = cursor.offset
    let probes = try cursor.size("nprobe", in: 1...Int.max)
    try check(probes, "nprobe", .probes, at: probesAt)
    file.parameters.add("nlist", lists)
    file.parameters.add("nprobe", probes)
    let quantizerAt = cursor.offset
    let quantizer = try index()
    // Its labels are used as list numbers, and its vectors reconstructed where faiss cannot throw.
    guard ["IxF2", "IxFI", "IxFl", "IxSQ", "IHNf", "IHNp", "IHNs"].contains(quantizer.fourCC) else {
      throw .unsupported(
        "\(typeName) with lists chosen by \(quantizer.typeName) is not served", at: quantizerAt)
    }
    try check(
      quantizer.dimension == file.dimension,
      "expected a quantizer of dimension \(file.dimension), found \(quantizer.dimension)", at: quantizerAt)
    try check(
      quantizer.count == lists,
      "expected a quantizer of as many vectors as there are lists (\(lists)), found \(quantizer.count)",
      at: quantizerAt)
    if let width = quantizer.parameters.first(where: { $0.name == "efSearch" }) {
      file.parameters.add("quantizer_efSearch", width.value)
    }
    return InvertedHeader(
      file: file, listCount: lists, probes: probes, probesAt: probesAt, map: try directMap(count: file.count))
  }

  /// `read_direct_map`.
  private mutating func directMap(count: Int) throws(FaissError) -> DirectMap {
    let start = cursor.offset
    switch try cursor.int8("the type of the direct map") {
    case 0:
      _ = try cursor.vector(of: Int64.self, "no direct map", count: 0)
      return .none
    case 1:
      return .places(try cursor.vector(of: Int64.self, "the direct map", count: count))
    case 2:
      _ = try cursor.vector(of: Int64.self, "the array of a hashed direct map", count: 0)
      return .labels(try cursor.vector(of: Int64.self, "the hashed direct map", grouping: 2))
    case let type:
      throw .malformed("expected a direct map of type 0 to 2, found \(type)", at: start)
    }
  }

  /// `ArrayInvertedLists`: sizes, then codes and labels of each list that is not empty.
  ///
  /// - Parameter duplicates: how many of the index's vectors are in no list, because an equal one is.
  mutating func arrayLists(
    of header: InvertedHeader, codeSize: Int, duplicates: Int = 0
  ) throws(FaissError) -> InvertedLabels {
    try listsBegin("ilar")
    _ = try cursor.size("the number of lists", in: header.listCount...header.listCount)
    _ = try cursor.size("the lists' code size", in: codeSize...codeSize)
    let sizesAt = cursor.offset
    let sizes = try listSizes(count: header.listCount)
    var lists: InvertedLabels = []
    lists.reserveCapacity(header.listCount)
    var total = 0
    for size in sizes {
      guard size <= UInt64(cursor.remaining / (codeSize + 8)) else {
        throw .truncated(
          "expected list \(lists.count) of \(size) vectors, \(cursor.remaining) bytes are left",
          at: cursor.offset)
      }
      _ = try cursor.run(Int(size) * codeSize, "a list's codes")
      lists.append(FileVector(bytes: try cursor.run(Int(size) * 8, "a list's labels")))
      total += Int(size)
    }
    let expected = header.file.count - duplicates
    try check(total == expected, "expected \(expected) vectors in the lists, found \(total)", at: sizesAt)
    return lists
  }

  /// `read_ArrayInvertedLists_sizes`: all of them, or those that are not zero.
  private mutating func listSizes(count: Int) throws(FaissError) -> [UInt64] {
    let start = cursor.offset
    switch try cursor.fourCC("the kind of list sizes") {
    case "full":
      let sizes = try cursor.vector(of: UInt64.self, "the list sizes", count: count)
      return (0..<count).map { sizes[$0] }
    case "sprs":
      let pairs = try cursor.vector(of: UInt64.self, "the lists and their sizes")
      try check(
        pairs.count.isMultiple(of: 2), "expected pairs of list and size, found \(pairs.count)", at: start)
      var sizes = [UInt64](repeating: 0, count: count)
      for place in stride(from: 0, to: pairs.count, by: 2) {
        guard let list = Int(exactly: pairs[place]), list < count, sizes[list] == 0 else {
          throw .malformed(
            "expected each list below \(count) once, found \(pairs[place])", at: pairs.offset(of: place))
        }
        sizes[list] = pairs[place + 1]
      }
      return sizes
    case let kind:
      throw .malformed("expected list sizes (full or sprs), found \"\(kind.text)\"", at: start)
    }
  }

  /// `BlockInvertedLists`: labels and whole blocks of codes of each list.
  mutating func blockLists(
    of header: InvertedHeader, block: Int, blockSize: Int, codeSize: Int
  ) throws(FaissError) -> InvertedLabels {
    try listsBegin("ilbl")
    _ = try cursor.size("the number of lists", in: header.listCount...header.listCount)
    let codeSizeAt = cursor.offset
    let stated = try cursor.uint64("the lists' code size")
    // faiss writes an invalid size here on purpose: a block is the unit.
    try check(
      stated == UInt64.max || stated == UInt64(codeSize),
      "expected the lists' code size to be \(codeSize) or none, found \(stated)", at: codeSizeAt)
    _ = try cursor.size("n_per_block", in: block...block)
    _ = try cursor.size("block_size", in: blockSize...blockSize)
    let start = cursor.offset
    var lists: InvertedLabels = []
    lists.reserveCapacity(header.listCount)
    var total = 0
    for _ in 0..<header.listCount {
      let labels = try cursor.vector(of: Int64.self, "a list's labels")
      let blocks = (labels.count + block - 1) / block
      _ = try cursor.vector(of: UInt8.self, "a list's codes", count: blocks * blockSize)
      lists.append(labels)
      total += labels.count
    }
    try check(
      total == header.file.count, "expected \(header.file.count) vectors in the lists, found \(total)",
      at: start)
    return lists
  }

  /// The kind of lists, of which each type of index can use only one.
  private mutating func listsBegin(_ expected: FourCC) throws(FaissError) {
    let start = cursor.offset
    let code = try cursor.fourCC("the kind of inverted lists")
    guard code != expected else { return }
    guard code != "ilar", code != "ilbl" else {
      throw .malformed("expected lists of kind \"\(expected.text)\", found \"\(code.text)\"", at: start)
    }
    throw FaissVersions.refusal(ofLists: code, at: start)
  }

  /// What depends on the quantizer's shape: the stated code size, and the table that reading computes.
  func checkTables(
    of header: InvertedHeader, _ quantizer: ProductQuantizerFields, codeSize: UInt64, at offset: Int
  ) throws(FaissError) {
    try check(
      codeSize == UInt64(quantizer.codeSize),
      "expected the code size to be \(quantizer.codeSize), found \(codeSize)", at: offset)
    try checkTable(
      [header.listCount, quantizer.parts, quantizer.centroidsPerPart, 4], of: "the precomputed distances",
      at: offset)
  }

  /// Whether labels are positions, and whether the direct map leads where it says.
  func finish(_ header: inout InvertedHeader, _ lists: InvertedLabels) throws(FaissError) {
    let count = header.file.count
    header.file.hasOwnLabels = !lists.allSatisfy { areLabels($0, below: count) }
    switch header.map {
    case .none:
      break
    case .places(let places):
      for label in 0..<places.count where places[label] != -1 {
        try checkPlace(places[label], in: lists, at: places.offset(of: label))
      }
    case .labels(let pairs):
      for entry in stride(from: 0, to: pairs.count, by: 2) {
        try checkPlace(pairs[entry + 1], in: lists, at: pairs.offset(of: entry + 1))
      }
    }
  }

  /// The place exists; whether the label there is the right one is not asked, because faiss 1.15 itself writes hashed
  /// maps of labels that no list has.
  private func checkPlace(_ place: Int64, in lists: InvertedLabels, at offset: Int) throws(FaissError) {
    let (list, entry) = (Int(place >> 32), Int(place & 0xffff_ffff))
    try check(
      lists.indices.contains(list) && entry < lists[list].count,
      "expected the direct map to lead into a list, found list \(list) and entry \(entry)", at: offset)
  }

  func areLabels(_ labels: FileVector<Int64>, below count: Int) -> Bool {
    (0..<labels.count).allSatisfy { labels[$0] >= 0 && labels[$0] < count }
  }
}
