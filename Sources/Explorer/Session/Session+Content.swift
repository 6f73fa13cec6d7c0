import Embeddings
import StoreFormats
import VectorStore

extension Session {
  /// Gives a document other content: its text is embedded again, its id, row and metadata stay.
  ///
  /// Can be undone. Returns false when it has that content already. Throws `.embedderUnavailable` when text cannot
  /// be embedded, and what ``VectorStore/replace(_:vectors:)`` throws.
  @discardableResult
  public func setContent(of id: DocumentID, to content: Text) async throws -> Bool {
    do {
      let version = await store.current
      guard let place = version.places(of: id).first else { throw Self.unknownID(id.text, in: version) }
      var document = version.parts[place.part].document(at: place.position)
      guard document.content != content else { return false }
      document.content = content
      let choice = try await embedderChoice()
      guard let embedder = choice.embedder else {
        throw ExplorerError(
          .embedderUnavailable, "the new content cannot be embedded, so it cannot be found: \(choice.note)")
      }
      let ingestion = Ingestion(
        embedder: embedder, dimension: version.dimension,
        normalizes: (try? version.looksNormalized()) == true)
      let vector = try await ingestion.vector(of: content.string)
      try await store.replace([document], vectors: Vectors(vector, dimension: version.dimension))
      remember(choice, dimension: version.dimension)
      return true
    } catch let error as CancellationError {
      throw error
    } catch {
      throw ExplorerError(error)
    }
  }
}
