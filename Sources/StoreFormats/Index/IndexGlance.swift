import Faiss
import VectorStore

/// What an index file says of itself, without its vectors.
public struct IndexGlance: Sendable, Hashable {
  public var count: Int
  public var dimension: Int
  /// As people call it: "flat L2".
  public var typeName: String

  /// Checks the file's numbers against its size; cost as ``FaissFile/inspect(_:)``.
  ///
  /// Throws ``StoreFormatError`` with the file's name.
  public init(path: String) throws(StoreFormatError) {
    do {
      let file = try MappedFile(path: path).withBytes { bytes throws(FaissError) in
        try FaissFile.inspect(bytes)
      }
      (count, dimension, typeName) = (file.count, file.dimension, file.typeName)
    } catch let error as FaissError {
      throw StoreFormatError(error, in: path)
    } catch {
      throw StoreFormatError(.badData, "\((error as? VectorStoreError)?.message ?? "\(error)")")
    }
  }
}
