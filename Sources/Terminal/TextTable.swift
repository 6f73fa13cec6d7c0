/// Cells as lines of text in columns, some of them right-aligned.
public struct TextTable: Sendable {
  private let rows: [[String]]
  private let numbers: Set<Int>

  /// Foreign text is made printable; all rows have as many cells, `numbers` says which columns are right-aligned.
  public init(_ rows: [[String]], numbers: Set<Int>) {
    self.rows = rows.map { $0.map(Printable.line) }
    self.numbers = numbers
  }

  /// A line for each row, with two blanks between columns; with `width` the last cell is cut there.
  public func lines(width: Int? = nil) -> [String] {
    guard let first = rows.first else { return [] }
    let widths = first.indices.map { column in rows.map { TextWidth.columns(of: $0[column]) }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for column in row.indices {
        if column > 0 { line += "  " }
        if column == row.count - 1, let width {
          line += TextWidth.truncate(row[column], to: max(10, width - TextWidth.columns(of: line)))
        } else if numbers.contains(column) {
          line += TextWidth.pad(row[column], to: widths[column], alignment: .right)
        } else {
          line += column == row.count - 1 ? row[column] : TextWidth.pad(row[column], to: widths[column])
        }
      }
      return line
    }
  }
}
