/// The signs beyond ASCII that the screen uses, and what stands for them where the locale has none.
struct Glyphs: Sendable, Equatable {
  let unicode: Bool

  var ellipsis: String { unicode ? "…" : "~" }
  var selected: String { unicode ? "▌" : ">" }
  /// Where the query lies on the map.
  var query: String { unicode ? "◆" : "Q" }
  var done: String { unicode ? "✓" : "+" }
  var failed: String { unicode ? "✗" : "!" }
  var cancelled: String { unicode ? "–" : "-" }
  var marked: String { unicode ? "●" : "*" }
  var chosen: String { unicode ? "(•)" : "(*)" }

  var arrow: String { unicode ? "→" : "->" }

  /// The pieces of a line that leads from left to right, up or down in between.
  var path: Path {
    unicode
      ? Path(across: "─", along: "│", rightDown: "╮", rightUp: "╯", downRight: "╰", upRight: "╭")
      : Path(across: "-", along: "|", rightDown: "+", rightUp: "+", downRight: "+", upRight: "+")
  }

  struct Path: Sendable, Equatable {
    var across, along, rightDown, rightUp, downRight, upRight: String
  }

  func spinner(_ picture: Int) -> String {
    let pictures: [Character] =
      unicode ? ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"] : ["|", "/", "-", "\\"]
    return String(pictures[picture % pictures.count])
  }

  /// A bar of up to `columns` columns for a share from 0 to 1, in eighths of a column where it can be.
  func bar(_ share: Double, columns: Int) -> String {
    let share = share.isFinite ? max(0, min(1, share)) : 0
    guard unicode else { return String(repeating: "=", count: Int((share * Double(columns)).rounded())) }
    let eighths = Int((share * Double(columns * 8)).rounded())
    let parts: [String] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
  }

  /// Dots in braille's numbers; how many of the eight there are where braille cannot be shown.
  func dots(_ dots: UInt8) -> String {
    guard !unicode else { return String(UnicodeScalar(0x2800 + UInt32(dots)).map(Character.init) ?? " ") }
    return [" ", ".", ".", ":", ":", "+", "+", "#", "#"][dots.nonzeroBitCount]
  }

  /// Our own words with the signs that this terminal can show.
  func plain(_ text: String) -> String {
    guard !unicode else { return text }
    var plain = ""
    for character in text {
      switch character {
      case "·": plain += "-"
      case "…": plain += "..."
      case "“", "”": plain += "\""
      case "→": plain += "->"
      case "×": plain += "x"
      case "−": plain += "-"
      case "²": plain += "^2"
      case "↑": plain += "up"
      case "↓": plain += "down"
      case "▲": plain += "^"
      case "▼": plain += "v"
      case "▁": plain += "_"
      case "▂": plain += "."
      case "▃": plain += ":"
      case "▄": plain += "-"
      case "▅": plain += "="
      case "▆": plain += "+"
      case "▇": plain += "*"
      case "█": plain += "#"
      default: plain.append(character)
      }
    }
    return plain
  }
}
