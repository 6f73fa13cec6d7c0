/// Makes values from the graph: bounded in depth and number, and never of a value inside itself.
struct Materialiser {
  private enum Progress {
    case untouched
    case building
    case done(PickleValue, expanded: Int, height: Int)
  }

  private let machine: Machine
  private let depth: Int
  private let budget: Int
  private var expanded = 0
  private var deepest = 0
  /// The bytes of texts that calls took as arguments: a short call may convert a long shared text.
  private var converted = 0
  /// Values that are referred to more than once, by their place in ``Graph/shared``.
  private var progress: [Progress]
  private var nextStep = PickleStep.valueStride
  /// Where the innermost container or object began.
  private var at = 0

  init(machine: Machine) {
    self.machine = machine
    depth = min(machine.limits.depth, PickleLimits.deepest)
    budget = machine.limits.expansion(forFileOf: machine.bytes.count)
    progress = Array(repeating: .untouched, count: Int(machine.graph.sharedCount) + 1)
  }

  mutating func value(of id: Graph.NodeID) throws(PickleError) -> PickleValue {
    try value(of: id, level: 0)
  }

  /// Functions on this path are small, because a level of nesting costs the stack one frame of each.
  private mutating func value(of id: Graph.NodeID, level: Int) throws(PickleError) -> PickleValue {
    let place = Int(machine.graph.shared[Int(id)])
    return place == 0 ? try make(id, level: level) : try shared(place, id, level: level)
  }

  private mutating func shared(_ place: Int, _ id: Graph.NodeID, level: Int) throws(PickleError)
    -> PickleValue
  {
    if let value = try finished(place, level: level) { return value }
    progress[place] = .building
    let before = expanded
    let outer = deepest
    deepest = level
    let value = try make(id, level: level)
    progress[place] = .done(value, expanded: expanded - before, height: deepest - level)
    deepest = max(outer, deepest)
    return value
  }

  private mutating func finished(_ place: Int, level: Int) throws(PickleError) -> PickleValue? {
    switch progress[place] {
    case .untouched: return nil
    case .building: throw .cycle(at: at)
    case .done(let value, let count, let height):
      try charge(count, level: level + height)
      return value
    }
  }

  private mutating func charge(_ count: Int, level: Int) throws(PickleError) {
    expanded += count
    if expanded >= nextStep { try tell() }
    deepest = max(deepest, level)
    guard expanded <= budget else {
      throw .limit("the values, many of them shared, unfold to more than \(budget)", .expansion, at: at)
    }
    guard level <= depth else { throw .limit("values nested more than \(depth) deep", .depth, at: at) }
  }

  private mutating func tell() throws(PickleError) {
    nextStep = expanded + PickleStep.valueStride
    try machine.watch?(.values(expanded, of: max(expanded, machine.graph.nodes.count)))
  }

  private mutating func make(_ id: Graph.NodeID, level: Int) throws(PickleError) -> PickleValue {
    try charge(1, level: level)
    switch machine.graph.nodes[Int(id)] {
    case .tuple(let chain): return .tuple(try items(chain, level: level))
    case .list(let chain): return .list(try items(chain, level: level))
    case .dict(let chain): return .dict(try entries(chain, level: level))
    case .object(let place): return try object(machine.graph.objects[Int(place)], level: level)
    case .set(let chain): return .set(try elements(chain, level: level))
    case .frozenSet(let chain): return .frozenSet(try elements(chain, level: level))
    case let leaf: return self.leaf(leaf)
    }
  }

  private func leaf(_ node: Graph.Node) -> PickleValue {
    switch node {
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .float(let value): .float(value)
    case .text(let slice): .string(PickleString(bytes: Array(machine.content(slice))))
    case .madeText(let place): .string(PickleString(bytes: machine.graph.made[Int(place)]))
    case .bigInt(let slice): .bigInt(PickleInteger(bytes: machine.content(slice)))
    case .madeInteger(let place): .bigInt(PickleInteger(bytes: machine.graph.made[Int(place)]))
    case .bytes(let slice): .bytes(Array(machine.content(slice)))
    case .byteArray(let slice): .byteArray(Array(machine.content(slice)))
    case .global(let place, let offset): .global(global(machine.names.uses[Int(place)], offset))
    case .none, .tuple, .list, .dict, .object, .set, .frozenSet: .none
    }
  }

