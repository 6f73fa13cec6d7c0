import Foundation

/// Shows a theme's exact colours in terminals that can, and whose terminfo does not say so.
///
/// Many set `COLORTERM=truecolor` and `TERM=xterm-256color`. ncurses is then given that terminal's own description,
/// in which only colours are others: the first 256 are as they were, all above are red, green and blue. The palette of
/// the terminal is never changed.
enum DirectColor {
  /// Places in terminfo's lists, as term.h of ncurses has them; they cannot change.
  fileprivate enum Place {
    static let canChange = 27
    static let colors = 13
    static let originalColors = 298
    static let initializeColor = 299
    static let initializePair = 300
    static let foreground = 359
    static let background = 360
  }

  /// What `TERMINFO` must be for ncurses to find the changed description; nil where colours stay as terminfo has them.
  static func terminfo(environment: [String: String], depth: ColorDepth) -> String? {
    guard depth == .trueColor, isUnderstood(environment), let name = environment["TERM"],
      let file = description(of: name, environment), let entry = TerminfoEntry(file),
      let changed = entry.withDirectColor, let bytes = changed.bytes
    else { return nil }
    return "b64:" + Data(bytes).base64EncodedString()
  }

  /// Whether whoever draws the cells understands the sequence.
  ///
  /// GNU screen hands `COLORTERM` on and does not; tmux does, and shows the nearest colour that its terminal has.
  private static func isUnderstood(_ environment: [String: String]) -> Bool {
    guard ["truecolor", "24bit"].contains(environment["COLORTERM"]), environment["STY"] == nil else {
      return false
    }
    return environment["TERM"]?.hasPrefix("screen") != true || environment["TMUX"]?.isEmpty == false
  }

  /// The file where ncurses finds the description, in the order in which it looks.
  private static func description(of name: String, _ environment: [String: String]) -> [UInt8]? {
    guard let first = name.utf8.first, !name.contains("/") else { return nil }
    var folders: [String] = []
    if let own = environment["TERMINFO"], !own.isEmpty {
      // One that is given inline is somebody's choice.
      guard own.hasPrefix("/") else { return nil }
      folders.append(own)
    }
    if let home = environment["HOME"] { folders.append(home + "/.terminfo") }
    folders += (environment["TERMINFO_DIRS"] ?? "").split(separator: ":").map(String.init)
    folders += ["/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo"]
    let letter = String(UnicodeScalar(first))
    for folder in folders {
      for directory in [letter, String(first, radix: 16)] {
        if let data = FileManager.default.contents(atPath: "\(folder)/\(directory)/\(name)") {
          return [UInt8](data)
        }
      }
    }
    return nil
  }

  /// The sequence for a colour: what the terminal has for the first 256, and red, green and blue above.
  fileprivate static func sequence(_ own: [UInt8], _ code: String) -> [UInt8] {
    let parts = "%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d"
    return Array("%?%p1%{256}%<%t".utf8) + own + Array("%e\u{1B}[\(code);2;\(parts)m%;".utf8)
  }
}

extension TerminfoEntry {
  /// The description with 24-bit colours; nil when it has another number of colours than 256, or no way to set them.
  var withDirectColor: TerminfoEntry? {
    let rgb = Array("RGB".utf8)
    guard numbers.indices.contains(DirectColor.Place.colors), numbers[DirectColor.Place.colors] == 256,
      strings.indices.contains(DirectColor.Place.background),
      let foreground = strings[DirectColor.Place.foreground],
      let background = strings[DirectColor.Place.background],
      !ownBooleans.contains(where: { $0.name == rgb })
    else { return nil }
    var entry = self
    entry.numbers[DirectColor.Place.colors] = 1 << 24
    entry.strings[DirectColor.Place.foreground] = DirectColor.sequence(foreground, "38")
    entry.strings[DirectColor.Place.background] = DirectColor.sequence(background, "48")
    // Colours that are what their number says cannot be given others.
    if entry.booleans.indices.contains(DirectColor.Place.canChange) {
      entry.booleans[DirectColor.Place.canChange] = 0
    }
    for place in [
      DirectColor.Place.originalColors, DirectColor.Place.initializeColor, DirectColor.Place.initializePair,
    ] { entry.strings[place] = nil }
    entry.ownBooleans.append((name: rgb, value: 1))
    entry.ownBooleans.sort { $0.name.lexicographicallyPrecedes($1.name) }
    entry.ownNumbers.removeAll { $0.name == Array("CO".utf8) }
    entry.ownNumbers.append((name: Array("CO".utf8), value: 256))
    entry.ownNumbers.sort { $0.name.lexicographicallyPrecedes($1.name) }
    return entry
  }
}
