import Explorer
import Foundation
import Testing
import VectorStore

/// Stores that real LangChain versions wrote, against the answers recorded with them.
struct ConformanceTests {
  static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures")

  /// A case: its folder and what is expected of it.
  struct Case: CustomTestStringConvertible, Sendable {
    var folder: URL
    var testDescription: String { folder.pathComponents.suffix(2).joined(separator: "/") }

    func expected() throws -> Metadata {
      let text = try String(contentsOf: folder.appending(path: "expected.json"), encoding: .utf8)
      guard case .dictionary(let fields) = try MetadataValue(json: text) else { throw Malformed() }
      return fields
    }

    /// What a person would give to open it.
    var path: String {
      let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      let named = files.first { $0.hasSuffix(".faiss") && $0 != "index.faiss" }
      let alone = files.contains("index.pkl") ? nil : files.first { $0 == "serialized.bin" }
      return (named ?? alone).map { folder.appending(path: $0).path } ?? folder.path
    }
  }

  struct Malformed: Error {}

  static func cases(in groups: [String]) -> [Case] {
    groups.flatMap { group in
      let root = fixtures.appending(path: group)
      let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
      return names.sorted().map { Case(folder: root.appending(path: $0)) }
        .filter { FileManager.default.fileExists(atPath: $0.folder.appending(path: "expected.json").path) }
    }
  }

  static let stores = cases(in: [
    "stores/langchain-0.0.100-py39", "stores/langchain-0.0.150-pydantic1",
    "stores/langchain-0.0.300-pydantic2",
    "stores/langchain-community-0.2.19", "stores/langchain-community-0.4.2", "stores/pickle-variants",
    "stores/ties",
    "index-types",
  ])

