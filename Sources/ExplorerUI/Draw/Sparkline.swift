/// Numbers as a line of little columns.
struct Sparkline: Sendable, Equatable {
  private static let signs = Array("▁▂▃▄▅▆▇█")

  /// As many signs as columns, fewer when there are fewer numbers.
  ///
  /// Each is the mean of its stretch, from the lowest mean to the highest; what is no number shows as "·".
  let text: String

  init(_ values: [Float], columns: Int) {
    let columns = min(columns, values.count)
    let means = (0..<max(0, columns)).map { column in
      let stretch = values[column * values.count / columns..<(column + 1) * values.count / columns]
      return stretch.reduce(0) { $0 + Double($1) } / Double(stretch.count)
    }
    let finite = means.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else {
      text = String(repeating: "·", count: means.count)
      return
    }
    text = String(
      means.map { mean in
        guard mean.isFinite else { return "·" }
        let share = high > low ? (mean - low) / (high - low) : 0.5
        return Self.signs[min(Self.signs.count - 1, Int(share * Double(Self.signs.count)))]
      })
  }
}
