import Explorer

/// What runs, and the spinner that says so once it takes a while.
public struct Jobs: Sendable, Equatable {
  public struct Job: Sendable, Equatable {
    public var title: String
    public var progress: Progress?
  }

  /// Before this a search is not worth a spinner.
  static let spinnerDelay = 150
  static let spinnerPeriod = 100

  private(set) var running: [EffectID: Job] = [:]
  /// The picture of the spinner; nil while nothing has taken long enough to show one.
  private(set) var spinner: Int?

  public var isIdle: Bool { running.isEmpty }

  public func isRunning(_ id: EffectID) -> Bool { running[id] != nil }

  mutating func start(_ effect: Effect) {
    running[effect.id] = Job(title: effect.title)
  }

  mutating func finish(_ id: EffectID) {
    running[id] = nil
    if running.isEmpty { spinner = nil }
  }

  mutating func report(_ id: EffectID, _ progress: Progress) { running[id]?.progress = progress }

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
      .edit, .open, .build, .export, .plan, .embedder, .search, .collect, .find, .values, .keys, .page,
      .detail,
    ]
    for id in order {
      if let job = running[id] { return (id, job) }
    }
    return nil
  }
}
