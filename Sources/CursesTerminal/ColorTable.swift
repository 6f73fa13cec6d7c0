import CNcurses
import Terminal

/// Colour pairs for styles, made when they are first needed: curses has a fixed number of them.
struct ColorTable {
  private let depth: ColorDepth
  private let colors: Int
  private let indexed: Int
  private let capacity: Int
  private var pairs: [Pair: Int32] = [:]

  private struct Pair: Hashable {
    var foreground: Int
    var background: Int
  }

  init(depth: ColorDepth, colors: Int, indexed: Int, pairs: Int) {
    self.depth = depth.limited(to: colors)
    self.colors = colors
    self.indexed = indexed
    capacity = pairs
  }

  /// The pair of a style; 0, the terminal's own colours, when no more can be made.
  mutating func pair(for style: Style) -> Int32 {
    let wanted = Pair(
      foreground: depth.number(of: style.foreground, among: colors, indexed: indexed),
      background: depth.number(of: style.background, among: colors, indexed: indexed))
    if wanted == Pair(foreground: -1, background: -1) { return 0 }
    if let known = pairs[wanted] { return known }
    let next = Int32(pairs.count + 1)
    guard Int(next) < capacity, cn_define_pair(next, Int32(wanted.foreground), Int32(wanted.background))
    else { return 0 }
    pairs[wanted] = next
    return next
  }
}
