import Terminal

/// A style for every role.
public struct Theme: Sendable, Equatable {
  public let name: String
  private let styles: [StyleName: Style]

  init(name: String, styles: [StyleName: Style]) {
    self.name = name
    self.styles = styles
  }

  public subscript(_ role: StyleName) -> Style { styles[role] ?? Style() }

  /// True when the theme, with what it inherits, says something about the role.
  public func sets(_ role: StyleName) -> Bool { styles[role] != nil }

  /// The theme that is built in; what every other one falls back to.
  public static let standard = ThemeLibrary(folders: []).theme("default").theme
}
