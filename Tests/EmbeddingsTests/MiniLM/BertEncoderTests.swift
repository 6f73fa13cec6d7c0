import CMiniLM
import Foundation
import Testing

@testable import Embeddings

/// Ids of sequences of these lengths.
func sequences(_ lengths: [Int], vocabulary: Int, seed: UInt64 = 5) -> [[Int32]] {
  var random = SplitMix(state: seed)
  return lengths.map { length in
    (0..<length).map { _ in Int32.random(in: 0..<Int32(vocabulary), using: &random) }
  }
}

extension ReferenceBert {
  func weights(_ instructions: cminilm_isa) throws -> BertWeights {
    try withFile(file.bytes) { url in
      try BertWeights(Safetensors(contentsOf: url), shape: shape, instructions: instructions)
    }
  }
}

private func largestDifference(_ a: ArraySlice<Float>, _ b: [Double]) -> Double {
  zip(a, b).map { abs(Double($0) - $1) }.max() ?? .infinity
}

/// Vectors of one pack, a row for each sequence.
private func rows(
  of pack: TokenPack, _ weights: BertWeights, with crew: Crew? = nil
) -> [ArraySlice<Float>] {
  let vectors = BertEncoder(weights: weights)
    .encode(pack, in: BertWorkspace(shape: weights.shape), with: crew)
  let width = weights.shape.width
  return pack.lengths.indices.map { vectors[$0 * width..<($0 + 1) * width] }
}

private let small = BertShape(vocabulary: 40, positions: 256, width: 64, layers: 2, innerWidth: 96)

/// Packs the sequences and compares every exact instruction set with the plain forward pass.
private func expectAgreement(_ reference: ReferenceBert, _ lengths: [Int]) throws {
  let inputs = sequences(lengths, vocabulary: reference.shape.vocabulary)
  let expected = inputs.map(reference.encode)
  let packs = TokenPack.packs(of: inputs)
  #expect(packs.count == 1)
  for set in InstructionSet.exact {
    for (row, vector) in zip(rows(of: packs[0], try reference.weights(set.isa)), expected) {
      #expect(largestDifference(row, vector) < 2e-6, "\(set.testDescription)")
    }
  }
}

// Lengths around the heights of tiles (6 and 14 rows) and the width of panels (32).
@Test(arguments: [[1], [2], [3, 1, 7], [13], [14], [15], [6, 12, 5, 29], [31, 32, 33]])
func encoderAgreesWithAPlainForwardPass(lengths: [Int]) throws {
  try expectAgreement(ReferenceBert(shape: small, seed: 1), lengths)
}

@Test func encoderAgreesWithAPlainForwardPassAtFullLength() throws {
  let shape = BertShape(vocabulary: 40, positions: 256, width: 32, layers: 1, innerWidth: 64)
  try expectAgreement(ReferenceBert(shape: shape, seed: 1), [256])
}

@Test(arguments: [
  BertShape(vocabulary: 3, positions: 20, width: 32, layers: 1, innerWidth: 32),
  BertShape(vocabulary: 10, positions: 20, width: 96, layers: 3, innerWidth: 160),
  // Deeper than what the kernels go through at a time.
  BertShape(vocabulary: 10, positions: 20, width: 416, layers: 1, innerWidth: 800),
])
func encoderTakesAnyWidthOfWholePanels(shape: BertShape) throws {
  try expectAgreement(ReferenceBert(shape: shape, seed: 2), [5, 2])
}

@Test(arguments: InstructionSet.bfloat16, [[1], [15, 2], [33]])
func encoderInBfloat16IsNearThePlainForwardPass(set: InstructionSet, lengths: [Int]) throws {
  let reference = ReferenceBert(shape: small, seed: 1)
  let inputs = sequences(lengths, vocabulary: small.vocabulary)
  for (row, ids) in zip(rows(of: TokenPack.packs(of: inputs)[0], try reference.weights(set.isa)), inputs) {
    let cosine = zip(row, reference.encode(ids)).reduce(0) { $0 + Double($1.0) * $1.1 }
    #expect(cosine > 0.999)
    #expect(largestDifference(row, reference.encode(ids)) > 1e-6, "it computed in float32")
  }
}

@Test(arguments: InstructionSet.exact + InstructionSet.bfloat16)
func vectorDoesNotDependOnWhatElseIsInThePackOrOnTheThreads(set: InstructionSet) throws {
  let weights = try ReferenceBert(shape: small, seed: 3).weights(set.isa)
  let inputs = sequences([33, 1, 14, 70, 28], vocabulary: small.vocabulary)
  let pack = TokenPack.packs(of: inputs)[0]
  let together = rows(of: pack, weights)
  let shared = rows(of: pack, weights, with: Crew())
  for (index, ids) in inputs.enumerated() {
    let alone = rows(of: TokenPack.packs(of: [ids])[0], weights)[0]
    #expect(Array(together[index]) == Array(alone))
    #expect(Array(shared[index]) == Array(alone))
  }
}

@Test func encoderNamesATensorThatIsMissingOrOfAnotherShape() throws {
  let name = "encoder.layer.1.output.dense.weight"
  var reference = ReferenceBert(shape: small, seed: 1).file
  reference.tensors[name]?.shape = [96, 64]
  let swapped = #expect(throws: EmbeddingError.self) {
    try withFile(reference.bytes) { url in
      try BertWeights(Safetensors(contentsOf: url), shape: small, instructions: CMINILM_PORTABLE)
    }
  }
  #expect(swapped?.message.hasSuffix("to be F32 [64, 96], found F32 [96, 64]") == true)
  reference.tensors[name] = nil
  let missing = #expect(throws: EmbeddingError.self) {
    try withFile(reference.bytes) { url in
      try BertWeights(Safetensors(contentsOf: url), shape: small, instructions: CMINILM_PORTABLE)
    }
  }
  #expect(missing?.message.hasSuffix("has no tensor \(name)") == true)
}
