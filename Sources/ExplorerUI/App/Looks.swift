import Terminal

/// What a person has chosen about the screen itself.
public struct Looks: Sendable, Equatable {
  /// Nil until another than the first theme is chosen.
  public internal(set) var theme: Theme?
  /// The themes there are; empty until somebody asks for them.
  var themes: [Theme] = []
  /// Their names, for completion.
  public internal(set) var themeNames: [String]
  var hearsMouse = true
  /// What was chosen for every start, this one or not; nil where nothing was.
  private(set) var keptMouse: Bool?
  var shares = PaneShares()
  /// The name of the theme in use.
  var themeName: String
  var hasSeenTour = false

  /// - Parameter hearsMouse: For this start alone; nil goes by what was chosen before.
  init(_ memory: ScreenMemory, themeNames: [String], hearsMouse: Bool? = nil) {
    self.themeNames = themeNames
    themeName = memory.theme ?? "default"
    keptMouse = memory.mouse
    self.hearsMouse = hearsMouse ?? memory.mouse ?? true
    shares = memory.shares ?? PaneShares()
    hasSeenTour = memory.hasSeenTour ?? false
  }

  mutating func toggleMouse() {
    hearsMouse.toggle()
    keptMouse = hearsMouse
  }

  var memory: ScreenMemory {
    var memory = ScreenMemory()
    memory.theme = themeName
    memory.mouse = keptMouse
    memory.shares = shares
    memory.hasSeenTour = hasSeenTour
    return memory
  }
}

extension AppState {
  /// Keeps what was chosen for the next start.
  func remember() -> [Effect] { [.remember(looks.memory)] }

  mutating func toggleMouse() -> [Effect] {
    looks.toggleMouse()
    say(
      looks.hearsMouse
        ? "the mouse works here again; Shift and drag still select text in most terminals"
        : "the mouse is the terminal's: drag to select text; \(key(.toggleMouse)) takes it back")
    return [.hearMouse(looks.hearsMouse)] + remember()
  }

  /// `:theme NAME`, or the picker.
  mutating func chooseTheme(_ name: String?) -> [Effect] { [.loadThemes(choosing: name)] }

  mutating func themesLoaded(_ themes: [Theme], choosing name: String?) -> [Effect] {
    looks.themes = themes
    guard let name else {
      overlays.append(.choose(.themes(themes.map(\.name), current: looks.themeName)))
      return []
    }
    guard let theme = themes.first(where: { $0.name == name }) else {
      let names = themes.map(\.name)
      let guess = Suggestion.nearest(to: name, among: names).map { "did you mean \($0)?" }
      say("there is no theme \"\(name)\"; \(guess ?? "there are \(names.joined(separator: ", "))")", .error)
      return []
    }
    wear(theme)
    say("theme \(name)")
    return remember()
  }

  mutating func wear(named name: String) {
    if let theme = looks.themes.first(where: { $0.name == name }) { wear(theme) }
  }

  mutating func wear(_ theme: Theme) {
    looks.theme = theme
    looks.themeName = theme.name
  }
}
