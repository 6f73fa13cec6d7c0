import CScan
import Foundation
import VectorStore

/// Times plain and coded scans of the same vectors in turns and prints a table for the documentation.
///
///     search-benchmark [ROWS [DIMENSION [ROUNDS]]]    100000, 384, 15 without
@main
struct SearchBenchmark {
  static func main() async throws {
    let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
    let rows = numbers.first ?? 100_000
    let dimension = numbers.count > 1 ? numbers[1] : 384
    let rounds = numbers.count > 2 ? numbers[2] : 15
    print("\(rows) rows of \(dimension) dimensions, \(rounds) rounds; median milliseconds of a query\n")
    print(
      "| data | search | plain scan | by codes | ratio | the quickest | scored again "
        + "| of the memory's rate: plain | codes |")
    print("|---|---|---|---|---|---|---|---|---|")
    var builds: [String] = []
    for data in [SearchData.Kind.clustered, .random, .equal] {
      let store = SearchData(data, rows: rows, dimension: dimension, queries: rounds)
      let clock = ContinuousClock()
      let start = clock.now
      let codes = try await ByteCodes(encoding: store.part.segment.vectors)
      builds.append("\(data) \(((clock.now - start) / .milliseconds(1)).rounded()) ms")
      let searches =
        data != .clustered
        ? [Contest(k: 10)]
        : [
          Contest(k: 1), Contest(k: 10), Contest(k: 100), Contest(k: 1000),
          Contest(k: 10, metric: .innerProduct), Contest(k: 10, share: 0.01), Contest(k: 10, share: 0.1),
          Contest(k: 10, share: 0.5), Contest(k: 10, path: CSCAN_AVX2), Contest(k: 10, path: CSCAN_PORTABLE),
        ]
      for contest in searches where contest.path.rawValue <= cscan_best_codes_path().rawValue {
        print("| \(data) \(try await contest.run(on: store, codes: codes))")
      }
    }
    print("\nmaking the codes, on one thread: \(builds.joined(separator: ", "))")
    try await compareJoins(SearchData(.clustered, rows: rows, dimension: dimension, queries: 64))
  }

  /// Many searches at once beside one after the other.
  private static func compareJoins(_ data: SearchData) async throws {
    let version = data.version
    // Codes are made before.
    let search = try await PairSearch(version)
    let single = try await seconds {
      for query in data.queries { _ = try await version.search(query, k: 10) }
    }
    let together = try await seconds { _ = try await version.search(queries: data.queries, k: 10) }
    let each = single / Double(data.queries.count)
    print("\n| what | seconds | a query | one after the other, a query | ratio |")
    print("|---|---|---|---|---|")
    let count = Double(version.count)
    for (name, time, queries) in [
      ("\(data.queries.count) queries, top 10", together, Double(data.queries.count)),
      ("top 10 of every row", try await seconds { _ = try await search.nearest(k: 10) }, count),
      ("pairs within 0.1", try await seconds { _ = try await search.pairs(within: 0.1) }, count),
    ] {
      let rounded = [time, time / queries * 1000, each * 1000, each * queries / time]
        .map { "\(($0 * 1000).rounded() / 1000)" }
      print("| \(name) | \(rounded[0]) | \(rounded[1]) ms | \(rounded[2]) ms | \(rounded[3]) |")
    }
  }

  private static func seconds(_ work: () async throws -> Void) async rethrows -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    try await work()
    return (clock.now - start) / .seconds(1)
  }
}
