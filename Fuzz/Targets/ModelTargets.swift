import Embeddings
import Foundation

extension FuzzTarget {
  /// The header of a file of weights.
  static let safetensors = FuzzTarget(
    "safetensors",
    words: ["\"dtype\":\"F32\"", "\"shape\":[", "\"data_offsets\":[", "__metadata__", "9223372036854775807"],
    seeds: {
      [
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"__metadata__\":{\"format\":\"pt\"}}        ",
        "{\"a\":{\"dtype\":\"BF16\",\"shape\":[1,2],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[4,12]}}",
        "{}",
      ].map { header in
        withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian, Array.init) + Array(header.utf8)
          + [UInt8](repeating: 0, count: 12)
      }
    }
  ) { bytes in
    let folder = try ScratchFolder()
    let path = try folder.write(bytes, to: "model.safetensors")
    guard let tensors = try? Safetensors(contentsOf: URL(filePath: path)).tensors.values else { return }
    for tensor in tensors {
      try Finding.expect(
        tensor.bytes.lowerBound >= 8 && tensor.bytes.upperBound <= bytes.count,
        "a tensor lies outside of the file")
    }
  }

  /// What an embedding server answers.
  static let server = FuzzTarget(
    "server",
    words: ["\"data\":[", "\"embedding\":[", "\"index\":", "\"error\":{\"message\":\"", "AACAPw=="],
    seeds: {
      [
        "{\"data\":[{\"index\":1,\"embedding\":[1,2]},{\"index\":0,\"embedding\":\"AACAPwAAgD8=\"}]}",
        "{\"error\":{\"message\":\"no such model\"}}", "<!DOCTYPE html>",
      ].map { Array($0.utf8) }
    }
  ) { bytes in
    do {
      let vectors = try EmbeddingsAnswer(Data(bytes), count: 2, server: "http://localhost").vectors
      try Finding.expect(
        vectors.count == 2 && vectors[0].count == vectors[1].count, "two vectors are not what came")
    } catch let error as EmbeddingError {
      let isSafe = !error.message.unicodeScalars.contains { $0.properties.generalCategory == .control }
      try Finding.expect(isSafe, "the error has control characters")
    }
  }
}
