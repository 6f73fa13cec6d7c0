import CMiniLM
import Foundation
import Synchronization

/// Loads the model while its files are verified.
enum MiniLMLoader {
  /// Reads and packs the weights of a folder, unverified.
  ///
  /// - Throws: ``EmbeddingError``.
  static func weights(of folder: ModelFolder, instructions: cminilm_isa) throws -> BertWeights {
    try BertWeights(Safetensors(contentsOf: folder.weights), shape: .miniLM, instructions: instructions)
  }

  /// Does `load` while another thread verifies the folder's files, which takes longer.
  ///
  /// - Returns: What `load` returns.
  /// - Throws: What ``ModelFolder/verify()`` throws, else what `load` throws: damage often shows in both,
  ///   and the digest is what says that the file is another one.
  static func verified<Loaded>(_ folder: ModelFolder, _ load: () throws -> Loaded) throws -> Loaded {
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
