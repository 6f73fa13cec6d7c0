import Foundation
import Synchronization

/// A program that turns texts into vectors, for everything that no other embedder can.
///
/// It reads JSON Lines `{"text": "…"}` on stdin and writes for each, in order, a line with the vector: a list of
/// numbers, `{"vector": […]}` or `{"embedding": […]}`. It is started for each request, without a shell, and ends
/// when its input does.
public struct CommandEmbedder: Embedder {
  private let command: [String]
  private let timeout: Duration
  private let known = Known()

  public let name: String
  public var isLexical: Bool { false }

  /// The dimension of its answers; runs the program until there has been one.
  public var dimension: Int {
    get async throws {
      if let dimension = known.dimension.withLock({ $0 }) { return dimension }
      return try await embed(["dimension"]).count
    }
  }

  /// Texts that the program gets in a run.
  private static let batchSize = 256

  private final class Known: Sendable {
    let dimension = Mutex<Int?>(nil)
  }

  /// `command` is a program, looked up in PATH, and its arguments; a run may take `timeout`.
  ///
  /// - Precondition: `command` is not empty.
  public init(command: [String], timeout: Duration = .seconds(300)) {
    precondition(!command.isEmpty, "a command has a program")
    self.command = command
    self.timeout = timeout
    name = (command[0] as NSString).lastPathComponent
  }

  public func embed(
    _ texts: [String], progress: @Sendable (EmbeddingProgress) -> Void
  ) async throws -> [Float] {
    var vectors: [Float] = []
    for start in stride(from: 0, to: texts.count, by: Self.batchSize) {
      let batch = Array(texts[start..<min(start + Self.batchSize, texts.count)])
      vectors += try read(try await run(batch), count: batch.count)
      progress(EmbeddingProgress(completed: start + batch.count, total: texts.count))
    }
    return vectors
  }

  private func run(_ texts: [String]) async throws -> Data {
    struct Line: Encodable { var text: String }
    let encoder = JSONEncoder()
    var input = Data()
    for text in texts { input += try encoder.encode(Line(text: text)) + Data("\n".utf8) }
    let run = ProgramRun(command, input: input)
    let outcome: ProgramRun.Outcome
    do { outcome = try await run.outcome(within: timeout) } catch let error as POSIXError {
      throw EmbeddingError(
        code: .unavailable,
        message: "the embedding command \(name) cannot be started: "
          + String(cString: strerror(error.code.rawValue)))
    }
    if outcome.timedOut {
      throw EmbeddingError(
        code: .timedOut, message: "the embedding command \(name) took longer than \(timeout / .seconds(1)) s")
    }
    guard outcome.status == 0 else {
      let words = ServerText(outcome.errors).found
      throw EmbeddingError(
        code: .unavailable,
        message: "the embedding command \(name) failed with code \(outcome.status): \(words)")
    }
    return outcome.output
  }

  private func read(_ output: Data, count: Int) throws(EmbeddingError) -> [Float] {
    func bad(_ found: String) -> EmbeddingError {
      EmbeddingError(code: .badAnswer, message: "the embedding command \(name): \(found)")
    }
    let lines = output.split(separator: UInt8(ascii: "\n")).filter { line in line.contains { $0 > 0x20 } }
    guard lines.count == count else {
      throw bad("expected \(count) lines, one a text, found \(lines.count)")
    }
    var vectors: [Float] = []
    for (place, line) in lines.enumerated() {
      guard let vector = Self.vector(Data(line)), !vector.isEmpty, vector.allSatisfy(\.isFinite) else {
        throw bad("line \(place + 1) is no vector: \(ServerText(Data(line)).found)")
      }
      let dimension = known.dimension.withLock { known in
        if known == nil { known = vector.count }
        return known ?? vector.count
      }
      guard vector.count == dimension else {
        throw bad("line \(place + 1) has \(vector.count) numbers, the vectors before have \(dimension)")
      }
      vectors += vector
    }
    return vectors
  }

  private static func vector(_ line: Data) -> [Float]? {
    struct Named: Decodable {
      var vector: [Float]?
      var embedding: [Float]?
    }
    let decoder = JSONDecoder()
    if let vector = try? decoder.decode([Float].self, from: line) { return vector }
    let named = try? decoder.decode(Named.self, from: line)
    return named?.vector ?? named?.embedding
  }
}
