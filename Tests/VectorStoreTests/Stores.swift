import SearchCases

@testable import VectorStore

typealias SeededNumbers = SearchCases.SeededNumbers

/// Small stores for tests: documents "a", "b", … at the given points.
enum Stores {
  static func documents(_ ids: [String]) -> [Document] {
    ids.enumerated().map { number, id in
      Document(
        id: DocumentID(id), content: Text("text of \(id)"),
        metadata: ["n": .int(number), "even": .bool(number % 2 == 0)])
    }
  }

  static func version(_ ids: [String], _ vectors: [[Float]], metric: Metric = .squaredL2) -> StoreVersion {
    StoreVersion(
      dimension: vectors[0].count, metric: metric,
      segments: [
        Segment(
          vectors: Vectors(vectors.flatMap { $0 }, dimension: vectors[0].count), documents: documents(ids),
          origin: .file)
      ])
  }

  /// a…e on a line at 0, 1, 2, 3, 4.
  static var line: StoreVersion {
    version(["a", "b", "c", "d", "e"], [[0, 0], [1, 0], [2, 0], [3, 0], [4, 0]])
  }

  static func ids(_ version: StoreVersion) -> [String] {
    var result: [String] = []
    version.forEachDocument { _, document in result.append(document.id.text) }
    return result
  }
}
