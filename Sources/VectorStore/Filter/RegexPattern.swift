/// A regular expression in Swift's syntax, compiled once; equal when written the same.
public struct RegexPattern: Sendable, Hashable {
  public let source: String
  public let ignoresCase: Bool
  private let program: Program

  /// - Throws: ``FilterError`` of code `syntax` when the source is not a regular expression.
  public init(_ source: String, ignoresCase: Bool = false) throws(FilterError) {
    let source = Self.withoutEscapedSlashes(source)
    self.source = source
    self.ignoresCase = ignoresCase
    do {
      let regex = try Regex(source)
      program = Program(ignoresCase ? regex.ignoresCase() : regex)
    } catch {
      throw FilterError(
        code: .syntax, message: "/\(source)/ is not a regular expression: \(error)")
    }
  }

  /// Whether the pattern matches anywhere in the text.
  public func matches(_ text: String) -> Bool {
    program.matches(text)
  }

  /// A slash needs its escape only between slashes; without, each expression has one spelling.
  private static func withoutEscapedSlashes(_ source: String) -> String {
    var plain = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in source.unicodeScalars {
      if scalar == "/", isEscaped { plain.removeLast() }
      isEscaped = scalar == "\\" && !isEscaped
      plain.append(scalar)
    }
    return String(plain)
  }

  public static func == (a: RegexPattern, b: RegexPattern) -> Bool {
    a.source == b.source && a.ignoresCase == b.ignoresCase
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(source)
    hasher.combine(ignoresCase)
  }

  /// The compiled expression.
  ///
  /// Unchecked because `Regex` is not marked Sendable. It is a constant here, and the only thing that
  /// changes inside one is the program it compiles at its first match, which `init` makes it do before
  /// any other thread can hold it.
  private final class Program: @unchecked Sendable {
    private let regex: Regex<AnyRegexOutput>

    init(_ regex: Regex<AnyRegexOutput>) {
      self.regex = regex
      _ = matches("")
    }

    func matches(_ text: String) -> Bool {
      // A match that the engine gives up on is no match.
      (try? regex.firstMatch(in: text)) != nil
    }
  }
}
