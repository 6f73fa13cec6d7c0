import Faiss

extension FuzzTarget {
  /// The validator; then faiss itself with everything that the validator let through.
  static let faiss = FuzzTarget(
    "faiss",
    words: [
      "IxF2", "IxFI", "IxFl", "IxMp", "IxM2", "IxPT", "IxRF", "IxSQ", "IxPQ", "IxPo", "IPfs", "IxHe", "IwFl",
      "IwSq", "IwPQ", "IwQR", "IwPf", "IHNf", "IHNp", "IHNs", "INSf", "INNf", "ilar", "il00", "ilod", "full",
      "sprs", "LTra", "rrot", "PcAm", "Vnrm",
    ],
    seeds: { try SeedFiles.bytes(in: "Tests/Fixtures", ending: ".faiss") }
  ) { bytes in
    guard let file = try? FaissFile.inspect(bytes), let index = try? FaissIndex.read(bytes) else { return }
    FaissIndex.useThreads(1)
    try Finding.expect(
      index.count == file.count && index.dimension == file.dimension,
      "faiss read another size than the file has")
    let query = [Float](repeating: 0.5, count: index.dimension)
    for k in [1, 4, min(index.count + 1, 100)] {
      guard let found = try? index.search(query, k: k) else { break }
      try Finding.expect(found.labels.count == k, "a search for \(k) found \(found.labels.count)")
      guard index.labels == nil else { continue }
      try Finding.expect(
        found.labels.allSatisfy { (-1..<index.count).contains($0) }, "a label is no position")
    }
    if index.count > 0 { _ = try? index.reconstruct(index.count - 1) }
    _ = try? index.reconstructAll()
    if let grown = try? index.adding(query) {
      try Finding.expect(
        grown.count == index.count + 1, "one row was added to \(index.count), there are \(grown.count)")
    }
    if let shrunk = try? index.removing(keeping: { $0 != 0 }) {
      try Finding.expect(
        shrunk.count == max(0, index.count - 1), "one row was removed, there are \(shrunk.count)")
    }
    guard let written = try? index.serialized() else { return }
    let again = written.withUnsafeBytes { try? FaissFile.inspect($0) }
    try Finding.expect(again?.count == index.count, "what faiss wrote is refused")
  }
}
