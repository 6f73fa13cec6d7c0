import Explorer
import VectorStore

/// What the filter line can complete: keys, operators, and the values of a key with their counts.
public struct FilterCompletion: Sendable, Equatable {
  /// Values of a key that are worth reading for a list.
  static let valueLimit = 200

  struct Candidate: Sendable, Equatable {
    /// What is typed for it.
    var text: String
    /// Documents that have it, for keys and values.
    var count: Int?
    var help = ""
  }

  /// Nil until they have been read.
  var keys: [KeyCount]?
  var values: [String: [Facet]] = [:]
  /// The candidate that the arrows have chosen.
  var chosen: Int?
  private var asked: Set<String> = []
  private var hasAskedForKeys = false

  /// Reads what the place needs, once.
  mutating func load(for place: FilterPlace) -> [Effect] {
    if !hasAskedForKeys {
      hasAskedForKeys = true
      return [.loadKeys]
    }
    guard case .value(let key, _) = place, asked.insert(key).inserted else { return [] }
    return [.loadValues(of: key)]
  }

  /// Moves the choice; false when there is nothing to choose from.
  mutating func choose(_ command: Command, of count: Int) -> Bool {
    guard count > 0, command == .down || command == .up else { return false }
    let step = command == .down ? 1 : -1
    let next = chosen.map { $0 + step } ?? (step > 0 ? 0 : -1)
    chosen = (0..<count).contains(next) ? next : nil
    return true
  }

  func candidates(at place: FilterPlace) -> [Candidate] {
    let all: [Candidate]
    switch place {
    case .key:
      all = (keys ?? []).map { Candidate(text: FilterCompletion.spelled(key: $0.key), count: $0.count) }
    case .comparison(let typed):
      all = typed.isEmpty || typed.first?.isLetter != true ? FilterCompletion.comparisons : []
    case .value(let key, _):
      all = (values[key] ?? []).compactMap { facet in
        FilterCompletion.spelled(value: facet.value).map { Candidate(text: $0, count: facet.count) }
      }
    case .connective:
      all = [Candidate(text: "and", help: "both hold"), Candidate(text: "or", help: "one holds")]
    case .nothing: all = []
    }
    let typed = FilterPlace.unquoted(place.typed).lowercased()
    let fitting = all.filter { FilterPlace.unquoted($0.text).lowercased().hasPrefix(typed) }
    // A word typed to its end needs no list of itself.
    return fitting.count == 1 && fitting[0].text == place.typed ? [] : fitting
  }

  private static let comparisons = [
    Candidate(text: "=", help: "equal"), Candidate(text: "!=", help: "not equal"),
    Candidate(text: ">", help: "greater"), Candidate(text: ">=", help: "greater or equal"),
    Candidate(text: "<", help: "less"), Candidate(text: "<=", help: "less or equal"),
    Candidate(text: "~", help: "contains the text"), Candidate(text: "=~", help: "fits /a pattern/"),
    Candidate(text: "in", help: "one of [a, b]"),
  ]

  private static let reserved: Set<String> = [
    "and", "or", "not", "in", "has", "is", "exists", "true", "false", "none", "null",
  ]

  static func spelled(key: String) -> String {
    let isPlain =
      key.first.map { $0.isLetter || $0 == "_" } == true
      && key.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } && !reserved.contains(key.lowercased())
    return isPlain ? key : "`\(escaped(key, "`"))`"
  }

  /// Nil for values that the filter language compares only in parts.
  static func spelled(value: MetadataValue) -> String? {
    switch value {
    case .string(let text): "\"\(escaped(text.string, "\""))\""
    case .int, .bool, .null: value.displayText
    case .float(let number): number.isFinite ? value.displayText : nil
    case .list, .tuple, .dictionary, .foreign: nil
    }
  }

  private static func escaped(_ text: String, _ quote: Character) -> String {
    text.reduce(into: "") { line, character in
      if character == "\\" || character == quote { line.append("\\") }
      line.append(character)
    }
  }
}
