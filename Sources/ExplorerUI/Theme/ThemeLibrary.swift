import Foundation
import Terminal

/// Where themes are looked for, by name: a person's own, then those shipped, then the built-in default.
public struct ThemeLibrary: Sendable {
  private let folders: [String]

  /// Looks only in these folders, first one first.
  public init(folders: [String]) { self.folders = folders }

  /// Looks in `$XDG_CONFIG_HOME/fathom/themes`, in `../share/fathom/themes` beside the executable, and
  /// in a `themes` folder above it, as in a checkout.
  public init(environment: [String: String], executable: String) {
    var folders: [String] = []
    if let base = environment["XDG_CONFIG_HOME"], base.hasPrefix("/") {
      folders.append(base + "/fathom/themes")
    } else if let home = environment["HOME"] {
      folders.append(home + "/.config/fathom/themes")
    }
    var folder = URL(fileURLWithPath: executable).resolvingSymlinksInPath().deletingLastPathComponent()
    folders.append(folder.deletingLastPathComponent().appendingPathComponent("share/fathom/themes").path)
    while folder.path != "/" {
      folders.append(folder.appendingPathComponent("themes").path)
      folder.deleteLastPathComponent()
    }
    self.init(folders: folders)
  }

  /// The names there are, sorted.
  public var names: [String] {
    let found = folders.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: $0)) ?? [] }
    let names = found.filter { $0.hasSuffix(".toml") }.map { String($0.dropLast(5)) }
    return Set(names + ["default"]).sorted()
  }

  /// The theme of a name with all that it inherits.
  ///
  /// What is wrong is said in `problems` and left to the default theme, so there always is a usable one.
  public func theme(_ name: String) -> (theme: Theme, problems: [String]) {
    var resolution = ThemeResolution()
    var chain: [(name: String, file: ThemeFile)] = []
    var next: String? = name
    while let current = next {
      if chain.contains(where: { $0.name == current }) {
        resolution.report("\(current).toml: inherits itself; the default theme is used instead")
        break
      }
      guard let text = text(of: current) else {
        let guess = Suggestion.nearest(to: current, among: names)
        let known = names.joined(separator: ", ")
        resolution.report(
          "there is no theme \"\(current)\"; \(guess.map { "did you mean \"\($0)\"?" } ?? "there are \(known)")"
        )
        break
      }
      do {
        let file = try ThemeFile(text: text)
        chain.append((current, file))
        next = file.inherits
      } catch {
        resolution.report("\(current).toml: \(error)")
        break
      }
    }
    if chain.last?.name != "default", let file = try? ThemeFile(text: Theme.standardText) {
      chain.append(("default", file))
    }
    for (name, file) in chain.reversed() { resolution.apply(file, name: name + ".toml") }
    let styles = resolution.styles()
    return (Theme(name: name, styles: styles), resolution.problems)
  }

  /// The background that a theme says its colours are made for: "paper" in its palette; nil when it says none.
  func paper(of name: String) -> Color? {
    let file = text(of: name).flatMap { try? ThemeFile(text: $0) }
    return file?.palette["paper"].flatMap { Color(themeText: $0) }
  }

  private func text(of name: String) -> String? {
    guard !name.contains("/") else { return nil }
    for folder in folders {
      if let text = try? String(contentsOfFile: "\(folder)/\(name).toml", encoding: .utf8) { return text }
    }
    return name == "default" ? Theme.standardText : nil
  }
}
