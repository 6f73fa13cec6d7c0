/// How much of a length a part takes.
public enum Layout: Sendable, Hashable {
  /// So many cells, as long as there are any.
  case fixed(Int)
  /// A share of what the fixed parts leave.
  case weight(Int)
}

extension Rect {
  /// Splits from top to bottom; the parts cover the rectangle and are never negative.
  public func rows(_ parts: [Layout]) -> [Rect] {
    var top = y
    return Self.lengths(height, parts).map { length in
      defer { top += length }
      return Rect(x: x, y: top, width: width, height: length)
    }
  }

  /// Splits from left to right.
  public func columns(_ parts: [Layout]) -> [Rect] {
    var left = x
    return Self.lengths(width, parts).map { length in
      defer { left += length }
      return Rect(x: left, y: y, width: length, height: height)
    }
  }

  private static func lengths(_ total: Int, _ parts: [Layout]) -> [Int] {
    var rest = total
    var lengths = [Int](repeating: 0, count: parts.count)
    var weights = 0
    for (index, part) in parts.enumerated() {
      switch part {
      case .fixed(let length):
        lengths[index] = max(0, min(length, rest))
        rest -= lengths[index]
      case .weight(let weight): weights += max(0, weight)
      }
    }
    for (index, part) in parts.enumerated() {
      guard case .weight(let weight) = part, weights > 0 else { continue }
      lengths[index] = rest * max(0, weight) / weights
      rest -= lengths[index]
      weights -= max(0, weight)
    }
    return lengths
  }
}
