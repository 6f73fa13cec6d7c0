import VectorStore

/// A question with what its answer should hold.
public struct Question: Sendable, Hashable {
  public var text: String
  /// The query vector, where the file gives one; nil when the text is to be embedded.
  public var vector: [Float]?
  public var expectations: [Expectation]

  public init(text: String, vector: [Float]? = nil, expectations: [Expectation]) {
    self.text = text
    self.vector = vector
    self.expectations = expectations
  }

  /// The expectations that a document meets, by their places.
  public func met(by document: Document) -> Set<Int> {
    Set(expectations.indices.filter { expectations[$0].isMet(by: document) })
  }
}

/// Something that the answer to a question should hold: any document that meets it will do.
public enum Expectation: Sendable, Hashable {
  case id(DocumentID)
  /// A text that stands in the content, whatever its case and the breaks between its words.
  case text(Passage)
  case metadata(Filter)

  public func isMet(by document: Document) -> Bool {
    switch self {
    case .id(let id): document.id == id
    case .text(let passage): passage.isIn(document.content.string)
    case .metadata(let filter): filter.matches(document.metadata)
    }
  }
}

/// A text to look for in contents, that chunks may break and scanners may space as they like.
public struct Passage: Sendable, Hashable {
  private let words: String

  /// Nil for a text without words.
  public init?(_ text: String) {
    words = Self.plain(text)
    guard !words.isEmpty else { return nil }
  }

  public func isIn(_ content: String) -> Bool { Self.plain(content).contains(words) }

  private static func plain(_ text: String) -> String {
    text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
