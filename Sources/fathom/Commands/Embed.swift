import ArgumentParser
import Explorer
import Foundation
import VectorStore

struct Embed: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Turn texts into vectors, or into the pieces that MiniLM reads.",
    discussion: """
      Without texts, stdin is read: a text a line, or JSON Lines {"text": "…"}, whose texts may hold line breaks.
      """)

  @Argument(help: "The texts.") var texts: [String] = []
  @OptionGroup var embedding: EmbedderOption
  @Option(help: "The dimension of the hashing embedder's vectors.") var dimension = 256
  @Flag(help: "The ids and pieces of MiniLM's tokenizer instead of vectors.") var tokens = false
  @Flag(help: "Answer in JSON Lines, one list a text.") var json = false
  @Option(
    name: [.customShort("o"), .long], help: "Write a NumPy file of Float32, [texts, dimension], here.")
  var output: String?

  /// Texts embedded before their answer is written.
  private static let batchSize = 1024

  func validate() throws {
    if tokens, output != nil { throw ValidationError("--tokens and --output exclude each other") }
    if dimension < 1 { throw ValidationError("--dimension: expected at least 1") }
  }

  func run() async throws {
    try await answering {
      let environment = ProcessInfo.processInfo.environment
      var source = TextSource(texts)
      if tokens { return try printTokens(&source, environment) }
      let embedder = try TextEmbedding(
        embedding.chosen() ?? .miniLM(), dimension: dimension, environment: environment)
      var file = output.map { _ in NumPyMatrix() }
      var cutOff = 0
      while true {
        let batch = try source.next(Self.batchSize)
        guard !batch.isEmpty else { break }
        let vectors = try await embedder.vectors(of: batch)
        cutOff += batch.count { embedder.cutsOff($0) }
        if file != nil {
          for vector in vectors { file?.append(vector) }
        } else {
          for vector in vectors { try Output.json(line(vector)) }
        }
      }
      if cutOff > 0 {
        Output.warn("\(cutOff) of the texts are longer than \(embedder.name) reads; the rest is cut off")
      }
      if let output, let file { try file.write(to: output) }
    }
  }

  /// The shortest digits that give the same Float32 again.
  private func line(_ vector: [Float]) -> String {
    let numbers = vector.map { "\($0)" }
    return json ? "[\(numbers.joined(separator: ","))]" : numbers.joined(separator: " ")
  }

  private func printTokens(_ source: inout TextSource, _ environment: [String: String]) throws {
    var folder: String?
    if case .miniLM(let named, _) = try embedding.chosen() { folder = named }
    let tokenizer = try TextTokens(folder: folder, environment: environment)
    while let text = try source.next(1).first {
      let tokens = tokenizer.tokens(of: text)
      if json {
        try Output.json("[" + tokens.ids.map(String.init).joined(separator: ",") + "]")
      } else {
        let rest =
          tokens.fullCount > tokens.ids.count ? "  (\(tokens.fullCount) in all, the rest is cut off)" : ""
        try Output.line(zip(tokens.ids, tokens.pieces).map { "\($0) \($1)" }.joined(separator: "  ") + rest)
      }
    }
  }
}

/// Texts from arguments, else from the lines of stdin.
private struct TextSource {
  private var given: ArraySlice<String>?
  private let input = fdopen(STDIN_FILENO, "r")
  private var line = 0

  init(_ texts: [String]) { given = texts.isEmpty ? nil : texts[...] }

  /// At most `count` texts; none at the end.
  mutating func next(_ count: Int) throws -> [String] {
    if let texts = given {
      given = texts.dropFirst(count)
      return Array(texts.prefix(count))
    }
    var texts: [String] = []
    while texts.count < count, let text = try nextLine() { texts.append(try Self.text(text, line)) }
    return texts
  }

  /// The next line of stdin without its end; `readLine` would put U+FFFD where bytes are not UTF-8.
  private mutating func nextLine() throws -> String? {
    var start: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(start) }
    let count = getline(&start, &capacity, input)
    guard count > 0 else { return nil }
    line += 1
    var bytes = UnsafeBufferPointer(start: start, count: count).map { UInt8(bitPattern: $0) }
    if bytes.last == 0x0a { bytes.removeLast() }
    if bytes.last == 0x0d { bytes.removeLast() }
    guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
      throw ExplorerError(
        .badData,
        "line \(line) of stdin: expected UTF-8 without NUL bytes; convert the text first, for example with "
          + "iconv -f WINDOWS-1252 -t UTF-8")
    }
    return text
  }

  private static func text(_ line: String, _ number: Int) throws -> String {
    guard line.hasPrefix("{") else { return line }
    guard let value = try? MetadataValue(json: line), case .dictionary(let entries) = value,
      case .string(let text)? = entries["text"]
    else {
      throw ExplorerError(.badData, "line \(number) of stdin: expected {\"text\": \"…\"}")
    }
    return text.string
  }
}
