import CMiniLM
import Testing

@testable import Embeddings

/// A layer with random numbers, and an input for it that ends in rows nobody may read.
private struct RandomLayer {
  let columns = 128
  let depth = 96
  let rows: Int
  var weights: [Float] = []
  var bias: [Float] = []
  var input: [Float] = []
  var residual: [Float] = []

  init(rows: Int) {
    self.rows = rows
    var random = SplitMix(state: UInt64(rows))
    func numbers(_ count: Int, scale: Float) -> [Float] {
      (0..<count).map { _ in Float.random(in: -scale...scale, using: &random) }
    }
    weights = numbers(columns * depth, scale: 0.3)
    bias = numbers(columns, scale: 1)
    input = numbers(rows * depth, scale: 1) + Array(repeating: .nan, count: depth)
    residual = numbers(rows * columns, scale: 1) + Array(repeating: .nan, count: columns)
  }

  /// What `cminilm_apply` and `cminilm_apply_split` make of it, each followed by a row of NaN.
  func outputs(_ isa: cminilm_isa, _ epilogue: cminilm_epilogue) -> (plain: [Float], split: [Float]) {
    func memory(_ bytes: Int) -> AlignedMemory { AlignedMemory.parts(byteCounts: [bytes])[0] }
    let panels = memory(cminilm_packed_bytes(isa, columns, depth))
    let sums = memory(cminilm_split_bytes(columns, depth)), parts = memory(cminilm_split_bytes(rows, depth))
    cminilm_pack(isa, weights, columns, depth, panels.bytes.baseAddress)
    var plain = [Float](repeating: .nan, count: (rows + 1) * columns), split = plain
    bias.withUnsafeBufferPointer { bias in
      var layer = cminilm_layer(
        panels: panels.floats, bias: bias.baseAddress, columns: columns, depth: depth)
      cminilm_apply(
        isa, &layer, input, rows, 0, columns / Int(CMINILM_PANEL), epilogue, residual, &plain)
      cminilm_split_weights(isa, &layer, sums.floats)
      cminilm_split_input(isa, input, rows, depth, parts.floats)
      cminilm_apply_split(isa, &layer, sums.floats, parts.floats, rows, epilogue, residual, &split)
    }
    return (plain, split)
  }
}

// Around the heights of blocks, which are twice 6 and twice 14 rows.
@Test(arguments: InstructionSet.exact, [1, 2, 3, 11, 12, 13, 14, 27, 28, 29, 31, 57])
func splitLayerMakesWhatAPlainOneMakes(set: InstructionSet, rows: Int) {
  let layer = RandomLayer(rows: rows)
  for epilogue in [CMINILM_PLAIN, CMINILM_GELU, CMINILM_RESIDUAL] {
    let (plain, split) = layer.outputs(set.isa, epilogue)
    let count = rows * layer.columns
    let differences = zip(plain, split).prefix(count).map { abs($0 - $1) }
    #expect(differences.allSatisfy { $0 < 1e-5 }, "\(differences.max() ?? .nan)")
    #expect(split[count...].allSatisfy { $0.isNaN }, "it wrote beyond the last row")
  }
}

private let shape = BertShape(vocabulary: 40, positions: 256, width: 64, layers: 2, innerWidth: 128)

@Test(arguments: InstructionSet.exact, [[64], [33, 1, 70, 28], [255]])
func encoderWithSplitWeightsAgreesWithAPlainForwardPass(set: InstructionSet, lengths: [Int]) throws {
  let reference = ReferenceBert(shape: shape, seed: 6)
  let weights = try reference.weights(set.isa).split()
  #expect(
    weights.layers.allSatisfy { layer in
      [layer.attention, layer.attentionOutput, layer.inner, layer.output].allSatisfy { $0.sums != nil }
    })
  let inputs = sequences(lengths, vocabulary: shape.vocabulary)
  let pack = TokenPack.packs(of: inputs)[0]
  let vectors = BertEncoder(weights: weights).encode(pack, in: BertWorkspace(shape: shape))
  let differences = zip(vectors, inputs.flatMap(reference.encode)).map { abs(Double($0) - $1) }
  #expect(try #require(differences.max()) < 2e-6)
}

@Test func fewTokensAndSharedWorkAreComputedAsWithoutSplitWeights() throws {
  let plain = try ReferenceBert(shape: shape, seed: 7).weights(cminilm_best())
  let split = plain.split()
  func vectors(_ weights: BertWeights, _ length: Int, with crew: Crew?) -> [Float] {
    let pack = TokenPack.packs(of: sequences([length], vocabulary: shape.vocabulary))[0]
    return BertEncoder(weights: weights).encode(pack, in: BertWorkspace(shape: shape), with: crew)
  }
  #expect(vectors(split, 63, with: nil) == vectors(plain, 63, with: nil))
  #expect(vectors(split, 200, with: Crew()) == vectors(plain, 200, with: nil))
  #expect(vectors(split, 200, with: nil) != vectors(plain, 200, with: nil), "it never splits")
}

@Test func manyPacksGiveTheVectorsOfEachTextAlone() async throws {
  let encoder = SentenceEncoder(try ReferenceBert(shape: shape, seed: 8).weights(cminilm_best()))
  let many = sequences((0..<40).map { 1 + $0 * 37 % 200 }, vocabulary: shape.vocabulary)
  #expect(TokenPack.packs(of: many).count >= 16)
  let together = try await encoder.encode(many)
  for (row, ids) in many.enumerated() {
    let alone = try await encoder.encode([ids])
    let differences = zip(together[(row * shape.width)...], alone).map { abs($0 - $1) }
    #expect(try #require(differences.max()) < 2e-6)
  }
}

@Test(arguments: InstructionSet.bfloat16)
func weightsInBfloat16AreNotSplit(set: InstructionSet) throws {
  let weights = try ReferenceBert(shape: shape, seed: 9).weights(set.isa).split()
  #expect(weights.layers.allSatisfy { $0.attention.sums == nil && $0.output.sums == nil })
}
