import Pickle
import VectorStore

/// A store as one piece of bytes, as LangChain's `serialize_to_bytes` makes it: for databases and messages.
///
/// `deserialize_from_bytes` of every LangChain that has it loads ours; ours opens theirs, whatever processor it was
/// written on.
public enum SerializedStore {
  /// The bytes of a version.
  ///
  /// Costs the store's size in memory, twice. Throws ``StoreFormatError`` `.unsupported` where the index cannot be
  /// written with its edits.
  public static func bytes(
    of version: StoreVersion, leftovers: DocstoreLeftovers = DocstoreLeftovers()
  ) throws(StoreFormatError) -> [UInt8] {
    var sink = FileSink.inMemory()
    let index = try IndexWriter(version)
    try LangChainWriter(version: version, labels: index.labels, leftovers: leftovers)
      .write(to: &sink, index: index)
    return sink.takeBytes()
  }

  /// The store in bytes; nothing that they name is run.
  ///
  /// Throws ``StoreFormatError`` as ``StoreReader/read(isLocked:)`` does.
  public static func version(from bytes: [UInt8]) throws(StoreFormatError) -> StoreVersion {
    let name = "the serialized store"
    let value: PickleValue
    do throws(PickleError) { value = try PickleReader.read(bytes).value } catch {
      throw StoreFormatError(error, in: name)
    }
    let pickle = try LangChainPickle(value)
    guard let index = pickle.index else {
      throw StoreFormatError(
        .badData, "\(name): expected (index, docstore, map) as serialize_to_bytes writes it, found no index")
    }
    let reader = try IndexReader(bytes: index, name: name)
    var join = DocumentJoin(labels: reader.labels)
    join.add(pickle)
    return StoreVersion(
      dimension: reader.vectors.dimension, metric: reader.metric,
      segment: Segment(vectors: reader.vectors, documents: join.documents, origin: .file), live: join.live)
  }
}
