import Foundation

/// A folder that holds the files of all-MiniLM-L6-v2.
public struct ModelFolder: Sendable, Equatable {
  public let url: URL
  /// The weights, `model.safetensors`.
  public var weights: URL { url.appendingPathComponent("model.safetensors") }
  /// The word pieces, `vocab.txt`.
  public var vocabulary: URL { url.appendingPathComponent("vocab.txt") }

  /// SHA-256 of the weights of sentence-transformers/all-MiniLM-L6-v2, revision 1110a243.
  public static let weightsDigest = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
  /// SHA-256 of its `vocab.txt`.
  public static let vocabularyDigest = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"

  /// Names a folder that has both files.
  ///
  /// - Throws: ``EmbeddingError`` with the code `unavailable` when one is missing.
  public init(_ url: URL) throws {
    self.url = url
    for file in [weights, vocabulary] where !FileManager.default.fileExists(atPath: file.path) {
      throw EmbeddingError(
        code: .unavailable,
        message: "the model all-minilm-l6-v2 is not installed: expected \(file.path); "
          + "fathom model install fetches it, --model names another folder")
    }
  }

  /// Where the model is looked for: `fathom/models/all-MiniLM-L6-v2` in the user's cache folder, which is
  /// `XDG_CACHE_HOME` or `~/.cache`.
  public static func standardURL(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> URL {
    let named = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    let home = environment["HOME"] ?? NSHomeDirectory()
    return URL(fileURLWithPath: named ?? home + "/.cache", isDirectory: true)
      .appendingPathComponent("fathom/models/all-MiniLM-L6-v2", isDirectory: true)
  }

  /// Checks that both files are those of the model, byte by byte.
  ///
  /// - Throws: ``EmbeddingError``: `modelDamaged` with both digests when a file is another one.
  public func verify() throws {
    try verify(vocabulary, digest: Self.vocabularyDigest)
    try verify(weights, digest: Self.weightsDigest)
  }

  private func verify(_ file: URL, digest expected: String) throws {
    let found = try FileDigest.sha256(of: file)
    guard found == expected else {
      throw EmbeddingError(
        code: .modelDamaged,
        message: "\(file.path) is not the file of all-minilm-l6-v2: expected sha-256 \(expected), "
          + "found \(found); delete it and install the model again")
    }
  }
}
