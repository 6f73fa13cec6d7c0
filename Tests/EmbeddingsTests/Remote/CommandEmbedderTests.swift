import Foundation
import Testing

@testable import Embeddings

@Suite struct CommandEmbedderTests {
  /// A program of a line of shell.
  private func shell(_ line: String, timeout: Duration = .seconds(20)) -> CommandEmbedder {
    CommandEmbedder(command: ["sh", "-c", line], timeout: timeout)
  }

  private func failure(_ embedder: CommandEmbedder, _ texts: [String] = ["a"]) async -> EmbeddingError? {
    do {
      _ = try await embedder.embed(texts)
      Issue.record("an error was expected")
      return nil
    } catch {
      return error as? EmbeddingError
    }
  }

  @Test(arguments: ["[1, 2.5]", #"{"vector": [1, 2.5]}"#, #"{"embedding": [1, 2.5], "more": 1}"#])
  func everyFormOfAnswerIsRead(answer: String) async throws {
    let embedder = shell("while read -r line; do echo '\(answer)'; done")
    #expect(try await embedder.embed(["a", "b"]) == [1, 2.5, 1, 2.5])
    #expect(try await embedder.dimension == 2)
  }

  @Test func textsArriveAsJSONLines() async throws {
    let embedder = shell(#"grep -c '^{"text":"a\\nb"}$' | sed 's/.*/[&]/'"#)
    #expect(try await embedder.embed(["a\nb"]) == [1])
  }

  @Test func muchInputAndMuchOutputDoNotWaitForEachOther() async throws {
    let embedder = shell(#"awk '{ printf "[%.1000f, 1]\n", 1 }'"#)
    let texts = (0..<300).map { _ in String(repeating: "x", count: 2000) }
    #expect(try await embedder.embed(texts).count == 600)
  }

  @Test func noTextsStartNoProgram() async throws {
    #expect(try await CommandEmbedder(command: ["/nowhere/at/all"]).embed([]).isEmpty)
  }

  @Test(arguments: [
    ("cat >/dev/null; echo oops >&2; exit 3", "code 3: oops"), ("exec true", "expected 1 lines"),
    ("echo hello", "line 1 is no vector: hello"), ("echo '[]'", "line 1 is no vector"),
    ("echo '[1]'; echo '[2]'", "found 2"),
    ("kill -9 $$", "code -9"),
  ])
  func whatGoesWrongIsSaid(line: String, words: String) async {
    let error = await failure(shell(line))
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test func aProgramThatIsNotThereIsNamed() async {
    let error = await failure(CommandEmbedder(command: ["no-such-embedder"]))
    #expect(error?.code == .unavailable)
    #expect(error?.message.contains("no-such-embedder") == true)
  }

  @Test func vectorsOfDifferentDimensionsAreRefused() async {
    let error = await failure(shell("cat >/dev/null; echo '[1]'; echo '[1,2]'"), ["a", "b"])
    #expect(error?.message.contains("line 2 has 2 numbers") == true)
  }

  @Test func aProgramThatTakesTooLongIsEndedWithItsChildren() async {
    let error = await failure(shell("sleep 100 & wait", timeout: .milliseconds(200)))
    #expect(error?.code == .timedOut)
  }

  @Test func aProgramThatEndedInTimeIsNotLate() async {
    let error = await failure(shell("sleep 100 & echo oops >&2; exit 3", timeout: .seconds(3)))
    #expect(error?.message.contains("code 3: oops") == true, "\(error?.message ?? "")")
  }

  @Test func cancellingEndsTheProgram() async throws {
    let embedder = shell("sleep 100")
    let task = Task { try await embedder.embed(["a"]) }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}

@Suite struct CachedEmbedderTests {
  /// Counts what it is asked.
  private struct Counting: Embedder {
    let log: @Sendable (String) -> Void
    var name: String { "counting" }
    var isLexical: Bool { false }
    var dimension: Int { 1 }
    func embed(_ texts: [String], progress: @Sendable (EmbeddingProgress) -> Void) async throws -> [Float] {
      texts.forEach(log)
      return texts.map { Float($0.count) }
    }
  }

  @Test func aQueryAskedAgainCostsNothing() async throws {
    try await confirmation(expectedCount: 3) { asked in
      let embedder = CachedEmbedder(Counting { _ in asked() }, limit: 2)
      for text in ["a", "a", "bb", "bb", "a", "ccc", "ccc"] {
        let vector = try await embedder.embed([text])
        #expect(vector == [Float(text.count)])
      }
    }
  }

  @Test func textsThatOnlyLookTheSameAreAskedForEach() async throws {
    try await confirmation(expectedCount: 2) { asked in
      let embedder = CachedEmbedder(Counting { _ in asked() })
      for text in ["\u{e9}", "e\u{301}", "\u{e9}"] { _ = try await embedder.embed([text]) }
    }
  }

  @Test func theOldestGoesFirst() async throws {
    try await confirmation(expectedCount: 4) { asked in
      let embedder = CachedEmbedder(Counting { _ in asked() }, limit: 2)
      for text in ["a", "bb", "ccc", "a"] { _ = try await embedder.embed([text]) }
    }
  }

  @Test func manyTextsAreNotKept() async throws {
    try await confirmation(expectedCount: 4) { asked in
      let embedder = CachedEmbedder(Counting { _ in asked() })
      for _ in 0..<2 { _ = try await embedder.embed(["a", "b"]) }
    }
  }
}
