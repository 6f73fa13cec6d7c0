import VectorStore

extension FuzzTarget {
  /// Filters in both spellings, asked of documents and written again.
  static let filter = FuzzTarget(
    "filter",
    words: [
      " and ", " or ", " not ", " in ", " has ", " is ", "exists ", " =~ /", " ~ ", ">=", "!=", "none",
      "true",
      "`", "number", "\"$and\":[", "\"$or\":[", "\"$not\":", "{\"$in\":[", "{\"$nin\":[", "{\"$gte\":",
      "{\"$neq\":",
      "{\"$t\":\"datetime.date\",", "page", "source", "tags", "nested.a",
    ],
    seeds: {
      [
        "page >= 3 and (lang in [en, de] or not draft)", "exists nested.a || source =~ /a+b*(c|d)/i",
        "`odd key` ~ \"abc\" and tags has 3 and page is number", "a.[1] = {\"x\": [1, null]}",
        "not page in \"text\"",
        "{\"page\": {\"$gte\": 3}, \"lang\": [\"en\", \"de\"]}",
        "{\"$and\": [{\"$not\": {\"a\": 1}}, {\"$or\": []}]}",
        "{\"page\": {\"$in\": [1, 2.5]}, \"x\": {\"$nin\": [\"a\"]}}", "page != none", "true", "{}",
        "{\"d\": {\"$t\": \"datetime.date\", \"iso\": \"2023-01-02\"}}",
      ].map { Array($0.utf8) }
    }
  ) { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    let filter: Filter
    do throws(FilterError) { filter = try Filter(parsing: text) } catch {
      return try Finding.expect(
        (0...text.count).contains(error.offset ?? 0), "the error is at \(error.offset ?? 0)")
    }
    let written = filter.description
    let again = try? Filter(parsing: written)
    try Finding.expect(
      again?.description == written || written.hasPrefix("{"),
      "written as \(written), which is another filter")
    for metadata in documents {
      let holds = filter.matches(metadata)
      if let again {
        try Finding.expect(again.matches(metadata) == holds, "\(written) answers something else")
      }
      _ = try? filter.matchesAsLangChain(metadata)
    }
    guard let dictionary = filter.langChain else { return }
    let other = try? Filter(parsing: dictionary.json)
    try Finding.expect(other != nil, "its LangChain form is refused: \(dictionary.json)")
  }

  private static let documents: [Metadata] = [
    [:], ["page": .int(3), "source": .string("a b.pdf"), "lang": .string("en"), "draft": .bool(true)],
    [
      "page": .float(.nan), "tags": .list([.int(3), .string("aab"), .null]), "nested": ["a": ["b": .int(1)]],
    ],
    ["page": .string("3"), "source": .null, "odd key": .tuple([.int(1)]), "x": .int(.min)],
  ]
}
