import Terminal

/// How long it took from each key to the end of the frame that answers it: measured, not guessed.
///
/// Written where `FATHOM_TRACE` says when the program ends; `make bench-ui` reads it.
public struct FrameTrace: Sendable {
  private struct Frame {
    var kind: String
    var microseconds: Int
    var isSearching: Bool
  }

  /// More would only be the same again.
  private static let limit = 200_000
  private var frames: [Frame] = []
  private var start: (kind: String, time: ContinuousClock.Instant)?

  public init() {}

  /// Something woke the screen: an event, or nil for news from a task.
  mutating func begin(_ event: Event?) {
    let kind =
      switch event {
      case .key: "key"
      case .mouse: "mouse"
      case .paste: "paste"
      case .resize: "resize"
      case .focus, .terminate: "other"
      case nil: "news"
      }
    start = (kind, .now)
  }

  /// The frame has been written.
  mutating func end(isSearching: Bool) {
    guard let start, frames.count < FrameTrace.limit else { return }
    let time = ContinuousClock.now - start.time
    frames.append(
      Frame(kind: start.kind, microseconds: Int(time / .microseconds(1)), isSearching: isSearching))
    self.start = nil
  }

  /// A line for each frame: what woke the screen, microseconds, "searching" or "idle".
  public var lines: String {
    frames.map { "\($0.kind)\t\($0.microseconds)\t\($0.isSearching ? "searching" : "idle")\n" }.joined()
  }
}
