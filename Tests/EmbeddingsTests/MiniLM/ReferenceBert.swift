import Foundation

@testable import Embeddings

/// A small BERT with random weights and its forward pass in double precision, written from the paper and
/// without a thought for speed.
struct ReferenceBert {
  let shape: BertShape
  let file: SafetensorsFile

  init(shape: BertShape, seed: UInt64) {
    self.shape = shape
    var random = SplitMix(state: seed)
    var file = SafetensorsFile()
    func add(_ name: String, _ extents: [Int], around middle: Float = 0, scale: Float) {
      let numbers = (0..<extents.reduce(1, *)).map { _ in
        middle + Float.random(in: -scale...scale, using: &random)
      }
      file.tensors[name] = .init(shape: extents, numbers: numbers)
    }
    func addNorm(_ name: String) {
      add(name + ".weight", [shape.width], around: 1, scale: 0.3)
      add(name + ".bias", [shape.width], scale: 0.3)
    }
    func addLinear(_ name: String, _ columns: Int, _ depth: Int) {
      // Wide enough that attention and GELU leave their linear parts.
      add(name + ".weight", [columns, depth], scale: 3 / Float(depth).squareRoot())
      add(name + ".bias", [columns], scale: 0.5)
    }
    add("embeddings.word_embeddings.weight", [shape.vocabulary, shape.width], scale: 1)
    add("embeddings.position_embeddings.weight", [shape.positions, shape.width], scale: 0.3)
    add("embeddings.token_type_embeddings.weight", [2, shape.width], scale: 0.3)
    addNorm("embeddings.LayerNorm")
    for index in 0..<shape.layers {
      let layer = "encoder.layer.\(index)."
      for part in ["query", "key", "value"] {
        addLinear(layer + "attention.self." + part, shape.width, shape.width)
      }
      addLinear(layer + "attention.output.dense", shape.width, shape.width)
      addNorm(layer + "attention.output.LayerNorm")
      addLinear(layer + "intermediate.dense", shape.innerWidth, shape.width)
      addLinear(layer + "output.dense", shape.width, shape.innerWidth)
      addNorm(layer + "output.LayerNorm")
    }
    self.file = file
  }

  typealias Matrix = [[Double]]

  func encode(_ ids: [Int32]) -> [Double] {
    let width = shape.width
    let words = vector("embeddings.word_embeddings.weight")
    let places = vector("embeddings.position_embeddings.weight")
    let types = vector("embeddings.token_type_embeddings.weight")
    var x: Matrix = ids.enumerated().map { position, id in
      (0..<width).map { words[Int(id) * width + $0] + places[position * width + $0] + types[$0] }
    }
    x = normalized(x, "embeddings.LayerNorm")
    for index in 0..<shape.layers {
      let layer = "encoder.layer.\(index)."
      let attended = linear(attention(x, layer + "attention.self."), layer + "attention.output.dense")
      x = normalized(sum(attended, x), layer + "attention.output.LayerNorm")
      let inner = linear(x, layer + "intermediate.dense").map { row in
        row.map { $0 * 0.5 * (1 + erf($0 / 2.0.squareRoot())) }
      }
      x = normalized(sum(linear(inner, layer + "output.dense"), x), layer + "output.LayerNorm")
    }
    let mean = (0..<width).map { d in x.reduce(0) { $0 + $1[d] } / Double(x.count) }
    let norm = mean.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return mean.map { $0 / norm }
  }

  private func attention(_ x: Matrix, _ name: String) -> Matrix {
    let q = linear(x, name + "query"), k = linear(x, name + "key"), v = linear(x, name + "value")
    return x.indices.map { row in
      (0..<shape.heads).flatMap { head in
        let own = head * 32..<(head + 1) * 32
        let scores = x.indices.map { other in
          own.reduce(0) { $0 + q[row][$1] * k[other][$1] } / 32.0.squareRoot()
        }
        let top = scores.max() ?? 0
        let powers = scores.map { exp($0 - top) }
        let total = powers.reduce(0, +)
        return own.map { d in x.indices.reduce(0) { $0 + powers[$1] * v[$1][d] } / total }
      }
    }
  }

  private func vector(_ name: String) -> [Double] {
    file.tensors[name]?.numbers.map(Double.init) ?? []
  }

  private func linear(_ x: Matrix, _ name: String) -> Matrix {
    let weights = vector(name + ".weight"), bias = vector(name + ".bias")
    return x.map { row in
      row.withUnsafeBufferPointer { row in
        weights.withUnsafeBufferPointer { weights in
          bias.indices.map { column in
            // A loop, because these tests run without optimisation.
            var sum = bias[column]
            var d = 0
            while d < row.count {
              sum += row[d] * weights[column * row.count + d]
              d += 1
            }
            return sum
          }
        }
      }
    }
  }

  private func normalized(_ x: Matrix, _ name: String) -> Matrix {
    let scale = vector(name + ".weight"), shift = vector(name + ".bias")
    return x.map { row in
      let count = Double(row.count), mean = row.reduce(0, +) / count
      let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
      return row.indices.map { (row[$0] - mean) / (variance + 1e-12).squareRoot() * scale[$0] + shift[$0] }
    }
  }

  private func sum(_ a: Matrix, _ b: Matrix) -> Matrix {
    zip(a, b).map { zip($0, $1).map(+) }
  }
}

/// Random numbers that are the same in every run (Steele, Lea and Flood, OOPSLA 2014).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
