import Explorer
import ExplorerUI
import Terminal
import VectorStore

extension FuzzTarget {
  /// keys.toml, and the notation of keys in it.
  static let keys = FuzzTarget(
    "keys",
    words: [
      "\"documents.delete\" = [\"", "documents.delete = ", "[documents]\n", "C-", "M-", "S-tab", "space",
      "F12", "g g",
      "\"\"\"", "\\u001b",
    ],
    seeds: {
      [
        "\"documents.delete\" = [\"D\"]\n", "documents.delete = [\"d d\", \"C-x\"]\nquit = []\n",
        "[documents]\ndelete = \"F5\"\n# note\n", "\"documents.delete\" = [\"M-space\", \"C-[\", \"pgup\"]",
        "g g C-s",
      ].map { Array($0.utf8) }
    }
  ) { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    _ = KeymapFile(text: text)
    guard let keys = Key.sequence(text) else { return }
    let written = keys.map(\.description).joined(separator: " ")
    try Finding.expect(Key.sequence(written) == keys, "the keys are written as \(written), which are others")
  }

  /// Themes, which are TOML too.
  static let themes = FuzzTarget(
    "themes",
    words: [
      "inherits = \"", "[palette]\n", "[styles]\n", "{ fg = \"", "bg = \"#", "modifiers = [\"bold\"]",
      "bright-red",
    ],
    seeds: { try SeedFiles.bytes(in: "themes", ending: ".toml") + [Array("inherits = \"fuzz\"\n".utf8)] }
  ) { bytes in
    let folder = try ScratchFolder()
    _ = try folder.write(bytes, to: "fuzz.toml")
    let (_, problems) = ThemeLibrary(folders: [folder.path]).theme("fuzz")
    try Finding.expect(problems.allSatisfy { !$0.isEmpty }, "a problem without words")
  }

  /// JSON as the program reads it everywhere, and writes it for terminals.
  static let json = FuzzTarget(
    "json",
    words: [
      "{\"$t\":\"", "\"v\":", "\"tuple\"", "\\ud83d\\ude00", "\\ud800", "1e308", "-0", "NaN", "-Infinity",
    ],
    seeds: {
      [
        "{\"a\": [1, 2.5, null, true], \"b\": {\"$t\": \"tuple\", \"v\": [\"\\ud800\"]}}", "-0.0", "[[[[]]]]",
        "\"\\u001b[31m\"",
        "123456789012345678901234567890", "{\"$t\":\"dict\",\"v\":[[1,2]]}",
        "{\"$t\":\"bytes\",\"hex\":\"00ff\"}", "NaN",
      ].map { Array($0.utf8) }
    }
  ) { bytes in
    guard let value = try? MetadataValue(json: String(decoding: bytes, as: UTF8.self)) else { return }
    let written = value.json
    try Finding.expect(
      !written.unicodeScalars.contains(where: steersTerminal), "it is written with control characters")
    let again = try? MetadataValue(json: written)
    // Not a number is equal to nothing.
    try Finding.expect(
      again == value || again?.json == written, "written as \(written), which is another value")
  }

  /// Any text on its way to the screen.
  static let printable = FuzzTarget(
    "printable",
    words: [
      "\u{1B}]52;c;", "\u{9B}", "\u{202E}", "\u{200B}", "\u{FE0F}", "\u{1F468}\u{200D}", "\u{301}", "\u{5D0}",
    ],
    seeds: {
      ["a\u{1B}[31m b\u{202E}c", "שלום (12,5) a", "👨‍👩‍👧 é\u{301}\u{301} 漢\t\r\n\u{0}"].map { Array($0.utf8) }
    }
  ) { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    for line in Printable.paragraphs(text) + [Printable.line(text)] {
      let shown = BidiLine.isNeeded(line) ? BidiLine.visual(line) : line
      try Finding.expect(!shown.unicodeScalars.contains(where: steersTerminal), "a control character is left")
      let short = TextWidth.truncate(shown, to: 10)
      try Finding.expect(
        TextWidth.columns(of: short) <= 10, "ten columns take \(TextWidth.columns(of: short))")
    }
  }

  /// C0 and C1 controls, and what changes the direction of a line.
  private static func steersTerminal(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2028, 0x2029, 0x2066...0x2069: true
    default: false
    }
  }
}
