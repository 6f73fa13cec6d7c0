import CScan
import Foundation
import SearchCases

/// Searches random stores by codes and without, on every path of the processor, and stops at the first difference.
///
///     property-test [CASES [FIRST-SEED]]    10000, 0 without
@main
struct PropertyTest {
  static func main() async throws {
    let numbers = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
    let count = numbers.first ?? 10_000
    let first = numbers.count > 1 ? numbers[1] : 0
    let names = ["portable", "avx2", "avx512"]
    print("on", ScanCase.paths.map { names[Int($0.rawValue)] }.joined(separator: ", "))
    for path in ScanCase.paths.count..<names.count {
      print("SKIPPED: \(names[path]), which this processor lacks")
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for lane in 0..<2 as Range<UInt64> {
        group.addTask {
          for seed in stride(from: first + lane, to: first + count, by: 2) { try await check(seed) }
        }
      }
      try await group.waitForAll()
    }
    print(
      "\(count) stores and queries from seed \(first) on: every answer is that of a plain scan, bit for bit, and that"
        + " of a scan in double precision up to rounding")
  }

  private static func check(_ seed: UInt64) async throws {
    var failure = try await ScanCase.failure(seed: seed)
    // Each holds hundreds of searches.
    if failure == nil, seed % 10 == 0 {
      var numbers = SeededNumbers(seed)
      let store = try StoreCase(&numbers)
      for path in ScanCase.paths where failure == nil { failure = try await store.failure(path) }
    }
    guard let failure else { return }
    print("WRONG: seed \(seed): \(failure)")
    exit(1)
  }
}
