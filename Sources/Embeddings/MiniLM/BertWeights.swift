import CMiniLM

/// The weights of a BERT encoder, packed for one instruction set.
///
/// Tensor names are those of Hugging Face's `BertModel`; its pooler is not used.
final class BertWeights: Sendable {
  /// A weight matrix with its bias.
  struct Linear: Sendable {
    var columns: Int
    var depth: Int
    var panels: AlignedMemory
    var bias: AlignedMemory
    /// Sums of the weights, with which many rows are multiplied faster; see ``BertWeights/split()``.
    var sums: AlignedMemory?

    /// The matrix as the kernels want it; valid as long as the weights.
    var layer: cminilm_layer {
      cminilm_layer(
        panels: UnsafeRawPointer(panels.floats), bias: UnsafePointer(bias.floats),
        columns: columns, depth: depth)
    }
  }

  /// What a layer normalisation multiplies with and adds.
  struct Norm: Sendable {
    var scale: AlignedMemory
    var shift: AlignedMemory
  }

  struct Layer: Sendable {
    /// Queries, keys and values side by side.
    var attention: Linear
    var attentionOutput: Linear
    var attentionNorm: Norm
    var inner: Linear
    var output: Linear
    var outputNorm: Norm
  }

  let shape: BertShape
  let instructions: cminilm_isa
  /// The word vectors, [vocabulary, width].
  let words: AlignedMemory
  /// The position vectors, [positions, width], with that of the first token type added.
  let positions: AlignedMemory
  let embeddingNorm: Norm
  let layers: [Layer]

  /// Reads and packs the weights of a file.
  ///
  /// - Throws: ``EmbeddingError`` with the code `modelDamaged` when a tensor is missing or of another shape.
  /// - Precondition: the processor has the instructions; widths are multiples of 32.
  init(_ file: Safetensors, shape: BertShape, instructions: cminilm_isa) throws {
    precondition(cminilm_supports(instructions), "instructions that this processor lacks")
    precondition(shape.width % 32 == 0 && shape.innerWidth % 32 == 0, "widths in whole panels")
    let source = BertTensors(file: file, instructions: instructions, shape: shape)
    let width = shape.width

    words = try source.floats("embeddings.word_embeddings.weight", [shape.vocabulary, width])
    positions = try source.floats("embeddings.position_embeddings.weight", [shape.positions, width])
    let types = try source.array("embeddings.token_type_embeddings.weight", [2, width])
    for place in 0..<shape.positions * width { positions.floats[place] += types[place % width] }
    embeddingNorm = try source.norm("embeddings.LayerNorm")
    layers = try (0..<shape.layers).map { index in
      let layer = "encoder.layer.\(index)."
      let parts = ["query", "key", "value"].map { layer + "attention.self." + $0 }
      return Layer(
        attention: try source.linear(parts, columns: width, depth: width),
        attentionOutput: try source.linear(
          [layer + "attention.output.dense"], columns: width, depth: width),
        attentionNorm: try source.norm(layer + "attention.output.LayerNorm"),
        inner: try source.linear([layer + "intermediate.dense"], columns: shape.innerWidth, depth: width),
        output: try source.linear([layer + "output.dense"], columns: width, depth: shape.innerWidth),
        outputNorm: try source.norm(layer + "output.LayerNorm"))
    }
    self.shape = shape
    self.instructions = instructions
  }

  private init(_ other: BertWeights, layers: [Layer]) {
    shape = other.shape
    instructions = other.instructions
    words = other.words
    positions = other.positions
    embeddingNorm = other.embeddingNorm
    self.layers = layers
  }

  /// The same weights, and the sums for Strassen's multiplication wherever a matrix and the instructions allow it.
  ///
  /// They take 7/4 of the space of the matrices, 74 MB for MiniLM; the rest is shared with the original.
  func split() -> BertWeights {
    let paths: [WritableKeyPath<Layer, Linear>] = [\.attention, \.attentionOutput, \.inner, \.output]
    let places = layers.indices.flatMap { index in paths.map { (layer: index, path: $0) } }
      .filter { place in
        let linear = layers[place.layer][keyPath: place.path]
        return cminilm_can_split(instructions, linear.columns, linear.depth)
      }
    let memory = AlignedMemory.parts(
      byteCounts: places.map { place in
        let linear = layers[place.layer][keyPath: place.path]
        return cminilm_split_bytes(linear.columns, linear.depth)
      })
    var split = layers
    for (place, sums) in zip(places, memory) {
      var layer = split[place.layer][keyPath: place.path].layer
      cminilm_split_weights(instructions, &layer, sums.floats)
      split[place.layer][keyPath: place.path].sums = sums
    }
    return BertWeights(self, layers: split)
  }
}
