import Foundation

/// What a server of the OpenAI embeddings interface answers.
package struct EmbeddingsAnswer {
  /// One vector a text, in the order of the request.
  package let vectors: [[Float]]

  private struct Body: Decodable {
    var data: [Item]
  }

  private struct Item: Decodable {
    var index: Int?
    var embedding: Vector
  }

  /// A list of numbers, or their bytes in base64.
  private enum Vector: Decodable {
    case numbers([Float])
    case base64(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        self = .base64(text)
      } else {
        self = .numbers(try container.decode([Float].self))
      }
    }
  }

  /// Reads an answer to `count` texts.
  ///
  /// Throws ``EmbeddingError`` `.badAnswer` that says what was expected and found, but never `key`.
  package init(_ data: Data, count: Int, server: String, key: APIKey? = nil) throws(EmbeddingError) {
    func bad(_ found: String) -> EmbeddingError {
      EmbeddingError(
        code: .badAnswer, message: "\(server) answered what is no list of embeddings: \(found)")
    }
    let body: Body
    do { body = try JSONDecoder().decode(Body.self, from: data) } catch {
      throw bad(ServerText(data, hiding: key).found)
    }
    guard body.data.count == count else {
      throw bad("\(count) vectors were expected, \(body.data.count) came")
    }
    var vectors = [[Float]?](repeating: nil, count: count)
    for (place, item) in body.data.enumerated() {
      let index = item.index ?? place
      guard vectors.indices.contains(index), vectors[index] == nil else {
        throw bad("the index \(index) comes twice or is out of range")
      }
      guard let vector = Self.numbers(item.embedding), !vector.isEmpty else {
        throw bad("vector \(index) is empty or cannot be read")
      }
      guard vector.allSatisfy(\.isFinite) else {
        throw bad("vector \(index) holds a number that is not finite")
      }
      vectors[index] = vector
    }
    self.vectors = vectors.compactMap { $0 }
    let dimensions = Set(self.vectors.map(\.count))
    guard dimensions.count <= 1 else {
      throw bad(
        "its vectors have different dimensions: \(dimensions.sorted().map(String.init).joined(separator: ", "))"
      )
    }
  }

  private static func numbers(_ vector: Vector) -> [Float]? {
    switch vector {
    case .numbers(let numbers): return numbers
    case .base64(let text):
      guard let bytes = Data(base64Encoded: text), bytes.count.isMultiple(of: 4) else { return nil }
      return bytes.withUnsafeBytes { raw in
        stride(from: 0, to: raw.count, by: 4).map {
          Float(bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: $0, as: UInt32.self)))
        }
      }
    }
  }
}

/// A server's own words, short and harmless enough for a message.
struct ServerText {
  private static let longest = 300
  /// Far more than is shown, and still no long work.
  private static let mostRead = 64 << 10
  private let data: Data
  private let key: APIKey?

  /// Wherever the words repeat `key` there are dots, also where they are cut off in the middle of it.
  init(_ data: Data, hiding key: APIKey? = nil) {
    self.data = data
    self.key = key
  }

  /// The error that the server put into its answer, else how the answer begins.
  var found: String {
    if let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
      let message = Self.message(object)
    {
      return shown(message)
    }
    let text = String(decoding: data.prefix(Self.mostRead), as: UTF8.self)
    let start = text.drop { $0.isWhitespace }.lowercased()
    if start.hasPrefix("<!doctype html") || start.hasPrefix("<html") { return "a page of HTML" }
    return text.isEmpty ? "nothing" : shown(text)
  }

  private static func message(_ object: [String: Any]) -> String? {
    for key in ["error", "message", "detail"] {
      if let text = object[key] as? String { return text }
      if let inner = object[key] as? [String: Any], let text = message(inner) { return text }
    }
    return nil
  }

  private func shown(_ text: String) -> String {
    let text = key?.removed(from: text) ?? text
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let safe = String(
      String.UnicodeScalarView(line.unicodeScalars.filter { $0.properties.generalCategory != .control }))
    return safe.count > Self.longest ? safe.prefix(Self.longest) + "…" : safe
  }
}
