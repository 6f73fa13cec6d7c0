import VectorStore

@testable import Diagnosis

/// Small stores for tests.
enum Samples {
  /// Documents with vectors; ids are the rows unless they are given.
  static func version(
    _ contents: [String], _ vectors: [[Float]]? = nil, metadata: [Metadata] = [], ids: [String]? = nil,
    metric: Metric = .squaredL2
  ) -> StoreVersion {
    let documents = contents.enumerated().map { row, content in
      Document(
        id: DocumentID(ids?[row] ?? "\(row)"), content: Text(content),
        metadata: metadata.indices.contains(row) ? metadata[row] : [:])
    }
    let vectors = vectors ?? unitVectors(contents.count)
    let dimension = vectors.first?.count ?? 2
    return StoreVersion(
      dimension: dimension, metric: metric,
      segments: [
        Segment(
          vectors: Vectors(vectors.flatMap { $0 }, dimension: dimension), documents: documents, origin: .file)
      ])
  }

  /// Directions that look random, the same in every run.
  static func unitVectors(_ count: Int, dimension: Int = 16, seed: UInt64 = 1) -> [[Float]] {
    var state = seed
    func next() -> Float {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(Int32(truncatingIfNeeded: state >> 32)) / Float(Int32.max)
    }
    return (0..<count).map { _ in
      // Sums of several are nearly normal, so no direction is preferred.
      let vector = (0..<dimension).map { _ in next() + next() + next() + next() }
      let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return vector.map { $0 / length }
    }
  }

  /// Sentences of different words, none of which a check has anything to say about.
  static func prose(_ count: Int) -> [String] {
    let subjects = [
      "The keeper", "A gardener", "Her uncle", "The whole choir", "Some traveller", "My neighbour",
    ]
    let verbs = ["mended", "counted", "painted", "sold", "forgot", "carried", "described"]
    let objects = ["the boats", "two lanterns", "an old map", "every window", "the winter apples"]
    let times = ["before noon", "in the rain", "at the end of March", "without a word"]
    return (0..<count).map { row in
      "\(subjects[row % 6]) \(verbs[row / 6 % 7]) \(objects[row / 42 % 5]) \(times[row / 210 % 4]), as line \(row) tells."
    }
  }

  static func rows(_ check: Check, in findings: [Finding]) -> [Int] {
    findings.first { $0.check == check }?.rows ?? []
  }
}
