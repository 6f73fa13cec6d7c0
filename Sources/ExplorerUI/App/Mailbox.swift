import Synchronization

/// Actions posted from any thread, drained by the loop's thread.
public final class Mailbox: Sendable {
  /// An action with the run of the effect that sent it; nil run when no effect did.
  struct Letter: Sendable {
    var action: Action
    var run: Int?
  }

  private let letters = Mutex<[Letter]>([])
  private let wake: @Sendable () -> Void

  /// `wake` is called after each post and must make `Screen.nextEvent` return.
  public init(wake: @escaping @Sendable () -> Void = {}) { self.wake = wake }

  public func post(_ action: Action) { post(Letter(action: action, run: nil)) }

  func post(_ letter: Letter) {
    letters.withLock { $0.append(letter) }
    wake()
  }

  func drain() -> [Letter] {
    letters.withLock { waiting in
      let all = waiting
      waiting = []
      return all
    }
  }
}
