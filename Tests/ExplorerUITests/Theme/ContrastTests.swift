import Foundation
import Terminal
import Testing

@testable import ExplorerUI

/// Every text of every shipped theme can be read on the background that the theme is made for (WCAG 2.1, 1.4.3).
@Suite struct ContrastTests {
  /// For texts; frames of panes that are not focused only have to be seen.
  static let text = 4.5
  static let frame = 2.0

  @Test(arguments: ThemeTests.shipped) func textsContrastWithTheirBackground(_ name: String) throws {
    let library = ThemeLibrary(folders: [ThemeTests.folder])
    let theme = library.theme(name).theme
    guard let paper = library.paper(of: name).flatMap(luminance) else {
      // Without a background of its own a theme may use only what the terminal's owner has chosen.
      for role in StyleName.allCases {
        #expect(
          luminance(theme[role].foreground) == nil && luminance(theme[role].background) == nil, "\(role)")
      }
      return
    }
    for role in StyleName.allCases {
      let style = theme[role]
      let background = luminance(style.background) ?? paper
      guard let foreground = luminance(style.foreground) else {
        // A background of its own needs a foreground of its own: the terminal's may be the same colour.
        #expect(style.background == .standard, "\(role.rawValue)")
        continue
      }
      let ratio = (max(foreground, background) + 0.05) / (min(foreground, background) + 0.05)
      let least = name == "high-contrast" ? 7 : role == .border ? Self.frame : Self.text
      #expect(ratio >= least, "\(role.rawValue): \(ratio)")
    }
  }

  @Test func whiteOnBlackIsTwentyOne() throws {
    let white = try #require(luminance(.rgb(255, 255, 255)))
    let black = try #require(luminance(.rgb(0, 0, 0)))
    #expect(abs((white + 0.05) / (black + 0.05) - 21) < 1e-9)
  }

  /// The relative luminance of WCAG; nil for colours that the terminal's owner defines.
  private func luminance(_ color: Color) -> Double? {
    let parts: [Int]
    switch color {
    case .rgb(let red, let green, let blue): parts = [Int(red), Int(green), Int(blue)]
    case .palette(let index) where index >= 232:
      parts = Array(repeating: 8 + 10 * (Int(index) - 232), count: 3)
    case .palette(let index) where index >= 16:
      let place = Int(index) - 16
      parts = [place / 36, place / 6 % 6, place % 6].map { $0 == 0 ? 0 : 55 + 40 * $0 }
    case .palette, .ansi, .standard: return nil
    }
    let linear = parts.map { part -> Double in
      let value = Double(part) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }
}
