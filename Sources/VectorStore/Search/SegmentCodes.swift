import Foundation
import Synchronization

/// The codes of one segment's vectors, made in the background once a search has shown that they are wanted.
///
/// Every version that has the segment shares them. They take a quarter of the vectors' size and live as long as
/// the segment; when it goes while they are being made, that ends.
final class SegmentCodes: Sendable {
  private enum State {
    case none
    case making(Task<Void, Never>)
    case made(ByteCodes)
    /// The vectors cannot be read; every search says so itself.
    case impossible
  }

  private let state = Mutex(State.none)

  deinit {
    state.withLock { state in
      if case .making(let task) = state { task.cancel() }
    }
  }

  /// True where a scan is long enough for codes to shorten it, and the memory can be spared.
  static func pay(for vectors: Vectors, selected: Int, k: Int) -> Bool {
    // Few rows are scored sooner than bounded; below some dimensions the codes are not much smaller.
    guard selected >= 8192, vectors.count >= 32_768, k <= selected / 64, vectors.dimension >= 32 else {
      return false
    }
    return ByteCodes.hasCodes(dimension: vectors.dimension)
      && UInt64(vectors.count * vectors.dimension) <= ProcessInfo.processInfo.physicalMemory / 4
  }

  /// The codes when they are there; the first call has them made and does not wait.
  func whenMade(for vectors: Vectors) -> ByteCodes? {
    state.withLock { state in
      switch state {
      case .made(let codes): return codes
      case .making, .impossible: return nil
      case .none:
        state = .making(
          Task.detached(priority: .utility) { [weak self] in
            let codes = try? await ByteCodes(encoding: vectors)
            self?.finish(codes)
          })
        return nil
      }
    }
  }

  /// The codes, after they were made if they are not there yet.
  ///
  /// Throws why they cannot be made, and `CancellationError`.
  func ready(for vectors: Vectors) async throws -> ByteCodes {
    if let codes = whenMade(for: vectors) { return codes }
    await settled()
    if let codes = whenMade(for: vectors) { return codes }
    return try await ByteCodes(encoding: vectors)
  }

  /// Waits until the codes that are being made are there, or cannot be made.
  func settled() async {
    if case .making(let task) = state.withLock({ $0 }) { await task.value }
  }

  private func finish(_ codes: ByteCodes?) {
    state.withLock { $0 = if let codes { .made(codes) } else { .impossible } }
  }
}
