import Faiss

/// A store with the methods of LangChain's `FAISS` class, under their names in Swift, answers and errors to the
/// letter.
///
/// Where LangChain checks too late and leaves index and map apart, the error is the same and nothing is changed:
/// ids that exist already, a repeated id in `delete`, two stores with the same ids. Two wrong answers are not copied:
/// scores of MMR under a filter belong to their rows, and rows keep their ids after a delete on an IVF index.
/// Texts are embedded by the caller; `similarity_search(query)` is ``similaritySearchWithScore(_:k:filter:fetchK:scoreThreshold:)``
/// with the query's vector.
///
/// Source: langchain-community 0.4.2, `vectorstores/faiss.py`.
public struct LangChainStore: Sendable {
  public let store: VectorStore
  public let strategy: DistanceStrategy
  /// `normalize_L2`: added vectors and queries get length 1.
  public let normalizes: Bool

  public init(
    _ store: VectorStore, strategy: DistanceStrategy = .euclideanDistance, normalizes: Bool = false
  ) {
    self.store = store
    self.strategy = strategy
    self.normalizes = normalizes
  }

  /// A store of nothing yet, with an index as `from_texts` makes it.
  public init(
    dimension: Int, strategy: DistanceStrategy = .euclideanDistance, normalizes: Bool = false
  ) {
    self.init(
      VectorStore(StoreVersion(dimension: dimension, metric: strategy.metric)), strategy: strategy,
      normalizes: normalizes)
  }

  // MARK: Adding

  /// `add_texts`, with the texts' vectors: returns the ids, made up (UUIDs) where none are given.
  @discardableResult
  public func addTexts(
    _ texts: [Text], vectors: [[Float]], metadatas: [Metadata]? = nil, ids: [DocumentID]? = nil
  ) async throws -> [DocumentID] {
    let version = await store.current
    if !texts.isEmpty {
      try Self.checkCounts(texts.count, "metadatas", metadatas?.count)
      if let ids, !ids.isEmpty { try Self.checkCounts(texts.count, "ids", ids.count) }
    }
    let ids = ids ?? []
    let fits = vectors.count == texts.count && vectors.allSatisfy { $0.count == version.dimension }
    try Self.check(adding: texts.count, ids: ids, fits: fits, to: version, normalizes: normalizes)
    let documents = texts.enumerated().map { number, text in
      Document(
        id: ids.isEmpty ? DocumentID.unique() : ids[number], content: text,
        metadata: metadatas?[number] ?? [:])
    }
    let values = vectors.flatMap { normalizes ? Self.unit($0) : $0 }
    try await store.add(documents, vectors: Vectors(values, dimension: version.dimension))
    return documents.map(\.id)
  }

  /// `add_documents`: ids come from the documents.
  @discardableResult
  public func addDocuments(_ documents: [Document], vectors: [[Float]]) async throws -> [DocumentID] {
    try await addTexts(
      documents.map(\.content), vectors: vectors, metadatas: documents.map(\.metadata),
      ids: documents.map(\.id))
  }

  /// What `add_texts` raises before it has changed anything, for `count` texts with `ids`, or none; `fits` says
  /// whether their vectors have the index's dimension.
  public static func check(
    adding count: Int, ids: [DocumentID], fits: Bool, to version: StoreVersion, normalizes: Bool = false
  ) throws(LangChainError) {
    if count == 0 {
      throw normalizes
        ? LangChainError("IndexError", "tuple index out of range")
        : .value("not enough values to unpack (expected 2, got 1)")
    }
    if Set(ids).count < ids.count { throw .value("Duplicate ids found in the ids list.") }
    guard fits else { throw LangChainError("AssertionError", "") }
    try checkSupport(version, .add)
    let taken = ids.filter(version.contains)
    guard taken.isEmpty else { throw Self.taken(taken) }
  }

  private static func checkCounts(_ texts: Int, _ name: String, _ count: Int?) throws(LangChainError) {
    guard let count, count != texts else { return }
    throw .value(
      "texts and \(name) expected to be equal length but len(texts)=\(texts) and len(\(name))=\(count)")
  }

  private static func taken(_ ids: [DocumentID]) -> LangChainError {
    .value("Tried to add ids that already exist: {\(ids.map { "'\($0.text)'" }.joined(separator: ", "))}")
  }

  private static func unit(_ vector: [Float]) -> [Float] {
    let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return norm > 0 ? vector.map { $0 / norm } : vector
  }

  // MARK: Searching

  /// `similarity_search_with_score_by_vector`.
  public func similaritySearchWithScore(
    _ query: [Float], k: Int = 4, filter: Filter? = nil, fetchK: Int = 20, scoreThreshold: Float? = nil
  ) async throws -> [(document: Document, score: Float)] {
    let version = try await edited()
    let search = LangChainSearch(
      k: k, fetchK: fetchK, filter: filter, scoreThreshold: scoreThreshold, strategy: strategy)
    try Self.check(query, version)
    return try await search.nearest(to: normalizes ? Self.unit(query) : query, in: version).map {
      (version.document(atRow: $0.row), $0.score)
    }
  }

