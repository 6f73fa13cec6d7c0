extension FaissFile.Inspection {
  /// `IndexIDMap` and `IndexIDMap2`: an index, and a number of one's own for each of its positions.
  ///
  /// faiss looks up every label of the inner index in the map without a check, so the inner labels must be positions.
  mutating func idMap(_ code: FourCC) throws(FaissError) -> FaissFile {
    let both = code == "IxM2"
    var file = try header(
      code, className: both ? "IndexIDMap2" : "IndexIDMap", typeName: "id map",
      metrics: FaissVersions.flatMetrics)
    let innerAt = cursor.offset
    let inner = try index()
    try check(inner, is: "the mapped index", of: file, at: innerAt)
    guard !inner.hasOwnLabels else {
      throw .malformed(
        "expected an index with labels below \(inner.count) inside the id map, found one (\(inner.typeName)) "
          + "with labels of its own", at: innerAt)
    }
    _ = try cursor.vector(of: Int64.self, "the id map", count: file.count)
    file.typeName = "\(both ? "two-way id map" : "id map") over \(inner.typeName)"
    file.parameters = inner.parameters
    file.answerLimit = inner.answerLimit
    file.hasStrictLimit = inner.hasStrictLimit
    file.hasOwnLabels = true
    return file
  }

  /// `IndexRefine`: an index proposes, a second one with the same vectors computes the distances.
  mutating func refine(_ code: FourCC) throws(FaissError) -> FaissFile {
    var file = try header(code, className: "IndexRefine", typeName: "refine")
    let baseAt = cursor.offset
    let base = try index()
    try check(base, is: "the first index", of: file, at: baseAt)
    // The second index is read at the labels of the first, and the first is asked for more than the caller wants.
    guard !base.hasOwnLabels, !base.hasStrictLimit else {
      throw .unsupported("refining \(base.typeName) is not served", at: baseAt)
    }
    let refinedAt = cursor.offset
    let refined = try index()
    try check(refined, is: "the second index", of: file, at: refinedAt)
    guard ["IxF2", "IxFI", "IxFl", "IxSQ", "IxPQ", "IxPo", "IxPq"].contains(refined.fourCC) else {
      throw .unsupported("refining with \(refined.typeName) is not served", at: refinedAt)
    }
    let factorAt = cursor.offset
    let factor = try cursor.float("k_factor")
    try check((1...1000).contains(factor), "expected a k_factor of 1 to 1000, found \(factor)", at: factorAt)
    file.className = refined.flatCodes == nil ? "IndexRefine" : "IndexRefineFlat"
    file.typeName = "\(base.typeName), refined by \(refined.typeName)"
    if let whole = Int(exactly: factor) { file.parameters.add("k_factor", whole) }
    file.parameters += base.parameters
    return file
  }
}
