/// How far the reading of a pickle has come.
public enum PickleStep: Sendable, Hashable {
  /// Bytes of the file that are read.
  case bytes(Int, of: Int)
  /// Values that are made of them; shared ones count once for each use, so it may be more than there are.
  case values(Int, of: Int)
}

/// Learns how far it has come; what it throws ends the reading.
public typealias PickleWatch = (PickleStep) throws(PickleError) -> Void

extension PickleStep {
  /// Bytes between two steps that are told, and values.
  static let byteStride = 1 << 20
  static let valueStride = 1 << 16
}
