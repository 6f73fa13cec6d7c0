import Foundation

/// Curves as lines of text: each with a letter, the later ones over the earlier ones.
public struct TextPlot: Sendable {
  public struct Point: Sendable, Hashable {
    public var x: Double
    public var y: Double

    public init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// What curves are drawn with, in their order.
  public static let marks = Array("abcdefghijklmnopqrstuvwxyz")

  private let width: Int
  private let height: Int
  private let horizontal: String
  private let vertical: String
  private let verticalRange: ClosedRange<Double>
  /// Whether columns are apart by factors, as efforts are doubled.
  private let isLogarithmic: Bool
  private var curves: [(name: String, points: [Point])] = []

  /// A plot without curves; `width` and `height` are those of the field between the axes.
  public init(
    width: Int, height: Int, horizontal: String, vertical: String, verticalRange: ClosedRange<Double>,
    isLogarithmic: Bool = false
  ) {
    self.width = max(2, width)
    self.height = max(2, height)
    self.horizontal = horizontal
    self.vertical = vertical
    self.verticalRange = verticalRange
    self.isLogarithmic = isLogarithmic
  }

  public mutating func add(_ name: String, _ points: [Point]) {
    if curves.count < Self.marks.count { curves.append((name, points)) }
  }

  /// Top to bottom, the axes and their numbers included; each no wider than `width` and eight more.
  public var lines: [String] {
    var field = [[Character]](repeating: [Character](repeating: " ", count: width), count: height)
    for (curve, mark) in zip(curves, Self.marks) {
      for column in 0..<width {
        guard let value = Self.value(of: curve.points, at: place(ofColumn: column)) else { continue }
        field[row(of: value)][column] = mark
      }
    }
    let numbers = [0: verticalRange.upperBound, height - 1: verticalRange.lowerBound]
    var lines = ["  \(vertical)"]
    for (row, cells) in field.enumerated() {
      let number = numbers[row].map { Evaluation.fixed($0, decimals: 2) } ?? ""
      lines.append(String(repeating: " ", count: max(0, 6 - number.count)) + number + " |" + String(cells))
    }
    lines.append("       +" + String(repeating: "-", count: width))
    let (first, last) = (Self.text(places.lowerBound), "\(Self.text(places.upperBound)) \(horizontal)")
    let gap = String(repeating: " ", count: max(1, width - first.count - last.count))
    lines.append("        " + first + gap + last)
    return lines
  }

  private var places: ClosedRange<Double> {
    let all = curves.flatMap { $0.points.map(\.x) }
    guard let low = all.min(), let high = all.max() else { return 0...1 }
    return low...high
  }

  private func place(ofColumn column: Int) -> Double {
    let share = Double(column) / Double(width - 1)
    let (low, high) = (places.lowerBound, places.upperBound)
    return isLogarithmic && low > 0 ? low * pow(high / low, share) : low + (high - low) * share
  }

  private func row(of value: Double) -> Int {
    let span = max(verticalRange.upperBound - verticalRange.lowerBound, .leastNormalMagnitude)
    let share = (value - verticalRange.lowerBound) / span
    return height - 1 - Int((max(0, min(1, share)) * Double(height - 1)).rounded())
  }

  /// The curve at a place, straight between its points; nil beyond its ends.
  private static func value(of points: [Point], at place: Double) -> Double? {
    let slack = 1e-9 * max(1, place.magnitude)
    guard let right = points.firstIndex(where: { $0.x >= place - slack }) else { return nil }
    guard right > 0 else { return points[0].x <= place + slack ? points[0].y : nil }
    let (a, b) = (points[right - 1], points[right])
    return b.x > a.x ? a.y + (b.y - a.y) * min(1, (place - a.x) / (b.x - a.x)) : b.y
  }

  private static func text(_ number: Double) -> String {
    number == number.rounded() ? String(Int(number)) : Evaluation.fixed(number, decimals: 2)
  }
}
