import CCrypto
import Foundation
import Testing

@testable import Explorer
@testable import VectorStore

/// Every operation, sequence and merge that was recorded from real LangChain, through ``LangChainStore``.
///
/// Not compared, because they are LangChain's wrong answers (its documentation and ours say which): scores of MMR
/// under a filter, what a store answers once an error has left its index and its map apart, documents after a
/// delete on an IVF index.
struct LangChainParityTests {
  typealias Case = ConformanceTests.Case

  /// An answer with what was recorded for it.
  private struct Answers {
    var name: String
    var store: LangChainStore
    var queries: [[Float]]
    var dimension: Int
    var compared = 0

    func query(_ operation: Metadata) throws -> [Float] {
      guard case .int(let number)? = operation["q"] else { throw ConformanceTests.Malformed() }
      return queries[number]
    }
  }

  private func answers(_ test: Case) async throws -> Answers {
    let expected = try test.expected()
    let session = try await Session.open(test.path)
    var strategy = DistanceStrategy.euclideanDistance
    var normalizes = false
    if case .dictionary(let arguments)? = expected["constructor"] {
      if case .string(let name)? = arguments["distance_strategy"] {
        strategy = try #require(DistanceStrategy(rawValue: name.string))
      }
      normalizes = arguments["normalize_L2"] == true
    }
    var queries: [[Float]] = []
    if case .list(let all)? = expected["queries"] {
      for case .dictionary(let query) in all { queries.append(Self.floats(query["vector"])) }
    }
    let dimension = await session.summary().dimension
    return Answers(
      name: test.testDescription,
      store: LangChainStore(session.store, strategy: strategy, normalizes: normalizes), queries: queries,
      dimension: dimension)
  }

  @Test(arguments: ConformanceTests.stores)
  func operationsAnswerAsRecorded(_ test: Case) async throws {
    guard case .list(let operations)? = try test.expected()["ops"] else { return }
    var answers = try await answers(test)
    for case .dictionary(let operation) in operations { _ = try await check(operation, &answers) }
    #expect(answers.compared > 0 || operations.isEmpty)
  }

  @Test(arguments: ConformanceTests.stores)
  func sequencesLeadWhereTheyLed(_ test: Case) async throws {
    guard case .list(let sequences)? = try test.expected()["sequences"] else { return }
    for case .list(let operations) in sequences {
      var answers = try await answers(test)
      for case .dictionary(let operation) in operations {
        guard try await check(operation, &answers) else { break }
      }
    }
  }

