import VectorStore

/// Cuts a text into chunks as one of LangChain's splitters does.
///
/// Lengths and places count code points, as Python's `len` does.
public protocol TextSplitter: Sendable {
  var limits: ChunkLimits { get }

  /// Cuts `text`; blank texts give no chunk at all.
  func split(_ text: Text) -> SplitText
}

/// What a splitter made of one text.
public struct SplitText: Sendable, Hashable {
  /// In the order of the text.
  public var chunks: [TextChunk]
  /// In the order LangChain logs them.
  public var warnings: [LongChunkWarning]

  public init(chunks: [TextChunk], warnings: [LongChunkWarning] = []) {
    self.chunks = chunks
    self.warnings = warnings
  }
}

/// A piece of a text, never empty.
public struct TextChunk: Sendable, Hashable {
  public var content: Text
  /// LangChain's `start_index`, in code points; -1 when the chunk does not stand in the text as it is
  /// (a run of separators was dropped inside it); nil when the limits do not ask for it.
  public var startIndex: Int?

  public init(content: Text, startIndex: Int? = nil) {
    self.content = content
    self.startIndex = startIndex
  }
}

/// A piece without a separator in it was longer than a chunk may be.
public struct LongChunkWarning: Sendable, Hashable, CustomStringConvertible {
  /// In code points, before blanks were stripped.
  public var size: Int
  /// The chunk size asked for.
  public var limit: Int

  public init(size: Int, limit: Int) {
    self.size = size
    self.limit = limit
  }

  /// LangChain's words.
  public var description: String {
    "Created a chunk of size \(size), which is longer than the specified \(limit)"
  }
}
