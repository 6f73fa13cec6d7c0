import CNcurses
import Terminal

/// Wakes a sleeping ``CursesScreen`` from any thread.
public final class WakeUp: Sendable {
  let descriptor: Int32

  public init() throws(ScreenError) {
    descriptor = cn_wake_open()
    guard descriptor >= 0 else { throw ScreenError(.system, "the system has no file descriptors left") }
  }

  deinit { cn_wake_close(descriptor) }

  public func signal() { cn_wake(descriptor) }
}
