import Pickle

extension FuzzTarget {
  /// The pickle machine, the outline that knows documents without it, and the writer.
  static let pickle = FuzzTarget(
    "pickle",
    words: [
      "\u{4}\u{95}", "cbuiltins\nexec\n", "langchain_core.documents.base", "Document", "_dict", "__dict__",
      "langchain_community.docstore.in_memory", "InMemoryDocstore", "page_content", "metadata", "datetime",
      "decimal", "Decimal", "numpy.core.multiarray", "scalar", "_reconstruct", "copyreg", "_reconstructor",
    ],
    seeds: { try SeedFiles.bytes(in: "Tests/Fixtures", ending: ".pkl") }
  ) { bytes in
    _ = PickleSurvey(bytes)
    let outline = try? DocstoreOutline(bytes)
    guard let document = try? PickleReader.read(bytes) else {
      return try Finding.expect(outline == nil, "it has an outline and cannot be read")
    }
    try Finding.expect(document.length <= bytes.count, "it is longer than its bytes")
    if let outline {
      for row in 0..<outline.count {
        let hasAll =
          outline.document(ofRow: row, in: bytes) != nil && outline.metadata(ofRow: row, in: bytes) != nil
        try Finding.expect(hasAll, "row \(row) of the outline cannot be read")
      }
    }
    // Compared as bytes, for not a number is equal to nothing.
    guard let written = try? PickleWriter.fragment(of: document.value) else { return }
    let again = try? PickleReader.read([0x80, 4] + written + [0x2E])
    let rewritten = try again.map { try PickleWriter.fragment(of: $0.value) }
    try Finding.expect(rewritten == written, "what was written is read as another value")
  }
}