  @Test func theFixturesAreThere() { #expect(Self.stores.count > 140) }

  @Test(arguments: stores) func documentsAreThoseLangChainSaved(_ test: Case) async throws {
    let expected = try test.expected()
    let session = try await Session.open(test.path)
    let page = try await session.page(offset: 0, limit: 10_000, filter: nil)
    let store = if case .dictionary(let fields)? = expected["store"] { fields } else { Metadata() }
    guard case .list(let documents)? = store["docs"] else {
      if let count = expected["ntotal"] { #expect(count == .int(page.total)) }
      return
    }
    let mapping = Self.mapping(store)
    #expect(page.total == (mapping?.count ?? documents.count))
    for (row, document) in zip(page.rows, try Self.inRowOrder(documents, mapping)) {
      #expect(row.document.id.text == Self.text(document["id"] ?? .null))
      #expect(row.document.content == Self.content(document["page_content"]))
      guard expected["kind"] != "valid-opaque-ok" else { continue }
      // Python drops `fold` from datetimes before protocol 4; the answers were recorded before pickling.
      let losesFold =
        test.folder.lastPathComponent.hasPrefix("proto")
        && (0...3).contains(session.pickle?.protocolVersion ?? 4)
      let given = Self.comparable(
        try MetadataValue(json: MetadataValue.dictionary(row.document.metadata).json))
      let wanted = Self.comparable(document["metadata"] ?? .null).json
      #expect(given.json == (losesFold ? wanted.replacingOccurrences(of: "\"fold\":1,", with: "") : wanted))
    }
  }

  @Test(arguments: stores) func searchesAnswerAsLangChain(_ test: Case) async throws {
    let expected = try test.expected()
    guard case .list(let operations)? = expected["ops"], case .list(let queries)? = expected["queries"] else {
      return
    }
    let session = try await Session.open(test.path)
    for case .dictionary(let operation) in operations {
      guard let request = try Self.request(operation, queries) else { continue }
      if operation["error"] != nil {
        await #expect(throws: (any Error).self, "\(MetadataValue.dictionary(operation).json)") {
          _ = try Self.request(operation, queries)
          _ = try await session.search(request)
        }
        continue
      }
      let result = try await session.search(request)
      guard case .list(let hits)? = operation["result"] else { throw Malformed() }
      // LangChain pairs MMR picks under a filter with the scores of other rows.
      let comparesScores = request.mmr == nil || request.filter == nil
      Self.compare(
        result.hits, hits, comparesScores: comparesScores, MetadataValue.dictionary(operation).json)
    }
  }

  private static func compare(
    _ found: [Hit], _ expected: [MetadataValue], comparesScores: Bool, _ name: String
  ) {
    #expect(found.count == expected.count, "\(name)")
    let scores = expected.map { hit -> Double? in
      if case .list(let pair) = hit, pair.count == 2 { number(pair[1]) } else { nil }
    }
    for (place, (hit, want)) in zip(found, expected).enumerated() {
      let score = scores[place]
      if comparesScores, let score { #expect(isClose(Double(hit.score), score), "\(name) hit \(place)") }
      let id = if case .list(let pair) = want { text(pair[0]) } else { text(want) }
      let isTied = scores.enumerated().contains { other, value in
        guard other != place, let value, let score else { return false }
        return isClose(value, score)
      }
      #expect(hit.document.id.text == id || isTied, "\(name) hit \(place)")
    }
  }

  /// Nil for operations that have no counterpart here or use Python values that JSON cannot hand over.
  static func request(_ operation: Metadata, _ queries: [MetadataValue]) throws -> SearchRequest? {
    guard case .string(let name)? = operation["op"],
      ["search_with_score", "mmr_with_score", "mmr"].contains(name.string),
      case .int(let query)? = operation["q"], case .dictionary(let fields) = queries[query],
      case .list(let vector)? = fields["vector"]
    else { return nil }
    var request = SearchRequest(query: .vector(vector.map { Float(number($0) ?? .nan) }), langchain: true)
    if case .int(let k)? = operation["k"] { request.k = k }
    if case .int(let fetchK)? = operation["fetch_k"] { request.fetchK = fetchK }
    if let threshold = operation["score_threshold"] {
      request.scoreThreshold = number(threshold).map { Float($0) }
    }
    if name.string != "search_with_score" {
      request.mmr = SearchRequest.MMROptions(
        lambda: operation["lambda_mult"].flatMap(number) ?? 0.5, fetchK: request.fetchK ?? 20)
    }
    if let filter = operation["filter"] {
      let text = filter.json
      if ["callable", "tuple", "set", "dict"].contains(where: {
        text.contains("\"$t\":\"\($0)\"") || text.contains("\"$t\": \"\($0)\"")
      }) {
        return nil
      }
      do { request.filter = try Filter(parsing: text) } catch {
        // A filter that LangChain refuses when it is built must be refused here too.
        if operation["error"] == nil { throw error }
        return nil
      }
    }
    return request
  }

  private static func mapping(_ store: Metadata) -> [(Int, MetadataValue)]? {
    guard case .list(let pairs)? = store["mapping"] else { return nil }
    return pairs.compactMap { pair in
      guard case .list(let two) = pair, two.count == 2 else { return nil }
      switch two[0] {
      case .int(let row): return (row, two[1])
      case .foreign(let value):
        if case .int(let row)? = value.fields["v"] { return (row, two[1]) } else { return nil }
      default: return nil
      }
    }.sorted { $0.0 < $1.0 }
  }

  private static func inRowOrder(_ documents: [MetadataValue], _ mapping: [(Int, MetadataValue)]?) throws
    -> [Metadata]
  {
    let all = documents.compactMap { value -> Metadata? in
      if case .dictionary(let fields) = value { fields } else { nil }
    }
    guard let mapping else { return all }
    return mapping.compactMap { entry in all.first { $0["id"] == entry.1 } }
  }

  private static func text(_ value: MetadataValue) -> String {
    switch value {
    case .string(let text): text.string
    case .int(let number): "\(number)"
    case .null: "None"
    case .foreign(let value):
      if case .string(let text)? = value.fields["v"] { text.string } else { value.kind }
    default: value.json
    }
  }

  private static func content(_ value: MetadataValue?) -> Text? {
    if case .string(let text)? = value { text } else { nil }
  }

  /// Without what tells nothing about the value: bit patterns, raw bytes, and what opaque classes print.
  private static func comparable(_ value: MetadataValue) -> MetadataValue {
    switch value {
    case .list(let items): return .list(items.map(comparable))
    case .tuple(let items): return .tuple(items.map(comparable))
    case .float(let number): return number.isNaN ? "nan" : value
    case .dictionary(let fields):
      return .dictionary(Metadata(fields.entries.map { (comparable($0.key), comparable($0.value)) }))
    case .foreign(let foreign):
      if ["opaque", "class"].contains(foreign.kind) { return "opaque" }
      let fields = foreign.fields.entries.filter { $0.key != "bits" && $0.key != "raw_hex" }
        .map { (comparable($0.key), comparable($0.value)) }.sorted { $0.0.json < $1.0.json }
      return .foreign(ForeignValue(kind: foreign.kind, summary: "", fields: Metadata(fields), encoded: []))
    default: return value
    }
  }

  private static func number(_ value: MetadataValue) -> Double? {
    switch value {
    case .int(let number): Double(number)
    case .float(let number): number
    default: nil
    }
  }

  private static func isClose(_ a: Double, _ b: Double) -> Bool {
    a == b || (a.isNaN && b.isNaN) || abs(a - b) <= 1e-6 + 1e-5 * max(abs(a), abs(b))
  }
}
