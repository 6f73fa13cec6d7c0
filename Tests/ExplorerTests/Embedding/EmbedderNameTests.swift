import Explorer
import Testing

@Suite struct EmbedderNameTests {
  @Test(arguments: [
    "none", "hashing", "minilm", "minilm-fast", "minilm:/models/mine", "openai",
    "openai:text-embedding-3-small",
    "openai:text-embedding-3-large@256", "ollama:nomic-embed-text", "http://localhost:8080/v1#bge-small",
    "https://example.org/v1#big@512", "command:embed --fast", "command:'my program' x",
  ])
  func whatIsWrittenIsPrintedAgain(name: String) throws {
    #expect(try EmbedderName(parsing: name).description == name)
  }

  @Test(arguments: [
    "hash", "hashing:x", "openai:", "http://localhost/v1", "command:", "command:'x", "ftp://x#y",
  ])
  func whatCannotBeReadSaysWhatCan(name: String) {
    #expect { try EmbedderName(parsing: name) } throws: { error in
      guard let error = error as? ExplorerError else { return false }
      return error.code == .usage && error.message.contains(name)
    }
  }

  @Test func aKeyInAnAddressIsRefusedAndNotRepeated() {
    #expect { try EmbedderName(parsing: "https://user:secret@example.org/v1#m") } throws: { error in
      guard let error = error as? ExplorerError else { return false }
      return error.code == .usage && !error.message.contains("secret")
    }
  }

  @Test func aDimensionComesAfterTheLastAt() throws {
    #expect(
      try EmbedderName(parsing: "ollama:a@b@64") == .ollama(.init(name: "a@b", dimensions: 64)))
  }
}
