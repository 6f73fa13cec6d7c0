import DocumentSources
import Embeddings
import Foundation
import StoreFormats
import VectorStore

extension Session {
  /// Reads files, embeds their texts and appends them as rows.
  ///
  /// One step of undo; nothing is added when anything fails. Vectors that were computed before a failure or
  /// a cancellation are not computed again the next time. Throws ``ExplorerError`` and `CancellationError`.
  public func add(_ request: AddRequest, progress: @escaping @Sendable (Progress) -> Void) async throws
    -> AddReport
  {
    do {
      let version = await store.current
      let intake = try DocumentIntake(
        request, existing: request.skipsSameContent ? Self.contents(version) : [], progress: progress)
      if request.langchain {
        let vectors = intake.documents.compactMap(\.vector)
        try LangChainStore.check(
          adding: intake.documents.count, ids: intake.documents.compactMap(\.id),
          fits: vectors.allSatisfy { $0.count == version.dimension }, to: version)
      }
      return try await append(
        intake, of: request, to: version, normalizes: (try? version.looksNormalized()) == true,
        progress: progress)
    } catch let error as CancellationError {
      throw error
    } catch {
      throw ExplorerError(error)
    }
  }

  func append(
    _ intake: DocumentIntake, of request: AddRequest, to version: StoreVersion, normalizes: Bool,
    progress: @escaping @Sendable (Progress) -> Void
  ) async throws -> AddReport {
    var report = intake.report
    let documents = try Self.checked(intake.documents, version) { (error) throws(ExplorerError) in
      guard request.reading.skipsBad else { throw ExplorerError(error) }
      report.source.skip(error)
    }
    guard !documents.isEmpty || intake.documents.isEmpty else {
      throw ExplorerError(.noInput, "all documents are bad: " + report.source.lines.joined(separator: "\n"))
    }
    var (embedder, name): ((any Embedder)?, EmbedderName) = (nil, .none)
    if documents.contains(where: { $0.vector == nil }) {
      let choice = try await embedderChoice()
      guard let chosen = choice.embedder else {
        throw ExplorerError(.embedderUnavailable, "texts cannot be embedded: \(choice.note)")
      }
      (embedder, name) = (chosen, choice.name)
      report.embedder = chosen.name
      remember(choice, dimension: version.dimension)
    }
    var journal = journal(embedder: name, dimension: version.dimension)
    let ingestion = Ingestion(embedder: embedder, dimension: version.dimension, normalizes: normalizes)
    let rows = try await ingestion.rows(of: documents, journal: &journal, progress: progress)
    try await store.add(rows.documents, vectors: Vectors(rows.vectors, dimension: version.dimension))
    // With an edit journal the rows are safe now; else only once they are saved.
    if self.journal != nil { unlink(journal.path) } else { builds.withLock { $0.append(journal.path) } }
    report.unkept = journal.failure?.message
    report.added = rows.documents.count
    report.resumed = rows.resumed
    report.cutOff = rows.cutOff
    return report
  }

  private static func contents(_ version: StoreVersion) -> Set<Text> {
    var contents: Set<Text> = []
    version.forEachDocument { _, document in contents.insert(document.content) }
    return contents
  }

  /// The documents as they can be saved, without those that `refused` took note of.
  ///
  /// What can be known to fail fails before hours go into embedding. Throws what `refused` throws.
  private static func checked(
    _ documents: [SourceDocument], _ version: StoreVersion,
    refused: (SourceError) throws(ExplorerError) -> Void
  ) throws(ExplorerError) -> [SourceDocument] {
    var checked: [SourceDocument] = []
    checked.reserveCapacity(documents.count)
    var seen: Set<DocumentID> = []
    for var document in documents {
      func refuse(_ code: SourceError.Code, _ words: String) throws(ExplorerError) {
        try refused(SourceError(code, words, file: document.origin.file, line: document.origin.line))
      }
      do throws(StoreFormatError) {
        if case .dictionary(let metadata) = try MetadataValue.dictionary(document.metadata).storable() {
          document.metadata = metadata
        }
      } catch {
        try refuse(.badMetadata, error.message)
        continue
      }
      if let vector = document.vector, vector.count != version.dimension {
        try refuse(
          .badVector, "the vector has \(vector.count) numbers, the store has \(version.dimension)")
        continue
      }
      if let id = document.id, version.contains(id) || !seen.insert(id).inserted {
        try refuse(
          .badID, "the id \"\(id.text)\" is taken; give each document its own id, or leave it out")
        continue
      }
      checked.append(document)
    }
    return checked
  }

  private func journal(embedder: EmbedderName, dimension: Int) -> EmbeddingJournal {
    let folder = workshop.folders?.cache ?? NSTemporaryDirectory() + "fathom"
    let target = URL(filePath: place.withLock { $0.location.path }).standardizedFileURL.path
    return .open(
      folder: "\(folder)/builds", build: "\(target)\n\(embedder)", dimension: dimension)
  }
}

extension Session {
  /// Makes a new store at `path` from files, and saves it.
  ///
  /// `embedder` is needed unless all documents bring their vectors. With `normalizes`, vectors are scaled to
  /// length 1, so that squared L2 ranks as the cosine does. Throws `.cannotWrite` when there is a store at
  /// `path` already; then, and on any other error, nothing is written there.
  public static func build(
    _ path: String, _ request: AddRequest, embedder name: EmbedderName, metric: Metric, normalizes: Bool,
    environment: [String: String]?, progress: @escaping @Sendable (Progress) -> Void
  ) async throws -> (report: AddReport, saved: SaveReport) {
    do {
      let location = StoreWriter.destination(for: path)
      if location.exists {
        throw ExplorerError(
          .cannotWrite, "\(location.path) exists; fathom add appends to it, or choose another place")
      }
      let intake = try DocumentIntake(request, existing: [], progress: progress)
      guard let first = intake.documents.first else {
        throw ExplorerError(
          .noInput, "the files hold no text: " + intake.report.source.lines.joined(separator: "\n"))
      }
      let dimension =
        if let vector = first.vector {
          vector.count
        } else {
          try await EmbedderWorkshop(environment: environment).make(name, dimension: Self.hashingDimension)
            .dimension
        }
      let session = Session(
        .new(location, dimension: dimension, metric: metric), for: .writing, embedder: name,
        environment: environment)
      let report = try await session.append(
        intake, of: request, to: await session.store.current, normalizes: normalizes, progress: progress)
      progress(Progress(completed: report.added, total: report.added, note: "saving"))
      return (report, try await session.save(progress: progress))
    } catch let error as CancellationError {
      throw error
    } catch {
      throw ExplorerError(error)
    }
  }

  /// Makes another store with the embedder of this one, as ``build`` does.
  public func buildBeside(
    _ path: String, _ request: AddRequest, progress: @escaping @Sendable (Progress) -> Void
  ) async throws -> AddReport {
    let choice = try await embedderChoice()
    return try await Self.build(
      path, request, embedder: choice.embedder == nil ? .miniLM() : choice.name, metric: .squaredL2,
      normalizes: false, environment: workshop.environment, progress: progress
    ).report
  }

  /// The dimension that the hashing embedder gets in new stores.
  static let hashingDimension = 1024
}