  /// `similarity_search_with_relevance_scores`; `scoreThreshold` is about the relevance here.
  public func similaritySearchWithRelevance(
    _ query: [Float], k: Int = 4, filter: Filter? = nil, fetchK: Int = 20, scoreThreshold: Double? = nil
  ) async throws -> [(document: Document, relevance: Double)] {
    var found: [(document: Document, relevance: Double)] = []
    for hit in try await similaritySearchWithScore(query, k: k, filter: filter, fetchK: fetchK) {
      let relevance = try strategy.relevance(of: hit.score)
      if scoreThreshold.map({ relevance >= $0 }) ?? true { found.append((hit.document, relevance)) }
    }
    return found
  }

  /// `max_marginal_relevance_search_with_score_by_vector`, in the order picked.
  public func maxMarginalRelevanceSearch(
    _ query: [Float], k: Int = 4, fetchK: Int = 20, lambda: Double = 0.5, filter: Filter? = nil
  ) async throws -> [(document: Document, score: Float)] {
    let version = try await edited()
    try Self.check(query, version)
    let search = LangChainSearch(k: k, fetchK: fetchK, filter: filter, strategy: strategy)
    return try await search.diverse(to: query, lambda: lambda, in: version).map {
      (version.document(atRow: $0.row), $0.score)
    }
  }

  /// `search(query, search_type)`, and what a retriever of that type answers.
  public func search(
    _ query: [Float], type: String, k: Int = 4, filter: Filter? = nil, fetchK: Int = 20, lambda: Double = 0.5,
    scoreThreshold: Double? = nil
  ) async throws -> [Document] {
    switch type {
    case "similarity":
      return try await similaritySearchWithScore(
        query, k: k, filter: filter, fetchK: fetchK, scoreThreshold: scoreThreshold.map { Float($0) }
      ).map(\.document)
    case "similarity_score_threshold":
      return try await similaritySearchWithRelevance(
        query, k: k, filter: filter, fetchK: fetchK, scoreThreshold: scoreThreshold
      ).map(\.document)
    case "mmr":
      return try await maxMarginalRelevanceSearch(
        query, k: k, fetchK: fetchK, lambda: lambda, filter: filter
      ).map(\.document)
    default:
      throw LangChainError.value(
        "search_type of \(type) not allowed. Expected search_type to be 'similarity', "
          + "'similarity_score_threshold' or 'mmr'.")
    }
  }

  /// LangChain edits its index at once; so does this, where it is not flat.
  private func edited() async throws -> StoreVersion { try await store.current.withEditedIndex() }

  private static func check(_ query: [Float], _ version: StoreVersion) throws(LangChainError) {
    guard query.count == version.dimension else { throw LangChainError("AssertionError", "") }
  }

  // MARK: By id

  /// `get_by_ids`: in the order asked, repeated ids repeated, missing ones left out.
  public func documents(ids: [DocumentID]) async -> [Document] {
    let version = await store.current
    return ids.compactMap { id in
      version.places(of: id).last.map { version.parts[$0.part].document(at: $0.position) }
    }
  }

  /// `delete`; nil stands for Python's None.
  public func delete(_ ids: [DocumentID]?) async throws {
    guard let ids else { throw LangChainError.value("No ids provided to delete.") }
    let version = await store.current
    var missing: [DocumentID] = []
    for id in ids where !version.contains(id) && !missing.contains(id) { missing.append(id) }
    guard missing.isEmpty else {
      throw LangChainError.value(
        "Some specified ids do not exist in the current store. Ids not found: "
          + "{\(missing.map { "'\($0.text)'" }.joined(separator: ", "))}")
    }
    guard !ids.isEmpty else { throw LangChainError.value("Tried to delete ids that does not  exist: []") }
    var seen: Set<DocumentID> = []
    if let repeated = ids.first(where: { !seen.insert($0).inserted }) {
      throw LangChainError("KeyError", "'\(repeated.text)'")
    }
    try Self.checkSupport(version, .remove)
    try await store.delete(ids)
  }

  /// `merge_from`; the other store stays as it is.
  public func merge(from other: LangChainStore, named name: String = "the other store") async throws {
    let (version, source) = (await store.current, await other.store.current)
    guard source.dimension == version.dimension else {
      throw LangChainError("RuntimeError", "Error: 'other->d == d' failed")
    }
    guard source.metric == version.metric else {
      throw LangChainError(
        "RuntimeError",
        "Error: '!(typeid(*this) == typeid(*other))' failed: can only merge indexes of the same type")
    }
    var shared: [DocumentID] = []
    source.forEachDocument { _, document in if version.contains(document.id) { shared.append(document.id) } }
    guard shared.isEmpty else { throw Self.taken(shared) }
    _ = try await store.merge(source, named: name, policy: .fail)
  }

  /// What faiss says of an operation that this type of index lacks.
  private static func checkSupport(
    _ version: StoreVersion, _ operation: FaissOperation
  ) throws(LangChainError) {
    guard let index = version.parts.first?.segment.vectors.faissIndex else { return }
    switch operation {
    case .remove where index.className.contains("HNSW"):
      // Fathom rebuilds the graph instead.
      throw LangChainError("RuntimeError", "remove_ids not implemented for this type of index")
    case .add where index.className.hasPrefix("IndexIDMap"):
      throw LangChainError(
        "RuntimeError", "add does not make sense with IndexIDMap, use add_with_ids")
    default:
      if let refusal = index.refusal(of: operation) { throw LangChainError("RuntimeError", refusal) }
    }
  }
}
