import DocumentSources

extension FuzzTarget {
  /// Records of JSON Lines and of a JSON list, as `build` and `add` read them.
  static let records = FuzzTarget(
    "records",
    words: ["\"content\":", "\"page_content\":", "\"text\":", "\"metadata\":", "\"id\":", "\"vector\":["],
    seeds: {
      [
        "{\"content\": \"x\", \"metadata\": {\"n\": 1}, \"id\": \"a\", \"vector\": [1, 2]}\n\n{\"text\": \"y\", \"n\": 2.5}\n",
        "[{\"page_content\": \"x\"}, {\"text\": \"\\ud83d\\ude00\", \"metadata\": {}}]",
        "\u{FEFF}{\"content\": \"bom\"}",
      ].map { Array($0.utf8) }
    }
  ) { bytes in
    for kind in [SourceKind.jsonLines, .json] { try read(bytes, as: kind) }
  }

  /// Tables with commas and tabs, and plain texts.
  static let csv = FuzzTarget(
    "csv", words: ["text,", "id,", "\"\"", "\r\n", "\"a\nb\"", "\t", "\u{FEFF}"],
    seeds: {
      [
        "id,text,n\na,\"x, \"\"y\"\"\nz\",1\r\nb,w,\r\n", "text\tlang\nx\ten\n\ny\t\n",
        "text\nalone\n\"quoted\"\n",
        "\u{FEFF}content,007\rx,007\r",
      ].map { Array($0.utf8) }
    }
  ) { bytes in
    for kind in [SourceKind.csv, .tsv, .text] { try read(bytes, as: kind) }
  }

  /// Reads to the first error, and past all of them; what comes first is the same.
  private static func read(_ bytes: UnsafeRawBufferPointer, as kind: SourceKind) throws {
    let folder = try ScratchFolder()
    let file = SourceFile(path: try folder.write(bytes, to: "source"), kind: kind)
    var strict: [SourceDocument] = []
    let reader = DocumentReader([file])
    while let document = try? reader.next() { strict.append(document) }
    let all = try? DocumentReader([file], settings: SourceSettings(skipsBad: true, replacesInvalidUTF8: true))
      .rest()
    guard let all else { throw Finding("reading that skips what is bad ended with an error") }
    try Finding.expect(
      all.starts(with: strict) || bytes.contains { $0 >= 0x80 }, "both ways read other documents")
  }
}