  @Test(arguments: ConformanceTests.stores)
  func mergesEndAsRecorded(_ test: Case) async throws {
    guard case .list(let merges)? = try test.expected()["merges"] else { return }
    for case .dictionary(let merge) in merges {
      var answers = try await answers(test)
      let all = await answers.store.store.current
      let text = Self.text(merge["case"])
      let own = Self.part(all, text.hasPrefix("self empty") ? 0..<0 : 0..<25)
      var other = Self.part(all, text.hasPrefix("target empty") ? 0..<0 : 25..<all.count)
      if text.hasPrefix("duplicate id") { other = Self.part(all, 25..<all.count, first: "doc-000") }
      if text.hasPrefix("different dims") {
        other = StoreVersion(dimension: 4, metric: all.metric)
      }
      if text.hasPrefix("different metric") {
        other = StoreVersion(
          dimension: all.dimension, metric: all.metric == .squaredL2 ? .innerProduct : .squaredL2)
      }
      answers.store = LangChainStore(
        VectorStore(own), strategy: answers.store.strategy, normalizes: answers.store.normalizes)
      let source =
        text.hasPrefix("merge with itself") ? answers.store : LangChainStore(VectorStore(other))
      let found = await Self.result { try await answers.store.merge(from: source) }
      #expect(
        Self.isSame(found.error, merge["error"]),
        "\(answers.name) \(text): \(String(describing: found.error))")
      guard merge["error"] == nil, case .list(let then)? = merge["then"] else {
        // Nothing was changed, where LangChain has moved the vectors already.
        #expect(await answers.store.store.current.count == own.count)
        continue
      }
      #expect(await Self.state(answers.store) == Self.mapping(merge["self_after"]))
      for case .dictionary(let operation) in then { _ = try await check(operation, &answers) }
    }
  }

  /// Compares one operation; false when what follows it was recorded from a damaged store.
  private func check(_ operation: Metadata, _ answers: inout Answers) async throws -> Bool {
    let name = "\(answers.name) \(MetadataValue.dictionary(operation).json.prefix(300))"
    let store = answers.store
    guard let filter = try Self.filter(operation) else { return true }
    let (k, fetchK) = (Self.int(operation["k"]) ?? 4, Self.int(operation["fetch_k"]) ?? 20)
    let threshold = Self.number(operation["score_threshold"])
    let lambda = Self.number(operation["lambda_mult"]) ?? 0.5
    answers.compared += 1
    switch Self.text(operation["op"]) {
    case "search_with_score":
      let query = try answers.query(operation)
      let found = await Self.result {
        try await store.similaritySearchWithScore(
          query, k: k, filter: filter.value, fetchK: fetchK, scoreThreshold: threshold.map { Float($0) }
        ).map { ($0.document.id.text, Double($0.score)) }
      }
      if operation["error"] != nil, filter.isRefused { return true }
      // An id that no row has: what damaged stores answer.
      if case .dictionary(let error)? = operation["error"], error["type"] == "KeyError" { return false }
      Self.compare(found, operation, name)
    case "relevance":
      let query = try answers.query(operation)
      let found = await Self.result {
        try await store.similaritySearchWithRelevance(
          query, k: k, filter: filter.value, fetchK: fetchK, scoreThreshold: threshold
        ).map { ($0.document.id.text, $0.relevance) }
      }
      Self.compare(found, operation, name)
    case "mmr_with_score", "mmr":
      let query = try answers.query(operation)
      let found = await Self.result {
        try await store.maxMarginalRelevanceSearch(
          query, k: k, fetchK: fetchK, lambda: lambda, filter: filter.value
        ).map { ($0.document.id.text, filter.value == nil ? Double($0.score) : .nan) }
      }
      Self.compare(found, operation, name)
    case "retriever": try await checkRetriever(operation, answers, name)
    case "get_by_ids":
      let found = await store.documents(ids: Self.ids(operation["ids"]) ?? [])
      guard case .list(let wanted)? = operation["result"] else { throw ConformanceTests.Malformed() }
      #expect(
        found.map(\.id.text)
          == wanted.map { if case .list(let pair) = $0 { Self.text(pair[0]) } else { "" } }, "\(name)")
    case "delete":
      let ids = Self.ids(operation["ids"])
      let found = await Self.result { try await store.delete(ids) }
      return await checkEdit(found.error, operation, answers, name)
    case "add_texts":
      let found = await add(operation, answers)
      return await checkEdit(found.error, operation, answers, name)
    default: Issue.record("\(name): no such operation")
    }
    return true
  }

  private func checkRetriever(_ operation: Metadata, _ answers: Answers, _ name: String) async throws {
    // pydantic's validation error shows objects of a Python process; what it refuses is refused here too.
    guard operation["error"] == nil else { return }
    let query = try answers.query(operation)
    var arguments = Metadata()
    if case .dictionary(let given)? = operation["search_kwargs"] { arguments = given }
    let filter = try Self.filter(arguments)
    let found = try await answers.store.search(
      query, type: Self.text(operation["search_type"]), k: Self.int(arguments["k"]) ?? 4,
      filter: filter?.value, fetchK: Self.int(arguments["fetch_k"]) ?? 20,
      lambda: Self.number(arguments["lambda_mult"]) ?? 0.5,
      scoreThreshold: Self.number(arguments["score_threshold"]))
    guard case .list(let wanted)? = operation["result"] else { throw ConformanceTests.Malformed() }
    #expect(found.map(\.id.text) == wanted.map { Self.text($0) }, "\(name)")
  }

  private func add(_ operation: Metadata, _ answers: Answers) async -> Outcome<[DocumentID]> {
    guard case .list(let items)? = operation["texts"] else { return Outcome() }
    let texts = items.map { Text(Self.text($0)) }
    var metadatas: [Metadata]?
    if case .list(let all)? = operation["metadatas"] {
      metadatas = all.map { if case .dictionary(let metadata) = $0 { metadata } else { [:] } }
    }
    let vectors = texts.map { Self.fakeVector($0.string, dimension: answers.dimension) }
    return await Self.result { [metadatas] in
      try await answers.store.addTexts(
        texts, vectors: vectors, metadatas: metadatas, ids: Self.ids(operation["ids"]))
    }
  }

  /// False when LangChain's store was damaged by an error that comes too late, or by what it renumbers.
  private func checkEdit(
    _ error: String?, _ operation: Metadata, _ answers: Answers, _ name: String
  ) async -> Bool {
    #expect(Self.isSame(error, operation["error"]), "\(name): \(error ?? "no error")")
    var after = operation["state_after_error"]
    if case .dictionary(let result)? = operation["result"] { after = result["state"] }
    let wanted = Self.mapping(after)
    let found = await Self.state(answers.store)
    let isDamaged = Self.int((after.flatMap(Self.fields))?["ntotal"]) != found.count
    if !isDamaged, let wanted { #expect(found == wanted, "\(name)") }
    if operation["error"] != nil { return !isDamaged }
    let type = await answers.store.store.current.parts.first?.segment.vectors.faissIndex?.className ?? ""
    return !isDamaged && !(type.contains("IVF") && operation["op"] == "delete")
  }

  // MARK: Comparing

  private struct Outcome<Value> {
    var value: Value?
    var error: String?
  }

  private static func result<R>(_ body: () async throws -> R) async -> Outcome<R> {
    do { return Outcome(value: try await body()) } catch {
      return Outcome(
        error: error as? FilterError == nil
          ? "\(error)" : "FilterError: \((error as? FilterError)?.message ?? "")")
    }
  }

  private static func compare(_ found: Outcome<[(String, Double)]>, _ operation: Metadata, _ name: String) {
    guard operation["error"] == nil else {
      #expect(isSame(found.error, operation["error"]), "\(name): \(found.error ?? "no error")")
      return
    }
    if case .dictionary(let summary)? = operation["result"] {
      #expect(found.value?.count == int(summary["count"]), "\(name)")
      return
    }
    guard case .list(let wanted)? = operation["result"], let hits = found.value else {
      Issue.record("\(name): \(found.error ?? "no answer")")
      return
    }
    #expect(hits.count == wanted.count, "\(name)")
    let pairs = wanted.map { value -> (String, Double) in
      guard case .list(let pair) = value, pair.count == 2 else { return (text(value), .nan) }
      return (text(pair[0]), number(pair[1]) ?? .nan)
    }
    for (place, (hit, want)) in zip(hits, pairs).enumerated() {
      if !hit.1.isNaN, !want.1.isNaN { #expect(isClose(hit.1, want.1), "\(name), hit \(place)") }
      let isTied = pairs.enumerated().contains { $0.offset != place && isClose($0.element.1, want.1) }
      #expect(hit.0 == want.0 || isTied, "\(name), hit \(place)")
    }
  }

  /// The class of the error and its words, without the place in faiss's sources and the order of a set.
  private static func isSame(_ found: String?, _ expected: MetadataValue?) -> Bool {
    guard let expected, case .dictionary(let fields) = expected else { return found == nil }
    guard let found else { return false }
    let (type, words) = (text(fields["type"]), text(fields["message"]))
    if found.hasPrefix("FilterError: ") {
      return found.dropFirst(13) == words || ["TypeError", "AttributeError", "ValueError"].contains(type)
    }
    if type == "RuntimeError" { return found.hasPrefix("RuntimeError") }
    let own = words.isEmpty ? type : "\(type): \(words)"
    return found == own || found.prefix { $0 != "{" } == own.prefix { $0 != "{" } && own.contains("{")
  }

  private static func state(_ store: LangChainStore) async -> [String] {
    var ids: [String] = []
    await store.store.current.forEachDocument { _, document in ids.append(document.id.text) }
    return ids
  }

  /// The ids in row order; nil where only a summary was recorded.
  private static func mapping(_ state: MetadataValue?) -> [String]? {
    guard let fields = state.flatMap(fields), case .list(let pairs)? = fields["index_to_docstore_id"] else {
      return nil
    }
    return pairs.compactMap { if case .list(let pair) = $0, pair.count == 2 { text(pair[1]) } else { nil } }
  }

  private static func part(_ version: StoreVersion, _ rows: Range<Int>, first id: DocumentID? = nil)
    -> StoreVersion
  {
    var documents = rows.map { version.document(atRow: $0) }
    if let id, !documents.isEmpty { documents[0].id = id }
    let vectors = rows.flatMap { (try? version.vector(atRow: $0)) ?? [] }
    return StoreVersion(
      dimension: version.dimension, metric: version.metric,
      segments: [
        Segment(
          vectors: Vectors(vectors, dimension: version.dimension), documents: documents, origin: .file)
      ])
  }

  // MARK: Reading

  /// The operation's filter; nil when it holds Python values that no JSON can hand over.
  private static func filter(_ operation: Metadata) throws -> (value: Filter?, isRefused: Bool)? {
    guard let value = operation["filter"] else { return (nil, false) }
    let text = value.json
    if ["callable", "tuple", "set", "dict"].contains(where: { text.contains("\"$t\":\"\($0)\"") }) {
      return nil
    }
    do { return (try Filter(parsing: text), false) } catch {
      if operation["error"] == nil { throw error }
      return (nil, true)
    }
  }

  /// The vectors that the recorder's fake embedder makes: SHA-256 of text and block number, words to [-1, 1).
  static func fakeVector(_ text: String, dimension: Int) -> [Float] {
    var numbers: [Float] = []
    var block = 0
    while numbers.count < dimension {
      let bytes = Array("\(text)#\(block)".utf8)
      var digest = [UInt8](repeating: 0, count: 32)
      var size: UInt32 = 0
      _ = EVP_Digest(bytes, bytes.count, &digest, &size, EVP_sha256(), nil)
      for word in 0..<8 {
        let value = digest[word * 4..<word * 4 + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        numbers.append(Float(Double(value) / 2_147_483_648 - 1))
      }
      block += 1
    }
    return Array(numbers.prefix(dimension))
  }

  private static func fields(_ value: MetadataValue) -> Metadata? {
    if case .dictionary(let fields) = value { fields } else { nil }
  }

  private static func ids(_ value: MetadataValue?) -> [DocumentID]? {
    guard case .list(let items)? = value else { return nil }
    return items.map { DocumentID(text($0)) }
  }

  private static func floats(_ value: MetadataValue?) -> [Float] {
    guard case .list(let items)? = value else { return [] }
    return items.map { Float(number($0) ?? .nan) }
  }

  private static func int(_ value: MetadataValue?) -> Int? { if case .int(let n)? = value { n } else { nil } }

  private static func number(_ value: MetadataValue?) -> Double? {
    switch value {
    case .int(let number)?: Double(number)
    case .float(let number)?: number
    default: nil
    }
  }

  private static func text(_ value: MetadataValue?) -> String {
    switch value {
    case .string(let text)?: text.string
    case .int(let number)?: "\(number)"
    case .null?: "None"
    default: value?.json ?? ""
    }
  }

  private static func isClose(_ a: Double, _ b: Double) -> Bool {
    a == b || abs(a - b) <= 1e-6 + 1e-5 * max(abs(a), abs(b))
  }
}
