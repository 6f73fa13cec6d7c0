import FuzzTargets
import Testing

/// What `make fuzz` does for hours, for a moment: the seeds, old findings among them, and simple mutations of them.
@Suite struct FuzzTargetTests {
  private static let mutations = 300

  @Test(arguments: FuzzTarget.all.map(\.name)) func foreignBytesEndNothing(name: String) async throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let seeds = try await target.seeds()
    #expect(!seeds.isEmpty)
    for seed in seeds { try seed.withUnsafeBytes(target.run) }
    var mutator = Mutator(seed: 20_261_127, words: target.words.map { Array($0.utf8) })
    for _ in 0..<Self.mutations {
      try mutator.mutated(seeds).withUnsafeBytes(target.run)
    }
  }
}

/// Changes bytes as fuzzers do, the same in every run.
private struct Mutator {
  private var random: SplitMix64
  private let words: [[UInt8]]

  init(seed: UInt64, words: [[UInt8]]) {
    random = SplitMix64(state: seed)
    self.words = words
  }

  mutating func mutated(_ seeds: [[UInt8]]) -> [UInt8] {
    var bytes = seeds[Int.random(in: 0..<seeds.count, using: &random)]
    for _ in 0...Int.random(in: 0..<4, using: &random) { mutate(&bytes) }
    return bytes
  }

  private mutating func mutate(_ bytes: inout [UInt8]) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    let end = min(bytes.count, place + Int.random(in: 1...8, using: &random))
    switch Int.random(in: 0..<6, using: &random) {
    case 0:
      bytes.replaceSubrange(
        place..<end, with: (place..<end).map { _ in .random(in: 0...255, using: &random) })
    case 1: bytes.replaceSubrange(place..<end, with: repeatElement(0xFF, count: end - place))
    case 2: bytes.removeSubrange(place..<end)
    case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
    case 4: bytes.insert(contentsOf: words.randomElement(using: &random) ?? [0], at: place)
    default: if place < bytes.count { bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
    }
  }
}

private struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
