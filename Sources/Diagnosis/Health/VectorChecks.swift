import VectorStore

/// What is wrong with vectors one by one: numbers that are none, and lengths.
enum VectorChecks {
  /// Vectors at least so many times as long, or as short, as the usual one are of another make.
  private static let otherLength: Float = 4

  /// O(rows log rows).
  static func findings(_ survey: VectorSurvey, _ thresholds: HealthThresholds) -> [Finding] {
    let norms = survey.norms
    var findings: [Finding] = []
    func add(_ check: Check, _ sentence: String, where isWrong: (Float) -> Bool) {
      let rows = norms.indices.filter { isWrong(norms[$0]) }
      if !rows.isEmpty { findings.append(Finding(check, sentence, rows: rows)) }
    }
    add(.notFinite, "no search returns them, whatever is asked") { !$0.isFinite }
    add(.zeroVector, "they are as far from every query, and have no direction") { $0 == 0 }
    let lengths = norms.filter { $0.isFinite && $0 > 0 }.sorted()
    guard let shortest = lengths.first, let longest = lengths.last else { return findings }
    let usual = lengths[lengths.count / 2]
    func isUnit(_ norm: Float) -> Bool { abs(norm - 1) <= thresholds.normTolerance }
    let units = lengths.count(where: isUnit)
    if isUnit(shortest), isUnit(longest) { return findings }
    let range = "\(Count.number(shortest)) to \(Count.number(longest))"
    if units * 2 > lengths.count {
      add(
        .unnormalized,
        "\(Count.grouped(units)) vectors have length 1 and these have not (\(range)), which moves them in every ranking"
      ) { $0.isFinite && $0 > 0 && !isUnit($0) }
    } else {
      func isOdd(_ norm: Float) -> Bool { norm > usual * otherLength || norm * otherLength < usual }
      add(.mixedNorms, "lengths go from \(range), and the usual one is \(Count.number(usual))") {
        $0.isFinite && $0 > 0 && (isOdd($0) || units > 0 && !isUnit(usual) && isUnitAmongOthers($0))
      }
      if findings.last?.check != .mixedNorms, longest > shortest * (1 + thresholds.normTolerance) {
        findings.append(
          Finding(
            .notUnitLength,
            "lengths go from \(range), so ranks by L2 distance and by cosine differ", rows: []))
      }
    }
    return findings

    // Several vectors of exactly length 1 among longer ones come from a model that normalises.
    func isUnitAmongOthers(_ norm: Float) -> Bool { units >= 3 && abs(norm - 1) < 1e-4 && usual > 1.5 }
  }
}
