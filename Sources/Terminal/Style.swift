/// A colour as a theme names it; the back end shows the nearest that the terminal has.
public enum Color: Sendable, Hashable {
  /// The terminal's own foreground or background.
  case standard
  /// One of the sixteen that the person's terminal defines, 0...15.
  case ansi(UInt8)
  /// One of xterm's 256.
  case palette(UInt8)
  case rgb(UInt8, UInt8, UInt8)
}

/// What a cell's text looks like beside its colours.
public struct Modifiers: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let bold = Modifiers(rawValue: 1)
  public static let dim = Modifiers(rawValue: 2)
  public static let underline = Modifiers(rawValue: 4)
  public static let reverse = Modifiers(rawValue: 8)
  public static let italic = Modifiers(rawValue: 16)
}

/// How a cell is shown.
public struct Style: Sendable, Hashable {
  public var foreground: Color
  public var background: Color
  public var modifiers: Modifiers

  public init(foreground: Color = .standard, background: Color = .standard, modifiers: Modifiers = []) {
    self.foreground = foreground
    self.background = background
    self.modifiers = modifiers
  }

  /// The same with further modifiers.
  public func with(_ more: Modifiers) -> Style {
    Style(foreground: foreground, background: background, modifiers: modifiers.union(more))
  }
}

/// The lines of a box.
public enum Border: Sendable, Hashable {
  case rounded
  case square
  /// For locales that have no box-drawing characters.
  case ascii

  /// Top left, top right, bottom left, bottom right, horizontal, vertical.
  var characters: [Character] {
    switch self {
    case .rounded: ["╭", "╮", "╰", "╯", "─", "│"]
    case .square: ["┌", "┐", "└", "┘", "─", "│"]
    case .ascii: ["+", "+", "+", "+", "-", "|"]
    }
  }
}
