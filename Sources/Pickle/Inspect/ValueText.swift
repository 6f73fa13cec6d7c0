/// A value as Python would write it, short: texts, containers and nesting are cut, and values may contain themselves.
struct ValueText {
  private static let longestText = 200
  private static let mostItems = 8
  private static let deepest = 6
  /// Of the whole text; what would be longer ends in "…".
  private static let longest = 600

  private let machine: Machine
  private let hidesTexts: Bool
  private var depth = 0
  private(set) var text = ""

  init(_ machine: Machine, hidesTexts: Bool) {
    self.machine = machine
    self.hidesTexts = hidesTexts
  }

  mutating func add(verbatim piece: String) { text += piece }

  mutating func add(_ id: Graph.NodeID) {
    guard depth < Self.deepest, text.utf8.count < Self.longest else { return text += "…" }
    depth += 1
    defer { depth -= 1 }
    switch machine.graph.nodes[Int(id)] {
    case .none: text += "None"
    case .bool(let value): text += value ? "True" : "False"
    case .int(let value): text += "\(value)"
    case .float(let value): text += "\(value)"
    case .bigInt(let slice): text += "(an integer of \(slice.count) bytes)"
    case .madeInteger(let place): text += "(an integer of \(machine.graph.made[Int(place)].count) bytes)"
    case .text(let slice): add(text: machine.content(slice), prefix: "")
    case .madeText(let place): machine.graph.made[Int(place)].withUnsafeBytes { add(text: $0, prefix: "") }
    case .bytes(let slice), .byteArray(let slice): add(text: machine.content(slice), prefix: "b")
    case .tuple(let chain): add(chain, "(", ")")
    case .list(let chain): add(chain, "[", "]")
    case .set(let chain): add(chain, "{", "}")
    case .frozenSet(let chain): add(chain, "frozenset({", "})")
    case .dict(let chain): add(chain, "{", "}", pairs: true)
    case .global(let place, _): text += machine.names.uses[Int(place)].qualifiedName
    case .object(let place): add(object: Int(place))
    }
  }

  /// The call that makes an object.
  mutating func add(object place: Int) {
    let object = machine.graph.objects[place]
    add(object.callee)
    add(object.arguments)
  }

  private mutating func add(_ chain: Graph.Chain, _ start: String, _ end: String, pairs: Bool = false) {
    text += start
    let count = machine.graph.count(chain)
    for (place, child) in machine.graph.prefix(chain, Self.mostItems).enumerated() {
      if place > 0 { text += pairs && place % 2 == 1 ? ": " : ", " }
      add(child)
    }
    if count > Self.mostItems { text += ", … \(count) in all" }
    text += end
  }

  private mutating func add(text bytes: UnsafeRawBufferPointer, prefix: String) {
    let kind = prefix.isEmpty ? "text" : "data"
    guard !hidesTexts else { return text += "(\(kind) of \(bytes.count) bytes)" }
    text += prefix + "\""
    for character in String(decoding: bytes.prefix(Self.longestText), as: UTF8.self) {
      switch character {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      default: text.append(character)
      }
    }
    text += bytes.count > Self.longestText ? "…\" (\(bytes.count) bytes)" : "\""
  }
}
