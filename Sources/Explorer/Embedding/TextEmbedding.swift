import Embeddings
import Foundation

/// Texts turned into vectors without a store: what `fathom embed` does.
public struct TextEmbedding: Sendable {
  private let embedder: any Embedder
  /// What the header of an answer says.
  public var name: String { embedder.name }

  /// Loads or connects an embedder; the hashing one gives `dimension` numbers.
  ///
  /// Throws ``ExplorerError``.
  public init(_ name: EmbedderName, dimension: Int = 256, environment: [String: String]) throws {
    do {
      embedder = try EmbedderWorkshop(environment: environment).make(name, dimension: dimension)
    } catch {
      throw ExplorerError(error)
    }
  }

  /// The vectors of texts, in their order.
  ///
  /// Throws ``ExplorerError`` and `CancellationError`.
  public func vectors(of texts: [String]) async throws -> [[Float]] {
    do {
      let values = try await embedder.embed(texts)
      guard !texts.isEmpty, values.count % texts.count == 0 else { return [] }
      let dimension = values.count / texts.count
      return texts.indices.map { Array(values[$0 * dimension..<($0 + 1) * dimension]) }
    } catch let error as CancellationError {
      throw error
    } catch {
      throw ExplorerError(error)
    }
  }

  /// Whether the end of a text does not count.
  public func cutsOff(_ text: String) -> Bool { embedder.cutsOff(text) }
}

/// What MiniLM reads of a text.
public struct TextTokens: Sendable {
  private let tokenizer: WordPieceTokenizer

  /// Opens the vocabulary of the installed model, or of the one in `folder`.
  public init(folder: String?, environment: [String: String]) throws {
    do {
      let place = folder.map { URL(filePath: $0) } ?? ModelFolder.standardURL(environment: environment)
      tokenizer = WordPieceTokenizer(vocabulary: try Vocabulary(contentsOf: ModelFolder(place).vocabulary))
    } catch {
      throw ExplorerError(error)
    }
  }

  /// Ids and pieces, and how many ids the whole text has.
  public func tokens(of text: String) -> (ids: [Int32], pieces: [String], fullCount: Int) {
    let result = tokenizer.tokenize(text)
    return (result.ids, tokenizer.pieces(of: result.ids), result.fullCount)
  }
}
