import Foundation
import Testing

@testable import Embeddings

private func withFolder<Result>(_ files: [String: Data], _ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: "fathom-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  for (name, bytes) in files { try bytes.write(to: folder.appending(path: name)) }
  return try body(folder)
}

@Test func modelFolderNamesTheFileThatIsMissing() throws {
  try withFolder(["model.safetensors": Data()]) { folder in
    let error = #expect(throws: EmbeddingError.self) { try ModelFolder(folder) }
    #expect(error?.code == .unavailable)
    #expect(error?.message.contains("expected \(folder.path)/vocab.txt") == true)
  }
}

@Test func modelFolderTellsAFileThatIsAnother() throws {
  try withFolder(["model.safetensors": Data(), "vocab.txt": Data("abc".utf8)]) { folder in
    let error = #expect(throws: EmbeddingError.self) { try ModelFolder(folder).verify() }
    #expect(error?.code == .modelDamaged)
    #expect(error?.message.contains("vocab.txt is not the file of all-minilm-l6-v2") == true)
    #expect(error?.message.contains("expected sha-256 \(ModelFolder.vocabularyDigest)") == true)
    // FIPS 180-2, B.1.
    let found = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(error?.message.contains("found \(found)") == true)
  }
}

@Test(arguments: [
  (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
  // FIPS 180-2, B.3: more than one chunk.
  (1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
])
func digestIsThatOfTheWholeFile(size: Int, digest: String) throws {
  let found = try withFile(Data(repeating: UInt8(ascii: "a"), count: size)) { url in
    try FileDigest.sha256(of: url)
  }
  #expect(found == digest)
}

@Test func aFolderIsNotReadAsAFile() throws {
  try withFolder([:]) { folder in
    let error = #expect(throws: EmbeddingError.self) { try FileDigest.sha256(of: folder) }
    #expect(error?.message == "\(folder.path) is not a file")
  }
}

@Test func modelIsLookedForInTheCacheFolder() {
  let end = "fathom/models/all-MiniLM-L6-v2"
  #expect(ModelFolder.standardURL(environment: ["HOME": "/home/a"]).path == "/home/a/.cache/\(end)")
  let named = ["HOME": "/home/a", "XDG_CACHE_HOME": "/var/cache"]
  #expect(ModelFolder.standardURL(environment: named).path == "/var/cache/\(end)")
  // The specification has relative folders ignored.
  let relative = ["HOME": "/home/a", "XDG_CACHE_HOME": "cache"]
  #expect(ModelFolder.standardURL(environment: relative).path == "/home/a/.cache/\(end)")
}

@Test func aWrongDigestGoesBeforeWhatLoadingFound() throws {
  try withFolder(["model.safetensors": Data("abc".utf8), "vocab.txt": Data()]) { folder in
    let error = #expect(throws: EmbeddingError.self) { try MiniLMEmbedder(folder: ModelFolder(folder)) }
    #expect(error?.message.contains("vocab.txt is not the file of all-minilm-l6-v2") == true)
  }
}

@Test func filesThatAreNotVerifiedMustStillBeSound() throws {
  let vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"].joined(separator: "\n")
  let files = ["model.safetensors": SafetensorsFile().bytes, "vocab.txt": Data(vocabulary.utf8)]
  try withFolder(files) { folder in
    let error = #expect(throws: EmbeddingError.self) {
      try MiniLMEmbedder(folder: ModelFolder(folder), checksDigests: false)
    }
    #expect(error?.code == .modelDamaged)
    #expect(error?.message.hasSuffix("has no tensor embeddings.word_embeddings.weight") == true)
  }
}
