import VectorStore

/// Where texts and vectors tell different stories.
enum VectorAgreement {
  /// Squared distances of vectors, relative to their lengths, above which two runs of one model do not explain them.
  private static let noise = 1e-4

  /// Groups of the same content in which a vector differs from the first one's; those rows are marked.
  static func sameTextOtherVector(
    _ contents: [[Int]], _ vectors: VectorSurvey, in version: StoreVersion
  ) throws -> Finding? {
    var groups: [[Int]] = []
    var marked: [Int] = []
    for group in contents {
      let usable = group.filter(vectors.isUsable)
      guard let first = usable.first, usable.contains(where: { vectors.hashes[$0] != vectors.hashes[first] })
      else { continue }
      let own = try version.vector(atRow: first)
      let others = try usable.dropFirst().filter { isOther(own, try version.vector(atRow: $0)) }
      guard !others.isEmpty else { continue }
      groups.append([first] + others)
      marked += others
    }
    guard !groups.isEmpty else { return nil }
    let examples = Example.contents(of: groups.map { $0[0] }, in: version, limit: 2)
    return Finding(
      .sameTextOtherVector,
      "the same text has different vectors, so a query finds one and misses the other: \(examples)",
      groups: groups, marked: marked.sorted())
  }

  private static func isOther(_ a: [Float], _ b: [Float]) -> Bool {
    var (distance, squares) = (0.0, 0.0)
    for (a, b) in zip(a, b) {
      let (a, b) = (Double(a), Double(b))
      distance += (a - b) * (a - b)
      squares += (a * a + b * b) / 2
    }
    return distance > noise * squares
  }

  /// Groups of bit-identical vectors, by first row.
  static func sameVectors(_ vectors: VectorSurvey, in version: StoreVersion) throws -> [[Int]] {
    let usable = vectors.norms.indices.filter(vectors.isUsable)
    var failure: VectorStoreError?
    func vector(_ row: Int) -> [Float] {
      do throws(VectorStoreError) { return try version.vector(atRow: row) } catch {
        failure = error
        return []
      }
    }
    let groups = EqualGroups.find(among: usable, hash: { vectors.hashes[$0] }) {
      zip(vector($0), vector($1)).allSatisfy { $0.bitPattern == $1.bitPattern }
    }
    if let failure { throw failure }
    return groups
  }

  /// Of groups of the same vector, those rows whose text is not the first one's in other case and spaces.
  static func sameVectorOtherText(
    _ groups: [[Int]], distinct: Set<Int>, in version: StoreVersion
  ) -> Finding? {
    let found = groups.map { $0.filter(distinct.contains) }.filter { $0.count > 1 }
    guard let first = found.first else { return nil }
    return Finding(
      .sameVectorOtherText,
      "the model made no difference between texts that differ: \(Example.contents(of: first, in: version))",
      groups: found, marked: found.flatMap { $0 }.sorted())
  }
}
