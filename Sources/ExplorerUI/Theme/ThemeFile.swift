import Terminal

/// One theme file as written: `inherits`, `[palette]` and `[styles]`, not yet resolved.
///
/// A style is a colour, or a table with `fg`, `bg` and `modifiers`. A colour is a name of the palette,
/// "standard" (the terminal's own), one of the sixteen by name ("red", "bright-red"), a number of
/// the 256, or "#rrggbb".
struct ThemeFile {
  private(set) var inherits: String?
  private(set) var palette: [String: String] = [:]
  private(set) var styles: [String: Entry] = [:]

  struct Entry {
    var foreground: String?
    var background: String?
    var modifiers: [String] = []
    let place: TOMLPlace

    fileprivate init(_ item: TOMLItem) throws(TOMLProblem) {
      place = item.place
      if case .string(let color) = item.value {
        foreground = color
        return
      }
      guard case .table(let table) = item.value else {
        throw item.expected("a colour or a table with fg, bg, modifiers")
      }
      foreground = try table["fg"]?.string()
      background = try table["bg"]?.string()
      modifiers = try table["modifiers"]?.strings() ?? []
    }
  }

  /// - Throws: ``TOMLProblem``
  init(text: String) throws(TOMLProblem) {
    let table = try TOMLReader.table(text)
    inherits = try table["inherits"]?.string()
    for (name, item) in try table["palette"]?.table().items ?? [:] { palette[name] = try item.string() }
    for (name, item) in try table["styles"]?.table().items ?? [:] { styles[name] = try Entry(item) }
  }
}

/// A theme on its way: what the files say, nearest last, and what was wrong in them.
struct ThemeResolution {
  private var palette: [String: String] = [:]
  private var entries: [StyleName: (entry: ThemeFile.Entry, file: String)] = [:]
  private(set) var problems: [String] = []

  /// Lays a file over what came before; its palette also recolours styles that it inherits.
  mutating func apply(_ file: ThemeFile, name: String) {
    palette.merge(file.palette) { $1 }
    for (key, entry) in file.styles.sorted(by: { $0.key < $1.key }) {
      let place = "\(name): \(entry.place)"
      guard let role = StyleName(rawValue: key) else {
        let guess = Suggestion.nearest(to: key, among: StyleName.allCases.map(\.rawValue))
        report("\(place): there is no style \"\(key)\"\(guess.map { "; did you mean \"\($0)\"?" } ?? "")")
        continue
      }
      entries[role] = (entry, place)
    }
  }

  mutating func report(_ problem: String) { problems.append(problem) }

  /// The styles with their colours looked up.
  ///
  /// A bad colour is reported and left to the terminal.
  mutating func styles() -> [StyleName: Style] {
    var styles: [StyleName: Style] = [:]
    for role in StyleName.allCases {
      guard let (entry, file) = entries[role] else { continue }
      var style = Style()
      if let text = entry.foreground { style.foreground = color(text, role, file) }
      if let text = entry.background { style.background = color(text, role, file) }
      for name in entry.modifiers {
        switch name {
        case "bold": style.modifiers.insert(.bold)
        case "dim": style.modifiers.insert(.dim)
        case "underline": style.modifiers.insert(.underline)
        case "reverse": style.modifiers.insert(.reverse)
        case "italic": style.modifiers.insert(.italic)
        default:
          report("\(file): \(role.rawValue): \"\(name)\" is none of bold, dim, underline, reverse, italic")
        }
      }
      styles[role] = style
    }
    return styles
  }

  private mutating func color(_ text: String, _ role: StyleName, _ file: String) -> Color {
    if let color = Color(themeText: palette[text] ?? text) { return color }
    report(
      "\(file): \(role.rawValue): \"\(text)\" is no colour; write #88c0d0, red, 0 to 255 or a name of [palette]"
    )
    return .standard
  }
}

extension Color {
  private static let names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]

  /// Reads a colour as theme files write it; nil when it is none.
  init?(themeText text: String) {
    if text == "standard" {
      self = .standard
    } else if let number = Self.names.firstIndex(of: text) {
      self = .ansi(UInt8(number))
    } else if text.hasPrefix("bright-"), let number = Self.names.firstIndex(of: String(text.dropFirst(7))) {
      self = .ansi(UInt8(number + 8))
    } else if let number = UInt8(text) {
      self = .palette(number)
    } else if text.hasPrefix("#"), text.count == 7, let value = UInt32(text.dropFirst(), radix: 16) {
      self = .rgb(UInt8(value >> 16), UInt8(value >> 8 & 0xff), UInt8(value & 0xff))
    } else {
      return nil
    }
  }
}
