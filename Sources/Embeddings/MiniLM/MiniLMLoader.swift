import CMiniLM
import Foundation
import Synchronization

/// Loads the model while its files are verified.
enum MiniLMLoader {
  /// Reads and packs the weights of a folder, on two threads when digests are checked.
  ///
  /// - Throws: ``EmbeddingError``; a wrong digest goes before anything that packing found.
  static func weights(
    of folder: ModelFolder, instructions: cminilm_isa, checksDigests: Bool
  ) throws -> BertWeights {
    @Sendable func load() throws -> BertWeights {
      try BertWeights(
        Safetensors(contentsOf: folder.weights), shape: .miniLM, instructions: instructions)
    }
    guard checksDigests else { return try load() }

    let verified = Mutex<Result<Void, any Error>?>(nil)
    let loaded = Mutex<Result<BertWeights, any Error>?>(nil)
    DispatchQueue.concurrentPerform(iterations: 2) { part in
      if part == 0 {
        let result = Result { try folder.verify() }
        verified.withLock { $0 = result }
      } else {
        let result = Result { try load() }
        loaded.withLock { $0 = result }
      }
    }
    try verified.withLock { $0 }?.get()
    guard let weights = try loaded.withLock({ $0 })?.get() else {
      throw EmbeddingError(code: .unavailable, message: "the weights of \(folder.url.path) were not loaded")
    }
    return weights
  }
}
