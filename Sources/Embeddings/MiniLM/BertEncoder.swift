import CMiniLM

/// The forward pass: token ids in, one unit vector per sequence out.
///
/// Source: Devlin, Chang, Lee and Toutanova, "BERT", NAACL 2019; mean pooling and normalisation as in
/// Reimers and Gurevych, "Sentence-BERT", EMNLP 2019.
struct BertEncoder: Sendable {
  let weights: BertWeights

  /// Encodes the sequences of a pack.
  ///
  /// - Parameters:
  ///   - workspace: Memory for the numbers in between, for this pass alone.
  ///   - crew: Shares the work of each step when given, which suits a single pack; otherwise the calling
  ///     thread does everything. Once it was late, the calling thread goes on alone.
  /// - Returns: [sequences, width], each row of norm 1.
  /// - Precondition: ids are in the vocabulary.
  func encode(_ pack: TokenPack, in workspace: BertWorkspace, with crew: Crew? = nil) -> [Float] {
    precondition(
      pack.ids.count <= workspace.tokens && pack.lengths.allSatisfy { $0 <= weights.shape.positions },
      "a pack of \(pack.ids.count) tokens")
    var pass = ForwardPass(weights: weights, pack: pack, workspace: workspace, crew: crew)
    return pass.run()
  }
}

/// One pack on its way through the layers.
private struct ForwardPass {
  let weights: BertWeights
  let pack: TokenPack
  let workspace: BertWorkspace
  var crew: Crew?

  /// Whether to use the sums of weights that have them: with enough rows to be faster, and alone from the
  /// beginning, so that a vector does not depend on when a crew was late.
  private let splits: Bool

  init(weights: BertWeights, pack: TokenPack, workspace: BertWorkspace, crew: Crew?) {
    self.weights = weights
    self.pack = pack
    self.workspace = workspace
    self.crew = crew
    splits = crew == nil && pack.ids.count >= 64
  }

  private var tokens: Int { pack.ids.count }
  private var shape: BertShape { weights.shape }
  private var instructions: cminilm_isa { weights.instructions }

  mutating func run() -> [Float] {
    // `state` always holds what the next step begins with.
    let state = workspace.state.floats, sums = workspace.sums.floats
    let qkv = workspace.qkv.floats, context = workspace.context.floats, inner = workspace.inner.floats
    embed(into: sums)
    normalize(sums, weights.embeddingNorm, into: state)
    for layer in weights.layers {
      apply(layer.attention, to: state, CMINILM_PLAIN, into: qkv)
      attend(qkv, into: context)
      apply(layer.attentionOutput, to: context, CMINILM_RESIDUAL, plus: state, into: sums)
      normalize(sums, layer.attentionNorm, into: state)
      apply(layer.inner, to: state, CMINILM_GELU, into: inner)
      apply(layer.output, to: inner, CMINILM_RESIDUAL, plus: state, into: sums)
      normalize(sums, layer.outputNorm, into: state)
    }
    return pooled(state)
  }

  /// Word and position vectors, summed.
  private func embed(into output: UnsafeMutablePointer<Float>) {
    let width = shape.width
    let words = UnsafePointer(weights.words.floats), positions = UnsafePointer(weights.positions.floats)
    var token = 0
    for length in pack.lengths {
      for position in 0..<length {
        let id = Int(pack.ids[token])
        precondition(0..<shape.vocabulary ~= id, "token id \(id) is not in the vocabulary")
        let word = words + id * width, place = positions + position * width, sum = output + token * width
        for index in 0..<width { sum[index] = word[index] + place[index] }
        token += 1
      }
    }
  }

  private func normalize(
    _ input: UnsafePointer<Float>, _ norm: BertWeights.Norm, into output: UnsafeMutablePointer<Float>
  ) {
    cminilm_normalize(
      instructions, input, tokens, shape.width, norm.scale.floats, norm.shift.floats, output)
  }

  private mutating func apply(
    _ linear: BertWeights.Linear, to input: UnsafePointer<Float>, _ epilogue: cminilm_epilogue,
    plus residual: UnsafePointer<Float>? = nil, into output: UnsafeMutablePointer<Float>
  ) {
    if splits, let sums = linear.sums {
      var layer = linear.layer
      cminilm_split_input(instructions, input, tokens, linear.depth, workspace.split)
      cminilm_apply_split(
        instructions, &layer, sums.floats, workspace.split, tokens, epilogue, residual, output)
      return
    }
    var prepared = UnsafeRawPointer(input)
    if instructions == CMINILM_BFLOAT16 {
      cminilm_round(input, tokens * linear.depth, workspace.rounded)
      prepared = UnsafeRawPointer(workspace.rounded)
    }
    let tokens = tokens, instructions = instructions
    share(linear.columns / Int(CMINILM_PANEL)) { panels, _ in
      var layer = linear.layer
      cminilm_apply(
        instructions, &layer, prepared, tokens, panels.lowerBound, panels.upperBound, epilogue, residual,
        output)
    }
  }

  private mutating func attend(_ qkv: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>) {
    let heads = shape.heads, width = shape.width, instructions = instructions, workspace = workspace
    let lengths = pack.lengths
    share(heads * lengths.count) { units, worker in
      var token = 0
      for (sequence, length) in lengths.enumerated() {
        let own = units.clamped(to: sequence * heads..<(sequence + 1) * heads)
        if !own.isEmpty {
          cminilm_attend(
            instructions, qkv + token * 3 * width, length, heads, own.lowerBound - sequence * heads,
            own.upperBound - sequence * heads, workspace.scratch[worker].floats, output + token * width)
        }
        token += length
      }
    }
  }

  private func pooled(_ state: UnsafePointer<Float>) -> [Float] {
    let width = shape.width
    return [Float](unsafeUninitializedCapacity: pack.lengths.count * width) { vectors, count in
      var token = 0
      for (row, length) in pack.lengths.enumerated() {
        cminilm_pool(
          instructions, state + token * width, length, width, vectors.baseAddress.map { $0 + row * width })
        token += length
      }
      count = vectors.count
    }
  }

  /// Does `body` for 0 ..< `units`, in parts shared with the crew when there is one.
  private mutating func share(_ units: Int, _ body: (_ units: Range<Int>, _ worker: Int) -> Void) {
    guard let crew else { return body(0..<units, 0) }
    // Enough parts that the threads end together, few enough that taking one costs nothing.
    let parts = min(units, 12)
    let punctual = crew.run(parts) { part, worker in
      body(units * part / parts..<units * (part + 1) / parts, worker)
    }
    if !punctual {
      crew.rest()
      self.crew = nil
    }
  }
}
