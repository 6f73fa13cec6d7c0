extension FaissFile.Inspection {
  /// `IndexIVFFlat` and `IndexIVFFlatDedup`: vectors as they are, in lists.
  mutating func invertedFlat(_ code: FourCC) throws(FaissError) -> FaissFile {
    let hasInstances = code == "IwFd"
    var header = try invertedHeader(
      code, className: hasInstances ? "IndexIVFFlatDedup" : "IndexIVFFlat",
      typeName: hasInstances ? "IVF flat without duplicates" : "IVF flat")
    var instances: FileVector<Int64>?
    if hasInstances {
      let start = cursor.offset
      let pairs = try cursor.vector(of: Int64.self, "the duplicates")
      try check(
        pairs.count.isMultiple(of: 2), "expected pairs of labels, found \(pairs.count) labels", at: start)
      instances = pairs
    }
    let listsAt = cursor.offset
    let lists = try arrayLists(
      of: header, codeSize: header.file.dimension * 4, duplicates: (instances?.count ?? 0) / 2)
    try finish(&header, lists)
    guard let instances else { return header.file }
    // Rows share vectors here, so that the labels in the lists do not tell which rows there are.
    guard !header.file.hasOwnLabels, areLabels(instances, below: header.file.count) else {
      throw .unsupported("\(header.file.typeName) from which rows were removed is not served", at: listsAt)
    }
    return header.file
  }

  /// `IndexIVFScalarQuantizer`.
  mutating func invertedScalarQuantized(_ code: FourCC) throws(FaissError) -> FaissFile {
    var header = try invertedHeader(
      code, className: "IndexIVFScalarQuantizer", typeName: "IVF scalar quantizer")
    let quantizer = try scalarQuantizer(dimension: header.file.dimension)
    header.file.typeName += " \(quantizer.name)"
    _ = try cursor.size("the code size", in: quantizer.codeSize...quantizer.codeSize)
    if code == "IwSq" { _ = try cursor.flag("by_residual") }
    let lists = try arrayLists(of: header, codeSize: quantizer.codeSize)
    try finish(&header, lists)
    return header.file
  }

  /// `IndexIVFPQ` and `IndexIVFPQR`, which keeps a second code of each vector at its label.
  mutating func invertedProductQuantized(_ code: FourCC) throws(FaissError) -> FaissFile {
    let refines = code == "IwQR"
    var header = try invertedHeader(
      code, className: refines ? "IndexIVFPQR" : "IndexIVFPQ", typeName: refines ? "IVF PQ refined" : "IVF PQ"
    )
    _ = try cursor.flag("by_residual")
    let codeSizeAt = cursor.offset
    let codeSize = try cursor.uint64("the code size")
    let quantizer = try productQuantizer(dimension: header.file.dimension)
    try checkTables(of: header, quantizer, codeSize: codeSize, at: codeSizeAt)
    header.file.parameters.add("M", quantizer.parts)
    header.file.parameters.add("nbits", quantizer.bits)
    let listsAt = cursor.offset
    let lists = try arrayLists(of: header, codeSize: quantizer.codeSize)
    try finish(&header, lists)
    guard refines else { return header.file }
    try check(
      !header.file.hasOwnLabels,
      "expected labels below \(header.file.count), as their refinement is stored by label",
      at: listsAt)
    let second = try productQuantizer(dimension: header.file.dimension)
    _ = try cursor.vector(of: UInt8.self, "the refining codes", count: header.file.count * second.codeSize)
    let factorAt = cursor.offset
    let factor = try cursor.float("k_factor")
    try check((1...1000).contains(factor), "expected a k_factor of 1 to 1000, found \(factor)", at: factorAt)
    return header.file
  }

  /// `IndexIVFPQFastScan`: codes in blocks of `bbs` vectors.
  mutating func invertedFastScan(_ code: FourCC) throws(FaissError) -> FaissFile {
    var header = try invertedHeader(code, className: "IndexIVFPQFastScan", typeName: "IVF PQ fast scan")
    _ = try cursor.flag("by_residual")
    let codeSizeAt = cursor.offset
    let codeSize = try cursor.uint64("the code size")
    let blockAt = cursor.offset
    let block = try cursor.number("the block size bbs", in: 32...160)
    try check(block.isMultiple(of: 32), "expected bbs to be a multiple of 32, found \(block)", at: blockAt)
    let evenPartsAt = cursor.offset
    let evenParts = try cursor.size("M2", in: 2...FaissLimits.largestDimension + 1)
    let implementationAt = cursor.offset
    let implementation = try cursor.int32("implem")
    let allowed: [Int32] = block == 32 ? [0, 10, 11, 12, 13, 14, 15] : [0, 10, 11]
    try check(
      allowed.contains(implementation), "expected implem to be one of \(allowed), found \(implementation)",
      at: implementationAt)
    // faiss combines queries in one scan, and knows how for up to 11.
    _ = try cursor.size("qbs2", in: 0...11)
    let quantizer = try productQuantizer(dimension: header.file.dimension, bits: 4...4)
    try check(
      evenParts == (quantizer.parts + 1) / 2 * 2,
      "expected M2 to be M (\(quantizer.parts)) rounded up to even, found \(evenParts)", at: evenPartsAt)
    try checkTables(of: header, quantizer, codeSize: codeSize, at: codeSizeAt)
    // This type makes a table for each probe, even for those beyond the last list.
    try checkTable([header.probes, quantizer.parts, 16 * 5], of: "nprobe", at: header.probesAt)
    header.file.parameters.add("M", quantizer.parts)
    header.file.parameters.add("nbits", quantizer.bits)
    let lists = try blockLists(
      of: header, block: block, blockSize: block * evenParts / 2, codeSize: quantizer.codeSize)
    try finish(&header, lists)
    return header.file
  }
}
