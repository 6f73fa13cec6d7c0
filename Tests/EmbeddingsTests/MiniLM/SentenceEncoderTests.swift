import CMiniLM
import Foundation
import Synchronization
import Testing

@testable import Embeddings

private let shape = BertShape(vocabulary: 50, positions: 256, width: 32, layers: 1, innerWidth: 32)

private func makeEncoder(sharesWork: Bool = true) throws -> SentenceEncoder {
  SentenceEncoder(try ReferenceBert(shape: shape, seed: 4).weights(cminilm_best()), sharesWork: sharesWork)
}

/// Sequences that make several packs, in no order of length.
private let many = sequences((0..<60).map { 1 + $0 * 37 % 200 }, vocabulary: shape.vocabulary)

@Test func encodingNothingGivesNothing() async throws {
  #expect(try await makeEncoder().encode([]).isEmpty)
}

@Test func vectorsComeInTheOrderOfTheirTextsHoweverTheWorkIsShared() async throws {
  let alone = try makeEncoder(sharesWork: false)
  var expected: [Float] = []
  for ids in many { expected += try await alone.encode([ids]) }
  #expect(try await alone.encode(many) == expected)
  #expect(try await makeEncoder().encode(many) == expected)
}

@Test func requestsAtTheSameTimeDoNotDisturbEachOther() async throws {
  let encoder = try makeEncoder()
  let expected = try await encoder.encode(many)
  try await withThrowingTaskGroup(of: [Float].self) { group in
    for _ in 0..<8 { group.addTask { try await encoder.encode(many) } }
    for try await vectors in group { #expect(vectors == expected) }
  }
}

@Test func progressRisesToTheNumberOfTexts() async throws {
  let reports = Mutex<[Int]>([])
  _ = try await makeEncoder().encode(many) { completed in reports.withLock { $0.append(completed) } }
  let seen = reports.withLock { $0 }
  #expect(seen == seen.sorted())
  #expect(seen.last == many.count)
  #expect(seen.count == TokenPack.packs(of: many).count)
}

@Test func cancelledEncodingEndsBetweenPacks() async throws {
  let encoder = try makeEncoder()
  let lots = Array(repeating: many, count: 200).flatMap(\.self)
  let task = Mutex<Task<[Float], any Error>?>(nil)
  let completed = Mutex(0)
  // Nothing is encoded before it can be cancelled.
  let (gate, opening) = AsyncStream<Void>.makeStream()
  let running = Task {
    for await _ in gate {}
    return try await encoder.encode(lots) { count in
      completed.withLock { $0 = count }
      task.withLock { $0?.cancel() }
    }
  }
  task.withLock { $0 = running }
  opening.finish()
  await #expect(throws: CancellationError.self) { try await running.value }
  #expect(completed.withLock { $0 } < lots.count)
  // The encoder is free for the next request.
  #expect(try await encoder.encode([[1, 2]]).count == shape.width)
}

@Test func aShortRequestDoesNotWaitForALongOne() async throws {
  let encoder = try makeEncoder()
  let expected = try await encoder.encode([[1, 2]])
  let lots = Array(repeating: many, count: 200).flatMap(\.self)
  let completed = Mutex(0)
  let (start, started) = AsyncStream<Void>.makeStream()
  let long = Task {
    try await encoder.encode(lots) { count in
      completed.withLock { $0 = count }
      started.finish()
    }
  }
  for await _ in start {}
  #expect(try await encoder.encode([[1, 2]]) == expected)
  #expect(completed.withLock { $0 } < lots.count)
  long.cancel()
  await #expect(throws: CancellationError.self) { try await long.value }
}

@Test func packsHoldWholeSequencesUpToTheirLimit() {
  let packs = TokenPack.packs(of: sequences([200, 56, 1, 255, 2, 256], vocabulary: 9))
  #expect(packs.map(\.lengths) == [[200, 56], [1, 255], [2], [256]])
  #expect(packs.map(\.firstRow) == [0, 2, 4, 5])
  #expect(packs.allSatisfy { $0.ids.count == $0.lengths.reduce(0, +) })
}
