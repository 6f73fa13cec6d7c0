import VectorStore

/// Metadata as people write them: `key=value`, where a value is JSON if it can be, else text.
public struct MetadataPairs: Sendable, Hashable {
  public let metadata: Metadata

  /// Throws `.usage` that repeats the pair, after `place`: the option or command that it was written for.
  public init(_ pairs: [String], for place: String) throws(ExplorerError) {
    var metadata: Metadata = [:]
    for pair in pairs {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty else {
        throw ExplorerError(.usage, "\(place) \(pair): expected key=value")
      }
      let text = String(parts[1])
      metadata[.string(Text(String(parts[0])))] = (try? MetadataValue(json: text)) ?? .string(Text(text))
    }
    self.metadata = metadata
  }
}
