import Foundation
import Synchronization
import Testing

@testable import Embeddings

/// Against a real server on the loopback address.
@Suite struct HTTPEmbedderTests {
  /// Pauses that were asked for; none is made.
  private final class Pauses: Sendable {
    let made = Mutex<[Duration]>([])
    var list: [Duration] { made.withLock { $0 } }
    @Sendable func pause(_ duration: Duration) async throws { made.withLock { $0.append(duration) } }
  }

  private let pauses = Pauses()
  private let secret = "sk-very-secret"

  private func embedder(
    _ server: LoopbackServer, batchSize: Int = 64, dimensions: Int? = nil, timeout: Duration = .seconds(20),
    attempts: Int = 4
  ) throws -> HTTPEmbedder {
    try HTTPEmbedder(
      HTTPEmbedderSettings(
        baseURL: server.url, model: "a-model", dimensions: dimensions, batchSize: batchSize, timeout: timeout,
        retries: RetryPolicy(attempts: attempts)),
      key: APIKey(secret), pause: pauses.pause)
  }

  private func serving(
    _ reply: @escaping @Sendable (LoopbackServer.Request, Int) -> LoopbackServer.Reply,
    _ body: (LoopbackServer) async throws -> Void
  ) async throws {
    let server = try LoopbackServer(reply)
    defer { server.stop() }
    try await body(server)
  }

  /// Runs `body`, which must throw an ``EmbeddingError`` without the key in it, and gives the error.
  private func failure(_ body: () async throws -> Void) async -> EmbeddingError? {
    do {
      try await body()
      Issue.record("an error was expected")
      return nil
    } catch let error as EmbeddingError {
      #expect(!error.message.contains(secret))
      return error
    } catch {
      Issue.record("\(error)")
      return nil
    }
  }

  @Test func textsGoInBatchesAndVectorsComeInTheirOrder() async throws {
    try await serving({ request, _ in
      .vectors(request.texts.map { [Float($0.count), 1] })
    }) { server in
      let steps = Mutex<[Int]>([])
      let vectors = try await embedder(server, batchSize: 2).embed(["a", "bb", "ccc"]) { step in
        steps.withLock { $0.append(step.completed) }
      }
      #expect(vectors == [1, 1, 2, 1, 3, 1])
      #expect(steps.withLock { $0 } == [2, 3])
      #expect(server.requests.map(\.texts) == [["a", "bb"], ["ccc"]])
      #expect(server.requests[0].path == "/v1/embeddings")
      #expect(server.requests[0].headers["authorization"] == "Bearer \(secret)")
      #expect(String(decoding: server.requests[0].body, as: UTF8.self).contains("\"model\":\"a-model\""))
    }
  }

