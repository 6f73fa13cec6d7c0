import CNcurses
import Terminal

/// What to write for a cluster so that the terminal and the frame agree on its columns.
///
/// Terminals and libc differ on joined emoji, U+FE0F and flags. Where libc's width of the first
/// scalar is not the frame's, the cluster is written as something both count alike.
struct CellText: Equatable {
  /// One cluster for each cell that is written; the second one, if any, a column further right.
  var cells: [[Int32]]

  /// - Parameter width: libc's `wcwidth`.
  init(_ character: Character, columns: Int, unicode: Bool, width: (Int32) -> Int) {
    let scalars = character.unicodeScalars.map { Int32(bitPattern: $0.value) }
    let blank: Int32 = 0x20
    guard unicode else {
      let safe = character.isASCII ? scalars : [0x3F]
      cells = columns == 2 ? [safe, [blank]] : [safe]
      return
    }
    let first = scalars.first ?? blank
    let base = width(first)
    if base <= 0 {
      cells = Array(repeating: [0xFFFD], count: columns)
    } else if base == columns {
      // Marks stay; whatever joins or selects a presentation goes, with all after it.
      let marks = scalars.dropFirst().prefix {
        width($0) == 0 && $0 != 0x200D && !(0xFE00...0xFE0F).contains($0)
      }
      cells = [[first] + marks.prefix(4)]
    } else if columns == 2 {
      let isFlag = (0x1F1E6...0x1F1FF).contains(first) && scalars.count > 1
      cells = [[first], isFlag ? [scalars[1]] : [blank]]
    } else {
      cells = [[0x3F]]
    }
  }
}
