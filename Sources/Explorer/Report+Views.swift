import Diagnosis
import VectorStore

extension Report {
  /// One line of `profile --json`: a key, as so many documents have it.
  public static func line(_ key: KeyProfile, of documents: Int) -> String {
    let fields: Metadata = [
      "key": .string(Text(key.name)), "present": .int(key.present), "missing": .int(documents - key.present),
      "distinct": .int(key.distinct),
      "types": .dictionary(Metadata(key.types.map { (.string(Text($0.name)), .int($0.count)) })),
      "least": key.least ?? .null, "greatest": key.greatest ?? .null, "mixed": .bool(key.isMixed),
      "shape": .list(key.shape.map { .int($0) }),
    ]
    return MetadataValue.dictionary(fields).json
  }

  /// One line of `source --json`: a chunk, its overlap with what comes before apart.
  public static func line(_ chunk: SourceText.Chunk) -> String {
    let fields: Metadata = [
      "row": .int(chunk.row), "id": .string(Text(chunk.id.text)), "overlap": .string(Text(chunk.overlap)),
      "text": .string(Text(chunk.text)), "follows_gap": .bool(chunk.followsGap),
    ]
    return MetadataValue.dictionary(fields).json
  }
}