  private func global(_ use: GlobalUse, _ offset: UInt32) -> PickleGlobal {
    PickleGlobal(module: use.module, name: use.name, offset: Int(offset))
  }

  private mutating func elements(_ chain: Graph.Chain, level: Int) throws(PickleError) -> [PickleValue] {
    try UniqueKeys.elements(items(chain, level: level), at: Int(chain.offset))
  }

  private mutating func items(_ chain: Graph.Chain, level: Int) throws(PickleError) -> [PickleValue] {
    guard chain.first != 0 else { return [] }
    at = Int(chain.offset)
    var values: [PickleValue] = []
    values.reserveCapacity(machine.graph.count(chain))
    var next = Int(chain.first)
    while next != 0 {
      let link = machine.graph.links[next]
      for place in link.start..<link.start + Int(link.count) {
        values.append(try value(of: machine.graph.children[place], level: level + 1))
      }
      next = Int(link.next)
    }
    at = Int(chain.offset)
    return values
  }

  private mutating func entries(_ chain: Graph.Chain, level: Int) throws(PickleError) -> [PickleEntry] {
    guard chain.first != 0 else { return [] }
    at = Int(chain.offset)
    var entries: [PickleEntry] = []
    entries.reserveCapacity(machine.graph.count(chain) / 2)
    var next = Int(chain.first)
    while next != 0 {
      let link = machine.graph.links[next]
      for place in stride(from: link.start, to: link.start + Int(link.count), by: 2) {
        let key = try value(of: machine.graph.children[place], level: level + 1)
        entries.append(PickleEntry(key, try value(of: machine.graph.children[place + 1], level: level + 1)))
      }
      next = Int(link.next)
    }
    at = Int(chain.offset)
    return try UniqueKeys.entries(entries, at: at)
  }

  private mutating func object(_ record: Graph.Object, level: Int) throws(PickleError) -> PickleValue {
    at = record.offset
    var object = PickleObject(
      callee: try value(of: record.callee, level: level + 1),
      construction: try construction(record, level: level))
    if let state = record.state { object.state = try value(of: state, level: level + 1) }
    object.listItems = try items(record.list, level: level)
    object.dictItems = try entries(record.dict, level: level)
    object.setItems = try items(record.set, level: level)
    at = record.offset
    return try finish(object, record)
  }

  private mutating func finish(
    _ object: PickleObject, _ record: Graph.Object
  ) throws(PickleError) -> PickleValue {
    guard case .global(let name, _) = machine.graph.nodes[Int(record.callee)],
      let role = machine.names.roles[Int(name)]
    else { return .object(object) }
    for case .string(let text) in object.arguments { converted += text.bytes.count }
    guard converted <= budget else {
      throw .limit("calls convert more than \(budget) bytes of text", .expansion, at: record.offset)
    }
    return try KnownCalls(limits: machine.limits, at: record.offset).finish(object, role: role)
  }

  private mutating func construction(
    _ record: Graph.Object, level: Int
  ) throws(PickleError) -> PickleObject.Construction {
    let arguments = try value(of: record.arguments, level: level + 1)
    let keywords = try value(of: record.keywords, level: level + 1)
    guard case .tuple(let arguments) = arguments else {
      throw .malformed("a call without a tuple of arguments", at: record.offset)
    }
    switch (record.making, keywords) {
    case (.newEx, .dict(let keywords)): return .newEx(arguments, keywords)
    case (.reduce, _): return .reduce(arguments)
    case (.instance, _): return .instance(arguments)
    default: return .new(arguments)
    }
  }
}
