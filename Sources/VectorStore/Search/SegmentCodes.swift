import Foundation
import Synchronization

/// The codes of one segment's vectors, made in the background once a search has shown that they are wanted.
///
/// Every version that has the segment shares them. They take a quarter of the vectors' size: in the cache of the
/// store's files, from where they are read as the vectors are, else in memory for as long as the segment lives. When
/// that goes while they are being made, the making ends.
final class SegmentCodes: Sendable {
  private enum State {
    case none
    case making(Task<Void, Never>)
    case made(ByteCodes)
    /// The vectors cannot be read; every search says so itself. Or there is no room for codes.
    case impossible
  }

  private let vectors: Vectors
  private let cache: StoreCache?
  private let state = Mutex(State.none)

  init(of vectors: Vectors, cache: StoreCache?) {
    self.vectors = vectors
    self.cache = cache
  }

  deinit {
    state.withLock { state in
      if case .making(let task) = state { task.cancel() }
    }
  }

  /// True where a scan is long enough for codes to shorten it.
  func pay(selected: Int, k: Int) -> Bool {
    // Few rows are scored sooner than bounded; below some dimensions the codes are not much smaller.
    selected >= 8192 && vectors.count >= 32_768 && k <= selected / 64 && vectors.dimension >= 32
      && ByteCodes.hasCodes(dimension: vectors.dimension)
  }

  /// The codes when they are there; the first call has them made and does not wait, and so does one that finds that
  /// the file of kept ones is not what it was.
  func whenMade() -> ByteCodes? {
    state.withLock { state in
      switch state {
      case .made(let codes) where (try? codes.check()) != nil: return codes
      case .making, .impossible: return nil
      case .none, .made:
        state = .making(
          Task.detached(priority: .utility) { [weak self, vectors, cache] in
            let codes = try? await Self.codes(of: vectors, cache)
            self?.finish(codes)
          })
        return nil
      }
    }
  }

  /// The codes, after they were made if they are not there yet.
  ///
  /// Throws why they cannot be made, and `CancellationError`.
  func ready() async throws -> ByteCodes {
    if let codes = whenMade() { return codes }
    await settled()
    if let codes = whenMade() { return codes }
    return try await ByteCodes(encoding: vectors)
  }

  /// Waits until the codes that are being made are there, or cannot be made.
  func settled() async {
    if case .making(let task) = state.withLock({ $0 }) { await task.value }
  }

  private func finish(_ codes: ByteCodes?) {
    state.withLock { $0 = if let codes { .made(codes) } else { .impossible } }
  }

  /// Nil where neither the cache nor the memory has room.
  private static func codes(of vectors: Vectors, _ cache: StoreCache?) async throws -> ByteCodes? {
    if let cache {
      if let kept = ByteCodes(of: vectors, keptIn: cache) { return kept }
      if try await ByteCodes.keep(vectors, in: cache), let kept = ByteCodes(of: vectors, keptIn: cache) {
        return kept
      }
    }
    let memory = ProcessInfo.processInfo.physicalMemory
    guard UInt64(vectors.count * vectors.dimension) <= memory / 4 else { return nil }
    return try await ByteCodes(encoding: vectors)
  }
}
