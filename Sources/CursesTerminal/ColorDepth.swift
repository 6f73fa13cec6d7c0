import Terminal

/// How many colours may be used.
public enum ColorDepth: Sendable, Hashable, CaseIterable {
  case mono, ansi16, palette256, trueColor

  /// What the environment asks for: `NO_COLOR` (no-color.org), then `COLORTERM`, then `TERM`'s name.
  ///
  /// The terminal's own number of colours limits it later.
  public static func detect(environment: [String: String]) -> ColorDepth {
    if let none = environment["NO_COLOR"], !none.isEmpty { return .mono }
    if ["truecolor", "24bit"].contains(environment["COLORTERM"]) { return .trueColor }
    let name = environment["TERM"] ?? ""
    if name.contains("direct") { return .trueColor }
    return name.contains("256color") ? .palette256 : .ansi16
  }

  /// The greatest depth that a terminal with so many colours can show.
  func limited(to colors: Int) -> ColorDepth {
    switch self {
    case .trueColor where colors > 256: .trueColor
    case .trueColor, .palette256: colors >= 256 ? .palette256 : ColorDepth.ansi16.limited(to: colors)
    case .ansi16: colors >= 8 ? .ansi16 : .mono
    case .mono: .mono
    }
  }

  /// curses' number for a colour at this depth; -1 is the terminal's own.
  ///
  /// Where a number is a colour's parts, the first `indexed` numbers are still those of the terminal's palette.
  func number(of color: Color, among colors: Int, indexed: Int = 8) -> Int {
    switch (self, color) {
    case (.mono, _), (_, .standard): return -1
    case (.trueColor, .ansi(let index)) where index >= indexed,
      (.trueColor, .palette(let index)) where index >= indexed:
      return number(of: XtermPalette.rgb(of: index), among: colors, indexed: indexed)
    case (_, .ansi(let index)): return colors >= 16 ? Int(index) : Int(index % 8)
    case (.ansi16, .palette(let index)):
      return index < 16
        ? ColorDepth.ansi16.number(of: .ansi(index), among: colors)
        : number(of: XtermPalette.rgb(of: index), among: colors)
    case (_, .palette(let index)): return Int(index)
    case (.trueColor, .rgb(let red, let green, let blue)):
      let number = Int(red) << 16 | Int(green) << 8 | Int(blue)
      // The least green there is keeps a blue from being taken for a number of the palette.
      return number < indexed && number > 0 ? number | 1 << 8 : number
    case (.palette256, .rgb): return Int(XtermPalette.nearest(to: color, among: 16...255))
    case (.ansi16, .rgb): return Int(XtermPalette.nearest(to: color, among: 0...(colors >= 16 ? 15 : 7)))
    }
  }
}

/// xterm's 256 colours: 16 by name, a cube of 6 x 6 x 6, 24 greys.
enum XtermPalette {
  private static let first: [(Int, Int, Int)] = [
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205),
    (229, 229, 229), (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255),
    (0, 255, 255), (255, 255, 255),
  ]

  static func rgb(of index: UInt8) -> Color {
    let (red, green, blue) = components(of: index)
    return .rgb(UInt8(red), UInt8(green), UInt8(blue))
  }

  /// The least squared distance in RGB; the lower index on ties.
  static func nearest(to color: Color, among range: ClosedRange<UInt8>) -> UInt8 {
    guard case .rgb(let red, let green, let blue) = color else { return range.lowerBound }
    func distance(_ index: UInt8) -> Int {
      let (r, g, b) = components(of: index)
      return (r - Int(red)) * (r - Int(red)) + (g - Int(green)) * (g - Int(green)) + (b - Int(blue))
        * (b - Int(blue))
    }
    return range.min { distance($0) < distance($1) } ?? range.lowerBound
  }

  private static func components(of index: UInt8) -> (Int, Int, Int) {
    if index < 16 { return first[Int(index)] }
    if index >= 232 {
      let grey = 8 + 10 * (Int(index) - 232)
      return (grey, grey, grey)
    }
    let place = Int(index) - 16
    func level(_ step: Int) -> Int { step == 0 ? 0 : 55 + 40 * step }
    return (level(place / 36), level(place / 6 % 6), level(place % 6))
  }
}
