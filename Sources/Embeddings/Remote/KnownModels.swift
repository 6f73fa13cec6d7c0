/// The dimensions that well-known embedding models give, to explain an index of a dimension.
///
/// Source: the models' cards.
public enum KnownModels {
  /// Most widely used first within each dimension.
  static let dimensions: [(name: String, dimension: Int)] = [
    ("text-embedding-3-small", 1536), ("text-embedding-ada-002", 1536), ("text-embedding-3-large", 3072),
    ("all-MiniLM-L6-v2", 384), ("all-MiniLM-L12-v2", 384), ("bge-small-en-v1.5", 384),
    ("paraphrase-multilingual-MiniLM-L12-v2", 384), ("multilingual-e5-small", 384),
    ("all-mpnet-base-v2", 768), ("nomic-embed-text", 768), ("bge-base-en-v1.5", 768),
    ("multilingual-e5-base", 768), ("embeddinggemma", 768), ("text-embedding-004", 768),
    ("mxbai-embed-large", 1024), ("bge-m3", 1024), ("bge-large-en-v1.5", 1024),
    ("multilingual-e5-large", 1024),
    ("snowflake-arctic-embed", 1024), ("embed-english-v3.0", 1024), ("voyage-3", 1024),
    ("jina-embeddings-v3", 1024),
    ("hkunlp/instructor-large", 768), ("nvidia/NV-Embed-v2", 4096), ("qwen3-embedding:8b", 4096),
  ]

  /// The models that give vectors of a dimension, most widely used first.
  public static func models(withDimension dimension: Int) -> [String] {
    dimensions.filter { $0.dimension == dimension }.map(\.name)
  }
}
