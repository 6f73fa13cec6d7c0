import Foundation
import Terminal
import Testing

@testable import ExplorerUI

@Suite struct ThemeTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("themes").path
  static let shipped = [
    "catppuccin", "catppuccin-latte", "default", "dracula", "gruvbox", "high-contrast", "light", "mono",
    "nord",
    "rose-pine", "solarized-dark", "solarized-light", "tokyo-night",
  ]

  @Test(arguments: shipped) func shippedThemesSetEveryStyleWithoutProblems(_ name: String) {
    let (theme, problems) = ThemeLibrary(folders: [Self.folder]).theme(name)
    #expect(problems == [])
    for role in StyleName.allCases { #expect(theme.sets(role), "\(name) lacks \(role.rawValue)") }
  }

  @Test func builtInThemeIsTheFile() throws {
    let text = try String(contentsOfFile: Self.folder + "/default.toml", encoding: .utf8)
    #expect(Theme.standardText == text)
  }

  @Test func everyKeyOfTheDefaultThemeHasAComment() {
    for line in Theme.standardText.split(separator: "\n") where line.contains(" = ") && !line.hasPrefix("#") {
      #expect(
        line.dropFirst(line.firstIndex(of: "=").map { line.distance(from: line.startIndex, to: $0) } ?? 0)
          .contains("# "), "\(line)")
    }
  }

  @Test func monoHasNoColour() {
    let theme = ThemeLibrary(folders: [Self.folder]).theme("mono").theme
    for role in StyleName.allCases {
      #expect(theme[role].foreground == .standard && theme[role].background == .standard, "\(role.rawValue)")
    }
  }

  @Test func selectionAndErrorsDifferFromTextWithoutColours() {
    for name in Self.shipped {
      let theme = ThemeLibrary(folders: [Self.folder]).theme(name).theme
      #expect(theme[.selection] != theme[.text], "\(name)")
      #expect(theme[.messageError].modifiers != theme[.message].modifiers, "\(name)")
    }
  }

  @Test func libraryListsWhatItFinds() {
    #expect(ThemeLibrary(folders: [Self.folder]).names == Self.shipped)
    #expect(ThemeLibrary(folders: []).names == ["default"])
  }
}

@Suite struct ThemeFileTests {
  private func library(_ files: [String: String]) throws -> ThemeLibrary {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("themes-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in files {
      try text.write(to: folder.appendingPathComponent(name + ".toml"), atomically: true, encoding: .utf8)
    }
    return ThemeLibrary(folders: [folder.path])
  }

  @Test func paletteRecoloursWhatIsInherited() throws {
    let library = try library([
      "base": "[palette]\naccent = \"red\"\n[styles]\n\"title\" = \"accent\"",
      "mine": "inherits = \"base\"\n[palette]\naccent = \"#102030\"",
    ])
    #expect(library.theme("base").theme[.title].foreground == .ansi(1))
    #expect(library.theme("mine").theme[.title].foreground == .rgb(0x10, 0x20, 0x30))
  }

  @Test func readsColoursAndModifiers() throws {
    let library = try library([
      "mine": """
      [styles]
      "title" = { fg = "bright-blue", bg = "208", modifiers = ["bold", "reverse"] }
      """
    ])
    let style = library.theme("mine").theme[.title]
    #expect(style == Style(foreground: .ansi(12), background: .palette(208), modifiers: [.bold, .reverse]))
  }

  @Test func reportsWhatItCannotRead() throws {
    let library = try library([
      "mine": """
      [styles]
      "titel" = "red"
      "score" = "reddish"
      "row" = { fg = "red", modifiers = ["blink"] }
      """
    ])
    let (theme, problems) = library.theme("mine")
    #expect(problems.count == 3)
    #expect(
      problems.contains(#"mine.toml: line 2, column 1: there is no style "titel"; did you mean "title"?"#))
    #expect(
      problems.contains { $0.hasPrefix("mine.toml: line 3, column 1: score: \"reddish\" is no colour") })
    #expect(problems.contains { $0.hasPrefix("mine.toml: line 4, column 1: row: \"blink\"") })
    #expect(theme[.row].foreground == .ansi(1))
  }

  @Test func unknownThemesFallBackToTheDefault() throws {
    let (theme, problems) = ThemeLibrary(folders: [ThemeTests.folder]).theme("nrod")
    #expect(problems == [#"there is no theme "nrod"; did you mean "nord"?"#])
    #expect(theme[.title] == Theme.standard[.title])
  }

  @Test func themesThatInheritEachOtherEnd() throws {
    let library = try library(["a": "inherits = \"b\"", "b": "inherits = \"a\""])
    let (theme, problems) = library.theme("a")
    #expect(problems == ["a.toml: inherits itself; the default theme is used instead"])
    #expect(theme.sets(.text))
  }

  @Test func brokenFilesSayWhere() throws {
    let problems = try library(["mine": "[styles]\n\"title\" = = 3"]).theme("mine").problems
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix("mine.toml: line 2, column ") == true)
  }

  @Test func aTableWithoutANameSaysWhere() throws {
    let problems = try library(["mine": "[styles]\n [=]"]).theme("mine").problems
    #expect(problems == ["mine.toml: line 2, column 3: expected a table's name, as in [styles], found ="])
  }
}
