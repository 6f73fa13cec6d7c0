import Explorer

/// Something that runs in the background, or has run.
public struct Job: Sendable, Equatable {
  public enum Outcome: Sendable, Equatable {
    case done
    /// Stopped before it changed anything.
    case cancelled
    case failed(String)
  }

  /// The slot it runs in.
  let id: EffectID
  /// Tells jobs apart; later ones have greater numbers.
  let number: Int
  public let title: String
  /// Whether it is remembered however short it was.
  let isLong: Bool
  public private(set) var progress: Progress?
  /// Milliseconds since it started.
  var elapsed = 0
  /// Whether it was asked to stop.
  var isCancelled = false
  /// Nil while it runs.
  var outcome: Outcome?
  /// Where the present phase of it began: how far it was, and when.
  private var phase = Phase()

  private struct Phase: Sendable, Equatable {
    var name = ""
    var completed = 0
    var elapsed = 0
  }

  init(_ effect: Effect, number: Int) {
    id = effect.id
    self.number = number
    title = effect.title
    isLong = effect.isLong
  }

  /// What it does now, without the numbers that some notes carry.
  var note: String { Self.name(progress?.note ?? "") }

  mutating func report(_ new: Progress) {
    let name = Self.name(new.note)
    if progress == nil || name != phase.name || new.completed < progress?.completed ?? 0 {
      phase = Phase(name: name, completed: progress == nil ? 0 : new.completed, elapsed: elapsed)
      if progress == nil { phase.elapsed = 0 }
    }
    progress = new
  }

  /// How much a second, in the present phase; nil before that can be told.
  var rate: Double? {
    guard let progress, progress.completed > phase.completed, elapsed - phase.elapsed >= 500 else {
      return nil
    }
    return Double(progress.completed - phase.completed) * 1000 / Double(elapsed - phase.elapsed)
  }

  /// Milliseconds that the present phase will take on, at this rate.
  var left: Double? {
    guard let progress, let rate, progress.total > progress.completed else { return nil }
    return Double(progress.total - progress.completed) * 1000 / rate
  }

  /// From 0 to 1; nil when nobody knows.
  var share: Double? {
    guard let progress, progress.total > 0 else { return nil }
    return min(1, Double(progress.completed) / Double(progress.total))
  }

  private static func name(_ note: String) -> String {
    note.split(separator: " · ", maxSplits: 1).first.map(String.init) ?? note
  }
}

extension Effect {
  /// Whether people want to read later how it went.
  var isLong: Bool {
    switch self {
    case .evaluate, .tune, .compareStores, .merge, .add, .setContent, .build, .export, .save, .reload,
      .recover, .open, .arrive, .examine, .repair:
      true
    default: false
    }
  }
}
