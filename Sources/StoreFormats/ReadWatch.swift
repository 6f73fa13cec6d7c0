import Pickle

/// How far the reading of a store has come.
public struct ReadStep: Sendable, Hashable {
  public enum Phase: String, Sendable, Hashable {
    /// Bytes of the file with the documents.
    case bytes = "reading"
    /// Values that are made of them.
    case values = "making values"
    case documents = "making documents"
  }

  public var phase: Phase
  public var done: Int
  public var total: Int

  public init(_ phase: Phase, done: Int, total: Int) {
    self.phase = phase
    self.done = done
    self.total = total
  }

  init(_ step: PickleStep) {
    switch step {
    case .bytes(let done, let total): self.init(.bytes, done: done, total: total)
    case .values(let done, let total): self.init(.values, done: done, total: total)
    }
  }
}

/// Learns how far the reading of a store has come; what it throws ends it.
public typealias ReadWatch = (ReadStep) throws(StoreFormatError) -> Void

extension StoreFormatError {
  /// What a ``ReadWatch`` throws to end the reading.
  public static let readingCancelled = StoreFormatError(.cancelled, "the reading was cancelled")
}
