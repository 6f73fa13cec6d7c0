/// A change of metadata for any number of documents: keys set, keys removed.
public struct MetadataEdit: Sendable, Hashable {
  /// Keys with their new values, typed.
  ///
  /// A key that a document has keeps its place; a new one comes last.
  public var values: Metadata
  public var removed: [String]

  public init(setting values: Metadata = [:], removing removed: [String] = []) {
    self.values = values
    self.removed = removed
  }

  public var isEmpty: Bool { values.isEmpty && removed.isEmpty }

  /// The metadata after the change; a key both removed and set is set.
  public func applied(to metadata: Metadata) -> Metadata {
    var result = metadata
    for key in removed { result[key] = nil }
    for entry in values.entries { result[entry.key] = entry.value }
    return result
  }
}