  @Test func theIndexCountsNotTheOrderOfTheAnswer() async throws {
    try await serving({ _, _ in
      .status(200, #"{"data":[{"index":1,"embedding":[2]},{"index":0,"embedding":[1]}]}"#)
    }) { server in
      let vectors = try await embedder(server).embed(["a", "b"])
      #expect(vectors == [1, 2])
    }
  }

  @Test func vectorsMayComeInBase64() async throws {
    try await serving({ _, _ in
      .status(200, #"{"data":[{"index":0,"embedding":"AACAPwAAAEA="}]}"#)
    }) { server in
      let vectors = try await embedder(server).embed(["a"])
      #expect(vectors == [1, 2])
    }
  }

  @Test func theDimensionIsLearnedFromTheServerOrAskedFor() async throws {
    try await serving({ request, _ in .vectors(request.texts.map { _ in [1, 2, 3] }) }) { server in
      let learned = try await embedder(server).dimension
      #expect(learned == 3)
      let asked = try await embedder(server, dimensions: 8).dimension
      #expect(asked == 8)
      let error = await failure { _ = try await embedder(server, dimensions: 8).embed(["a"]) }
      #expect(error?.code == .wrongDimension)
      #expect(error?.message.contains("8") == true && error?.message.contains("3") == true)
    }
  }

  @Test func tooManyRequestsWaitAsLongAsTheServerAsks() async throws {
    try await serving({ request, number in
      number < 2
        ? .status(429, headers: ["Retry-After": "7"], "slow down") : .vectors(request.texts.map { _ in [1] })
    }) { server in
      let vectors = try await embedder(server).embed(["a"])
      #expect(vectors == [1])
      #expect(pauses.list == [.seconds(7), .seconds(7)])
    }
  }

  @Test func errorsOfTheServerAreTriedAgainAndThenSaidInItsWords() async throws {
    try await serving({ _, _ in .status(503, #"{"error":{"message":"model is loading"}}"#) }) { server in
      let error = await failure { _ = try await embedder(server, attempts: 3).embed(["a"]) }
      #expect(error?.message.contains("model is loading") == true)
      #expect(error?.message.contains("3 attempts") == true)
      #expect(server.requests.count == 3)
      #expect(pauses.list.count == 2)
    }
  }

  @Test func aBrokenConnectionIsTriedAgain() async throws {
    try await serving({ request, number in
      number == 0 ? .broken : .vectors(request.texts.map { _ in [1] })
    }) { server in
      let vectors = try await embedder(server).embed(["a"])
      #expect(vectors == [1])
      #expect(server.requests.count == 2)
    }
  }

  @Test func aSilentServerTimesOut() async throws {
    try await serving({ _, _ in .silence }) { server in
      let error = await failure {
        _ = try await embedder(server, timeout: .milliseconds(300), attempts: 5).embed(["a"])
      }
      #expect(error?.code == .timedOut)
      #expect(error?.message.contains("(2 attempts)") == true)
    }
  }

  @Test func cancellingEndsARequestAtOnce() async throws {
    let (arrivals, arrived) = AsyncStream<Void>.makeStream()
    try await serving({ _, _ in
      arrived.finish()
      return .silence
    }) { server in
      let embedder = try embedder(server)
      let task = Task { try await embedder.embed(["a"]) }
      for await _ in arrivals {}
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(server.requests.count == 1)
    }
  }

  @Test(arguments: [
    (401, "set the environment variable"), (403, "key"), (404, "/v1"), (400, "broken request"),
    (302, "elsewhere"),
  ])
  func whatWillNotPassIsNotTriedAgain(status: Int, words: String) async throws {
    try await serving({ _, _ in
      .status(
        status, headers: ["Location": "http://127.0.0.2/v1"], #"{"error":{"message":"broken request"}}"#)
    }) { server in
      let key = status == 401 ? nil : APIKey(secret)
      let embedder = try HTTPEmbedder(
        HTTPEmbedderSettings(baseURL: server.url, model: "a-model"), key: key, pause: pauses.pause)
      let error = await failure { _ = try await embedder.embed(["a"]) }
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
      #expect(server.requests.count == 1)
      #expect(pauses.list.isEmpty)
    }
  }

  @Test func aKeyThatTheServerRepeatsIsNotShown() async throws {
    try await serving({ request, _ in
      .status(401, #"{"error":{"message":"wrong key \#(request.headers["authorization"] ?? "")"}}"#)
    }) { server in
      let error = await failure { _ = try await embedder(server).embed(["a"]) }
      #expect(error?.code == .unauthorized)
      #expect(error?.message.contains("•••") == true)
    }
  }

  @Test(arguments: [200, 401, 404, 500])
  func aKeyIsNotShownWhereverTheServerRepeatsIt(status: Int) async throws {
    // Also where the message is cut off in the middle of it.
    for padding in [0, 280, 284, 290] {
      for body in ["%", #"{"error":{"message":"%"}}"#, #"{"detail":"%"}"#] {
        try await serving({ request, _ in
          let words = String(repeating: "x", count: padding) + (request.headers["authorization"] ?? "")
          return .status(status, body.replacing("%", with: words))
        }) { server in
          let error = await failure { _ = try await embedder(server, attempts: 1).embed(["a"]) }
          #expect(error?.message.contains("sk-") == false, "\(error?.message ?? "")")
        }
      }
    }
  }

  @Test(arguments: [
    ("not json", "not json"), ("<!DOCTYPE html><html>", "HTML"),
    (#"{"data":[]}"#, "1 vectors were expected, 0"),
    (#"{"data":[{"index":0,"embedding":[]}]}"#, "empty"),
    (#"{"data":[{"index":5,"embedding":[1]}]}"#, "index 5"),
    (#"{"data":[{"index":0,"embedding":[1,null]}]}"#, "data"), ("", "nothing"),
    (#"{"error":"out of memory\u001b[31m"}"#, "out of memory[31m"),
  ])
  func anAnswerThatIsNoVectorsIsNamed(body: String, words: String) async throws {
    try await serving({ _, _ in .status(200, body) }) { server in
      let error = await failure { _ = try await embedder(server).embed(["a"]) }
      #expect(error?.code == .badAnswer)
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
  }

  @Test func mixedDimensionsAreRefused() async throws {
    try await serving({ _, _ in .vectors([[1], [1, 2]]) }) { server in
      let error = await failure { _ = try await embedder(server).embed(["a", "b"]) }
      #expect(error?.message.contains("1, 2") == true)
    }
  }

  @Test(arguments: ["ftp://host/v1", "http://user:secret@host/v1", "/v1"])
  func addressesThatCannotBeRightAreRefused(address: String) throws {
    let settings = HTTPEmbedderSettings(baseURL: try #require(URL(string: address)), model: "m")
    #expect {
      try HTTPEmbedder(settings, key: nil)
    } throws: { error in
      (error as? EmbeddingError)?.message.contains("secret") == false
    }
  }

  @Test func aKeyIsNeverPrinted() throws {
    let key = try #require(APIKey(" sk-1 \n"))
    var dumped = ""
    dump(key, to: &dumped)
    for text in ["\(key)", String(reflecting: key), dumped, "\([key])"] { #expect(!text.contains("sk-1")) }
    #expect(key.header == "Bearer sk-1")
    #expect(APIKey(" ") == nil)
  }
}

@Suite struct RetryPolicyTests {
  @Test func pausesDoubleUpToTheLongest() {
    let policy = RetryPolicy(firstPause: .seconds(1), longestPause: .seconds(5))
    #expect(
      (1...5).map { policy.pause(after: $0, retryAfter: nil, random: 1) }
        == [.seconds(1), .seconds(2), .seconds(4), .seconds(5), .seconds(5)])
    #expect(policy.pause(after: 1, retryAfter: nil, random: 0) == .milliseconds(500))
    #expect(policy.pause(after: 1, retryAfter: .seconds(3), random: 0) == .seconds(3))
    #expect(policy.pause(after: 1, retryAfter: .seconds(900), random: 0) == .seconds(5))
  }

  @Test func retryAfterIsSecondsOrADate() {
    let now = Date(timeIntervalSince1970: 784_111_777)  // Sun, 06 Nov 1994 08:49:37 GMT
    #expect(RetryPolicy.duration(retryAfter: "3", now: now) == .seconds(3))
    #expect(RetryPolicy.duration(retryAfter: "Sun, 06 Nov 1994 08:49:47 GMT", now: now) == .seconds(10))
    #expect(RetryPolicy.duration(retryAfter: "Sun, 06 Nov 1994 08:49:27 GMT", now: now) == .zero)
    #expect(RetryPolicy.duration(retryAfter: "soon", now: now) == nil)
    #expect(RetryPolicy.duration(retryAfter: nil, now: now) == nil)
  }
}
