import Faiss
import Synchronization

/// Vectors inside an index that faiss serves, decoded at the first request and kept.
final class IndexedVectors: Sendable {
  let index: FaissIndex
  /// Position by the label that the index answers with; nil when labels are positions.
  let positionByLabel: [Int: Int]?
  /// False where faiss 1.7.3 ranks wrongly and a scan of the decoded vectors stands in for it.
  let answersSearches: Bool
  private let cache = Mutex<[Float]?>(nil)

  init(_ index: FaissIndex, answersSearches: Bool) {
    self.index = index
    self.answersSearches = answersSearches
    positionByLabel = index.labels.map { labels in
      Dictionary(zip(labels, 0...)) { first, _ in first }
    }
  }

  /// What the index reconstructs, `[count, dimension]`.
  ///
  /// Throws `.unsupported` where its type cannot.
  func values() throws(VectorStoreError) -> [Float] {
    let result = cache.withLock { cache -> Result<[Float], FaissError> in
      if let values = cache { return .success(values) }
      do throws(FaissError) {
        let values = try index.reconstructAll()
        cache = values
        return .success(values)
      } catch {
        return .failure(error)
      }
    }
    do { return try result.get() } catch {
      throw VectorStoreError(.unsupported, error.message)
    }
  }

  /// The vector at a position as faiss gives it by label, refusals included.
  func reconstruct(position: Int) throws(VectorStoreError) -> [Float] {
    do { return try index.reconstruct(label: index.labels?[position] ?? position) } catch {
      throw VectorStoreError(.unsupported, "RuntimeError: \(error.message)")
    }
  }

  /// The position that a label of a search result means; nil for faiss's padding.
  func position(of label: Int) -> Int? {
    if let positionByLabel { return positionByLabel[label] }
    return label >= 0 && label < index.count ? label : nil
  }
}
