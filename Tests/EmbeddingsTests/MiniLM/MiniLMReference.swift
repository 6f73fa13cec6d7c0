import Foundation

@testable import Embeddings

/// Texts with the ids and vectors that sentence-transformers gives them, and the model's vocabulary.
enum MiniLMReference {
  struct Item: Decodable, Sendable {
    var text: String
    var ids: [Int32]
    var embedding: [Float]
  }

  private struct File: Decodable { var items: [Item] }

  static func items() throws -> [Item] {
    try JSONDecoder().decode(File.self, from: data("minilm-reference.json")).items
  }

  static func tokenizer() throws -> WordPieceTokenizer {
    WordPieceTokenizer(vocabulary: try Vocabulary(contentsOf: url("minilm-vocab.txt")))
  }

  static var hasWeights: Bool { (try? ModelFolder(ModelFolder.standardURL())) != nil }

  static func data(_ name: String) throws -> Data { try Data(contentsOf: url(name)) }

  private static func url(_ name: String) -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
      .appending(path: "Fixtures/embeddings/\(name)")
  }
}
