import Explorer

/// What runs in the background, what has run, and the spinner that says so once something takes a while.
///
/// It has no clock: ``pass(_:)`` tells it of the time that went by.
public struct Jobs: Sendable, Equatable {
  /// Before this a search is not worth a spinner.
  static let spinnerDelay = 150
  static let spinnerPeriod = 100
  /// Jobs that ended and are still listed.
  static let mostEnded = 50
  /// Milliseconds after which any job is worth remembering.
  static let longTime = 1000

  /// By slot.
  private(set) var running: [EffectID: Job] = [:]
  /// Newest first.
  private(set) var ended: [Job] = []
  /// The picture of the spinner; nil while nothing has taken long enough to show one.
  private(set) var spinner: Int?
  private var lastNumber = 0

  public var isIdle: Bool { running.isEmpty }

  public func isRunning(_ id: EffectID) -> Bool { running[id] != nil }

  mutating func start(_ effect: Effect) {
    // What ran in the slot is cancelled by what starts there.
    end(effect.id, .cancelled)
    lastNumber += 1
    running[effect.id] = Job(effect, number: lastNumber)
  }

  /// Notes that a job has ended, and how; nothing when none runs in the slot.
  mutating func end(_ id: EffectID, _ outcome: Job.Outcome) {
    guard var job = running.removeValue(forKey: id) else { return }
    if running.isEmpty { spinner = nil }
    guard id.isListed, job.isLong || job.elapsed >= Self.longTime else { return }
    job.outcome = outcome
    ended.insert(job, at: 0)
    if ended.count > Self.mostEnded { ended.removeLast() }
  }

  /// Notes that a job is to stop; it may have been done all the same.
  mutating func cancel(_ id: EffectID) { running[id]?.isCancelled = true }

  mutating func report(_ id: EffectID, _ progress: Progress) { running[id]?.report(progress) }

  /// So many milliseconds went by.
  mutating func pass(_ milliseconds: Int) {
    for id in running.keys { running[id]?.elapsed += milliseconds }
  }

  /// The next picture; false when nothing runs any more.
  mutating func turn() -> Bool {
    guard !running.isEmpty else {
      spinner = nil
      return false
    }
    spinner = (spinner ?? -1) + 1
    return true
  }

  /// The job worth naming: edits first, then what a person waits for.
  var foremost: (id: EffectID, job: Job)? {
    let order: [EffectID] = [
      .edit, .open, .arrival, .build, .export, .health, .plan, .evaluation, .comparison, .embedder, .search, .pins,
      .mmr, .map, .profile, .source, .collect, .find, .values, .keys, .page,
      .detail,
    ]
    for id in order {
      if let job = running[id] { return (id, job) }
    }
    return nil
  }

  /// What the window of jobs lists: those that run, oldest first, then those that ended, newest first.
  var listed: [Job] {
    running.values.filter { $0.id.isListed }.sorted { $0.number < $1.number } + ended
  }
}

extension EffectID {
  /// Whether it is work that people know of; what the screen reads for itself is not.
  var isListed: Bool {
    switch self {
    case .edit, .open, .arrival, .build, .export, .health, .plan, .evaluation, .comparison, .embedder, .search, .pins,
      .mmr, .collect, .find:
      true
    default: false
    }
  }
}
