/// How vectors became bytes, one component at a time.
struct ScalarQuantizerFields {
  let name: String
  let codeSize: Int
}

/// How vectors became bytes, in `parts` runs of components with `1 << bits` centroids each.
struct ProductQuantizerFields {
  let parts: Int
  let bits: Int

  var codeSize: Int { (parts * bits + 7) / 8 }
  var centroidsPerPart: Int { 1 << bits }
}

extension FaissFile.Inspection {
  /// `read_ScalarQuantizer`: the code size and the number of trained values follow from the type.
  ///
  /// - Parameter isAlone: nothing but the C face itself uses the codes, so those that it decodes without faiss will do.
  mutating func scalarQuantizer(
    dimension: Int, isAlone: Bool = false
  ) throws(FaissError) -> ScalarQuantizerFields {
    let typeAt = cursor.offset
    let type = try cursor.int32("the scalar quantizer's type")
    let (name, codeSize, trained): (String, Int, Int)
    switch type {
    case 0: (name, codeSize, trained) = ("8-bit", dimension, 2 * dimension)
    case 1: (name, codeSize, trained) = ("4-bit", (dimension + 1) / 2, 2 * dimension)
    case 2: (name, codeSize, trained) = ("8-bit uniform", dimension, 2)
    case 3: (name, codeSize, trained) = ("4-bit uniform", (dimension + 1) / 2, 2)
    case 4: (name, codeSize, trained) = ("fp16", 2 * dimension, 0)
    case 5: (name, codeSize, trained) = ("8-bit direct", dimension, 0)
    case 6: (name, codeSize, trained) = ("6-bit", (dimension * 6 + 7) / 8, 2 * dimension)
    case 7 where isAlone: (name, codeSize, trained) = ("bf16", 2 * dimension, 0)
    case 8 where isAlone: (name, codeSize, trained) = ("8-bit direct signed", dimension, 0)
    default: throw FaissVersions.refusal(ofQuantizer: type, at: typeAt)
    }
    _ = try cursor.number("the scalar quantizer's range statistic", in: 0...3)
    _ = try cursor.float("the scalar quantizer's range argument")
    _ = try cursor.size("the scalar quantizer's dimension", in: dimension...dimension)
    _ = try cursor.size("the scalar quantizer's code size", in: codeSize...codeSize)
    _ = try cursor.vector(of: UInt32.self, "the scalar quantizer's trained values", count: trained)
    return ScalarQuantizerFields(name: name, codeSize: codeSize)
  }

  /// `read_ProductQuantizer`, which divides by M and shifts by nbits without a look at them.
  mutating func productQuantizer(
    dimension: Int, bits allowed: ClosedRange<Int> = 1...16
  ) throws(FaissError) -> ProductQuantizerFields {
    _ = try cursor.size("the product quantizer's dimension", in: dimension...dimension)
    let partsAt = cursor.offset
    let parts = try cursor.size("the product quantizer's M", in: 1...dimension)
    try check(
      dimension % parts == 0, "expected M to divide the dimension \(dimension), found \(parts)", at: partsAt)
    let bits = try cursor.size("the product quantizer's nbits", in: allowed)
    _ = try cursor.vector(of: UInt32.self, "the product quantizer's centroids", count: dimension << bits)
    return ProductQuantizerFields(parts: parts, bits: bits)
  }

  /// `IndexScalarQuantizer`.
  mutating func scalarQuantized(_ code: FourCC) throws(FaissError) -> FaissFile {
    var file = try header(code, className: "IndexScalarQuantizer", typeName: "scalar quantizer")
    let quantizer = try scalarQuantizer(dimension: file.dimension, isAlone: depth == 1)
    file.typeName = "scalar quantizer \(quantizer.name)"
    _ = try cursor.vector(of: UInt8.self, "the codes", count: file.count * quantizer.codeSize)
    return file
  }

