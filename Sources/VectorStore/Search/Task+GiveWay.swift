import Glibc

extension Task where Success == Never, Failure == Never {
  /// Lets another thread have the core, between two pieces of long work at background priority; else does nothing.
  ///
  /// Such work is done for a screen. However nice its thread is, Linux lets one that was given a core keep it to the
  /// next tick, 4 ms, and a frame would wait so long. Costs a system call, 0.2 µs where nobody waits.
  package static func giveWay() {
    if currentPriority <= .background { sched_yield() }
  }
}
