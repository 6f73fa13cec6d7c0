/// How far a save has come.
public struct SaveStep: Sendable, Hashable {
  public enum Phase: String, Sendable, Hashable {
    case vectors = "writing vectors"
    case documents = "writing documents"
    case reading = "reading back"
    case comparing
  }

  public var phase: Phase
  /// Rows of the phase that are done; of what is read back, bytes or values.
  public var done: Int
  public var total: Int

  public init(_ phase: Phase, done: Int, total: Int) {
    self.phase = phase
    self.done = done
    self.total = total
  }
}

/// Learns how far a save has come; what it throws stops the save, and the store on disk is then as it was.
public typealias SaveWatch = (SaveStep) throws(StoreFormatError) -> Void

extension FileSink {
  /// Rows between two steps of a save that are told.
  static let rowsBetweenSteps = 4096

  /// Tells that so many rows are written, now and then.
  func passed(rows: Int) throws(StoreFormatError) {
    if rows % Self.rowsBetweenSteps == 0 { try watch?(rows) }
  }
}
