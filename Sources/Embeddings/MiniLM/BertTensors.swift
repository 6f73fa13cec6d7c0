import CMiniLM

/// Reads a model's tensors into one piece of memory, in the order in which they are asked for.
final class BertTensors {
  private let file: Safetensors
  private let instructions: cminilm_isa
  private let width: Int
  /// Memory for what has not been asked for yet.
  private var free: ArraySlice<AlignedMemory>

  init(file: Safetensors, instructions: cminilm_isa, shape: BertShape) {
    self.file = file
    self.instructions = instructions
    width = shape.width
    let float = MemoryLayout<Float>.size
    func linear(_ columns: Int, _ depth: Int) -> [Int] {
      [columns * float, cminilm_packed_bytes(instructions, columns, depth)]
    }
    let norm = [width * float, width * float]
    let layer =
      linear(3 * width, width) + linear(width, width) + norm
      + linear(shape.innerWidth, width) + linear(width, shape.innerWidth) + norm
    let embeddings = [shape.vocabulary * width * float, shape.positions * width * float] + norm
    let layers = repeatElement(layer, count: shape.layers).joined()
    free = AlignedMemory.parts(byteCounts: embeddings + layers)[...]
  }

  /// The next piece of memory, which must have been planned with that size.
  private func take(_ byteCount: Int) -> AlignedMemory {
    let memory = free.removeFirst()
    precondition(memory.bytes.count == byteCount, "tensors asked for in another order than planned")
    return memory
  }

  /// A tensor as an array, for what is not kept.
  func array(_ name: String, _ shape: [Int]) throws -> [Float] {
    try [Float](unsafeUninitializedCapacity: shape.reduce(1, *)) { buffer, count in
      try file.read(name, shape: shape, into: buffer)
      count = buffer.count
    }
  }

  func floats(_ name: String, _ shape: [Int]) throws -> AlignedMemory {
    let memory = take(shape.reduce(MemoryLayout<Float>.size, *))
    try file.read(name, shape: shape, into: memory.bytes.assumingMemoryBound(to: Float.self))
    return memory
  }

  func norm(_ name: String) throws -> BertWeights.Norm {
    BertWeights.Norm(scale: try floats(name + ".weight", [width]), shift: try floats(name + ".bias", [width]))
  }

  /// Matrices of one shape, packed side by side as one.
  func linear(_ names: [String], columns: Int, depth: Int) throws -> BertWeights.Linear {
    let all = columns * names.count
    let bias = take(all * MemoryLayout<Float>.size)
    let panels = take(cminilm_packed_bytes(instructions, all, depth))
    let packedSize = cminilm_packed_bytes(instructions, columns, depth)
    for (index, name) in names.enumerated() {
      let matrix = try array(name + ".weight", [columns, depth])
      let place = panels.bytes.baseAddress.map { $0 + index * packedSize }
      cminilm_pack(instructions, matrix, columns, depth, place)
      let part = UnsafeMutableBufferPointer(start: bias.floats + index * columns, count: columns)
      try file.read(name + ".bias", shape: [columns], into: part)
    }
    return BertWeights.Linear(columns: all, depth: depth, panels: panels, bias: bias)
  }
}
