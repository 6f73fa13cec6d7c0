import Faiss

extension StoreVersion {
  /// The index of a store that is not flat, with all edits in it: faiss removes the rows that went and adds those
  /// that came; nil for a flat store.
  ///
  /// Which types can do that is ``FaissIndex/supports(_:)``'s to say. Throws `.unsupported` naming the type and the
  /// operation when faiss cannot. O(rows) and a copy of the index.
  public func editedIndex() throws(VectorStoreError) -> FaissIndex? {
    guard let first = parts.first, let index = first.segment.vectors.faissIndex else { return nil }
    do throws(FaissError) {
      var result = index
      if !first.live.isFull { result = try result.removing(keeping: first.live.contains) }
      for part in parts.dropFirst() where part.live.count > 0 {
        var values: [Float] = []
        values.reserveCapacity(part.live.count * dimension)
        for position in part.live.members {
          do { values += try part.segment.vectors.row(position) } catch {
            throw FaissError(code: .unsupportedOperation, message: error.message)
          }
        }
        result = try result.adding(values)
      }
      return result
    } catch {
      throw VectorStoreError(
        .unsupported, "this \(index.className) cannot be saved with these edits: \(error.message)")
    }
  }

  /// The same rows in one segment, so that an index that is not flat answers searches itself after edits too.
  func withEditedIndex() throws(VectorStoreError) -> StoreVersion {
    guard parts.count != 1 || !parts[0].live.isFull, let index = try editedIndex() else { return self }
    return StoreVersion(
      dimension: dimension, metric: metric,
      segments: [
        Segment(
          vectors: Vectors(index, answersSearches: parts[0].segment.vectors.indexed?.answersSearches ?? true),
          documents: (0..<count).map { document(atRow: $0) }, origin: .file)
      ])
  }
}
