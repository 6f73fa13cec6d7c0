import CMiniLM
import Foundation
import Synchronization

/// Two threads that share short pieces of work: the caller of ``run(_:_:)`` and one of its own.
///
/// Parts are taken, not assigned, so a helper that the system has put aside costs nothing but its
/// help: the caller does the parts itself. Both wait by looking for some ten microseconds, since a
/// query's parts are that short, and then sleep.
final class Crew: Sendable {
  /// Workers, the caller included.
  static let size = 2

  private let board = WorkBoard()
  /// Requests to go by before the helper is asked again.
  private let pause = Atomic<Int>(0)
  private static let longPause = 32

  init() {
    let thread = Thread { [board] in board.serve() }
    thread.name = "fathom-encoder"
    thread.start()
  }

  deinit {
    board.dismiss()
  }

  /// Does `body` once for each part in 0 ..< `parts`, on both threads, and returns when all are done.
  ///
  /// - Parameter body: Gets a part and the worker that does it, 0 (the caller) or 1. It runs on two
  ///   threads at once, so it must not write to what another part uses.
  /// - Returns: False when the helper kept the caller waiting, which is how a busy machine shows.
  /// - Precondition: nobody else runs anything on this crew, and parts are fewer than 2^16.
  func run(_ parts: Int, _ body: (_ part: Int, _ worker: Int) -> Void) -> Bool {
    withoutActuallyEscaping(body) { board.run(parts, $0) }
  }

  /// Whether the caller of ``run(_:_:)`` has given up looking and sleeps.
  var hasSleepingCaller: Bool { board.hasSleepingCaller }

  /// Has the next 32 requests do without the helper, since it was late with a short piece of work.
  func rest() {
    pause.store(Self.longPause, ordering: .relaxed)
  }

  /// Whether sharing short pieces of work is worth it, asked once a request.
  ///
  /// On a busy machine a helper that was late will be late again, and waiting for it costs more than
  /// doing the work alone.
  func isWorthwhile() -> Bool {
    let left = pause.load(ordering: .relaxed)
    if left > 0 { pause.store(left - 1, ordering: .relaxed) }
    return left == 0
  }
}

/// What the two threads of a crew share.
///
/// Unchecked because of `work`: the caller writes it while no part can be taken, and a worker reads it
/// only after taking a part, which the caller waits for.
private final class WorkBoard: @unchecked Sendable {
  /// Parts in the upper half, the next part to take in the lower.
  private let tickets = Atomic<UInt64>(0)
  private let finished = Atomic<Int>(0)
  private let helperSleeps = Atomic<Bool>(false)
  private let callerSleeps = Atomic<Bool>(false)
  private let dismissed = Atomic<Bool>(false)
  private let condition = NSCondition()
  private var work: ((_ part: Int, _ worker: Int) -> Void)?

  /// Looks before going to sleep: a few hundred microseconds.
  private static let patience = 10_000

  func run(_ parts: Int, _ body: @escaping (_ part: Int, _ worker: Int) -> Void) -> Bool {
    precondition(parts < 1 << 16, "too many parts")
    work = body
    finished.store(0, ordering: .relaxed)
    tickets.store(UInt64(parts) << 32, ordering: .sequentiallyConsistent)
    if helperSleeps.load(ordering: .sequentiallyConsistent) { wake() }
    takeParts(as: 0)

    var looks = 0
    while finished.load(ordering: .acquiring) < parts && looks < Self.patience {
      cminilm_pause()
      looks += 1
    }
    let punctual = looks < Self.patience
    if !punctual {
      sleep(callerSleeps, until: { finished.load(ordering: .sequentiallyConsistent) == parts })
    }
    work = nil
    return punctual
  }

  /// The helper's life.
  func serve() {
    while !dismissed.load(ordering: .sequentiallyConsistent) {
      takeParts(as: 1)
      var looks = 0
      while !hasParts && looks < Self.patience {
        cminilm_pause()
        looks += 1
      }
      if looks == Self.patience {
        sleep(helperSleeps, until: { hasParts || dismissed.load(ordering: .sequentiallyConsistent) })
      }
    }
  }

  func dismiss() {
    dismissed.store(true, ordering: .sequentiallyConsistent)
    wake()
  }

  var hasSleepingCaller: Bool { callerSleeps.load(ordering: .sequentiallyConsistent) }

  private func takeParts(as worker: Int) {
    while let part = takePart() {
      work?(part, worker)
      finished.add(1, ordering: .sequentiallyConsistent)
      if worker != 0 && callerSleeps.load(ordering: .sequentiallyConsistent) { wake() }
    }
  }

  /// A part that nobody else gets.
  private func takePart() -> Int? {
    var seen = tickets.load(ordering: .acquiring)
    while true {
      let next = seen & 0xFFFF_FFFF
      guard next < seen >> 32 else { return nil }
      let (exchanged, original) = tickets.compareExchange(
        expected: seen, desired: seen + 1, ordering: .acquiringAndReleasing)
      if exchanged { return Int(next) }
      seen = original
    }
  }

  private var hasParts: Bool {
    let seen = tickets.load(ordering: .sequentiallyConsistent)
    return seen & 0xFFFF_FFFF < seen >> 32
  }

  /// Sleeps until `isOver`; `flag` tells the other thread that it has to wake this one.
  private func sleep(_ flag: borrowing Atomic<Bool>, until isOver: () -> Bool) {
    condition.lock()
    flag.store(true, ordering: .sequentiallyConsistent)
    while !isOver() { condition.wait() }
    flag.store(false, ordering: .sequentiallyConsistent)
    condition.unlock()
  }

  private func wake() {
    condition.lock()
    condition.broadcast()
    condition.unlock()
  }
}