  /// `IndexPQ`; its two older forms are of squared L2, whatever their header says.
  mutating func productQuantized(_ code: FourCC) throws(FaissError) -> FaissFile {
    var file = try header(code, className: "IndexPQ", typeName: "PQ")
    if code != "IxPq" { file.metricType = 1 }
    let quantizer = try productQuantizer(dimension: file.dimension)
    file.parameters.add("M", quantizer.parts)
    file.parameters.add("nbits", quantizer.bits)
    _ = try cursor.vector(of: UInt8.self, "the codes", count: file.count * quantizer.codeSize)
    if code != "IxPQ" {
      let searchAt = cursor.offset
      let search = try cursor.number("the search type of PQ", in: 0...5)
      // The others compare codes with codes: Hamming distances, which are no distances of the vectors.
      guard [0, 4, 5].contains(search) else {
        throw .unsupported(
          "PQ set to compare codes with codes (search type \(search)) has no distances", at: searchAt)
      }
      _ = try cursor.flag("encode_signs")
      _ = try cursor.int32("polysemous_ht")
    }
    return file
  }

  /// `IndexPQFastScan`: codes in blocks of 32 vectors.
  ///
  /// Blocks of another size make faiss throw where it cannot be caught, as soon as queries come in batches.
  mutating func fastScan(_ code: FourCC) throws(FaissError) -> FaissFile {
    var file = try header(code, className: "IndexPQFastScan", typeName: "PQ fast scan")
    let quantizer = try productQuantizer(dimension: file.dimension, bits: 4...4)
    file.parameters.add("M", quantizer.parts)
    file.parameters.add("nbits", quantizer.bits)
    let implementationAt = cursor.offset
    let implementation = try cursor.int32("implem")
    guard [0, 12, 13, 14, 15].contains(implementation) else {
      throw .unsupported(
        "PQ fast scan with the implementation \(implementation) has no use", at: implementationAt)
    }
    let blockAt = cursor.offset
    let block = try cursor.number("the block size bbs", in: 32...1024)
    guard block == 32 else {
      throw .unsupported(
        "PQ fast scan with blocks of \(block) instead of 32 vectors is not served", at: blockAt)
    }
    _ = try cursor.number("qbs", in: 0...0)
    let padded = (file.count + block - 1) / block * block
    let evenParts = (quantizer.parts + 1) / 2 * 2
    _ = try cursor.size("ntotal2", in: padded...padded)
    _ = try cursor.size("M2", in: evenParts...evenParts)
    _ = try cursor.vector(of: UInt8.self, "the codes", count: padded * (evenParts / 2))
    return file
  }

  /// `IndexLSH`: the signs of components, rotated or as they are.
  mutating func localitySensitiveHash(_ code: FourCC) throws(FaissError) -> FaissFile {
    var file = try header(code, className: "IndexLSH", typeName: "LSH")
    let bitsAt = cursor.offset
    let bits = try cursor.number("nbits", in: 1...(1 << 16))
    file.parameters.add("nbits", bits)
    let rotates = try cursor.flag("rotate_data")
    try check(
      rotates || bits <= file.dimension,
      "expected at most \(file.dimension) bits without a rotation, found \(bits)", at: bitsAt)
    let hasThresholds = try cursor.flag("train_thresholds")
    _ = try cursor.vector(of: UInt32.self, "the thresholds", count: hasThresholds ? bits : nil)
    let codeSize = (bits + 7) / 8
    _ = try cursor.number("the code size", in: codeSize...codeSize)
    let rotationAt = cursor.offset
    let rotation = try transform(among: ["rrot"], trained: rotates)
    try check(
      rotation.input == file.dimension && rotation.output == bits,
      "expected a rotation from \(file.dimension) to \(bits) components, "
        + "found \(rotation.input) to \(rotation.output)", at: rotationAt)
    _ = try cursor.vector(of: UInt8.self, "the codes", count: file.count * codeSize)
    return file
  }
}
