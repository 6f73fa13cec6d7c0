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
    func load() throws -> BertWeights {
      try BertWeights(
        Safetensors(contentsOf: folder.weights), shape: .miniLM, instructions: instructions)
    }
    guard checksDigests else { return try load() }

    let verified = Mutex<Result<Void, any Error>?>(nil)
    let isVerified = DispatchSemaphore(value: 0)
    // A thread of its own: the pools may be busy, and the two together are what makes loading fast.
    Thread.detachNewThread {
      let result = Result { try folder.verify() }
      verified.withLock { $0 = result }
      isVerified.signal()
    }
    let loaded = Result { try load() }
    isVerified.wait()
    try verified.withLock { $0 }?.get()
    return try loaded.get()
  }
}
