/// What a person wrote in a TOML file, each value with its place.
struct TOMLTable {
  private(set) var items: [String: TOMLItem] = [:]
  /// Written in braces, which is all there is of it.
  var isClosed = false

  subscript(name: String) -> TOMLItem? { items[name] }

  /// Puts an item where a dotted name says, making the tables on the way.
  ///
  /// - Throws: ``TOMLProblem`` where there is something else already.
  mutating func insert(_ item: TOMLItem, at path: ArraySlice<TOMLName>) throws(TOMLProblem) {
    guard let name = path.first else { return }
    let rest = path.dropFirst()
    if rest.isEmpty {
      if let other = items[name.text] {
        throw name.place.problem("\"\(name.text)\" is given twice, first in line \(other.place.line)")
      }
      items[name.text] = item
      return
    }
    try change(name) { (table) throws(TOMLProblem) in try table.insert(item, at: rest) }
  }

  /// Makes the tables that a dotted name says, where there are none yet.
  mutating func open(_ path: ArraySlice<TOMLName>) throws(TOMLProblem) {
    guard let name = path.first else { return }
    try change(name) { (table) throws(TOMLProblem) in try table.open(path.dropFirst()) }
  }

  private mutating func change(
    _ name: TOMLName, _ body: (inout TOMLTable) throws(TOMLProblem) -> Void
  ) throws(TOMLProblem) {
    // Taken out, and not held here either: a table that is held twice is copied when it changes.
    var item = items.removeValue(forKey: name.text)
    let place = item?.place ?? name.place
    var table = TOMLTable()
    switch item?.value {
    case .table(let known)? where !known.isClosed: table = known
    case nil: break
    default: throw name.place.problem("\"\(name.text)\" is no table that can grow, see line \(place.line)")
    }
    item = nil
    try body(&table)
    items[name.text] = TOMLItem(value: .table(table), place: place)
  }
}

indirect enum TOMLValue {
  case string(String)
  case list([TOMLItem])
  case table(TOMLTable)
  /// A number, a date, true or false: nothing of ours is one.
  case other(String)

  /// What it is, for a message.
  var kind: String {
    switch self {
    case .string: "a text"
    case .list: "a list"
    case .table: "a table"
    case .other(let text): text
    }
  }
}

struct TOMLItem {
  var value: TOMLValue
  /// Where its name is; of an entry of a list, where it is itself.
  var place: TOMLPlace

  /// - Throws: ``TOMLProblem`` when it is no text.
  func string() throws(TOMLProblem) -> String {
    guard case .string(let text) = value else { throw expected("a text in quotes") }
    return text
  }

  /// - Throws: ``TOMLProblem`` when it is no list of texts.
  func strings() throws(TOMLProblem) -> [String] {
    guard case .list(let items) = value else { throw expected("a list of texts") }
    var strings: [String] = []
    for item in items { strings.append(try item.string()) }
    return strings
  }

  /// - Throws: ``TOMLProblem`` when it is no table.
  func table() throws(TOMLProblem) -> TOMLTable {
    guard case .table(let table) = value else { throw expected("a table") }
    return table
  }

  func expected(_ what: String) -> TOMLProblem { place.problem("expected \(what), found \(value.kind)") }
}

/// A part of a dotted name.
struct TOMLName {
  var text: String
  var place: TOMLPlace
}

/// A line and a column, from 1, in Unicode scalars.
struct TOMLPlace: CustomStringConvertible {
  var line = 1
  var column = 1

  var description: String { "line \(line), column \(column)" }

  func problem(_ words: String) -> TOMLProblem { TOMLProblem(place: self, words: words) }
}

/// Why a file cannot be followed, and where.
struct TOMLProblem: Error, CustomStringConvertible {
  var place: TOMLPlace
  var words: String

  var description: String { "\(place): \(words)" }
}
