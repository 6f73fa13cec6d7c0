import Foundation
import Testing

@testable import Embeddings

@Suite struct VocabularyTests {
  private func vocabulary(_ text: String) throws -> Vocabulary {
    try Vocabulary(Array(text.utf8), name: "vocab.txt")
  }

  @Test func theLineIsTheID() throws {
    let pieces = try vocabulary("[PAD]\n[UNK]\n[CLS]\r\n[SEP]\n[MASK]\nword\n##ly\n")
    #expect(pieces.count == 7)
    #expect(pieces.id(of: "word") == 5)
    #expect(pieces.id(of: "[CLS]") == 2)
    #expect(pieces.id(of: "wor") == nil)
    #expect(pieces.piece(6) == "##ly")
    #expect(pieces.piece(7) == nil && pieces.piece(-1) == nil)
  }

  @Test(arguments: ["", "word\n", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n"])
  func aFileThatIsNoVocabularyOfBERTIsNamed(text: String) {
    #expect {
      try vocabulary(text)
    } throws: { error in
      guard let error = error as? EmbeddingError else { return false }
      return error.code == .modelDamaged && error.message.contains("vocab.txt")
    }
  }
}
