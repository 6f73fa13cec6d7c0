/// Names, and the calls that would be made of them.
extension Machine {
  mutating func stackGlobal() throws(PickleError) {
    let name = try pop()
    let module = try pop()
    guard let name = text(name), let module = text(module) else {
      throw .malformed("STACK_GLOBAL needs two texts of at most \(Self.longestName) bytes", at: at)
    }
    try pushName(module: module, name: name)
  }

  /// GLOBAL and INST: module and name in two lines.
  mutating func namedStep(_ opcode: Opcode) throws(PickleError) {
    let module = try readText(readLine())
    let name = try readText(readLine())
    guard opcode == .inst else { return try pushName(module: module, name: name) }
    let start = try takeMark()
    let arguments = try takeTuple(from: start)
    try pushName(module: module, name: name)
    try make(.instance, callee: pop(), arguments: arguments)
  }

  private mutating func pushName(module: String, name: String) throws(PickleError) {
    guard !module.isEmpty, !name.isEmpty else {
      throw .malformed("\(opcode.name) with an empty name", at: at)
    }
    let place = names.note(module: module, name: name, at: at)
    if names.uses[place].verdict == .forbidden, !isSurvey {
      throw .forbidden(
        "\(opcode.name) names \(names.uses[place].qualifiedName)", at: at,
        product: CodeModules.product(of: module))
    }
    push(.global(UInt32(truncatingIfNeeded: place), offset: UInt32(clamping: at)))
  }

  mutating func reduce() throws(PickleError) {
    let arguments = try popTuple()
    try make(.reduce, callee: pop(), arguments: arguments)
  }

  mutating func newObject() throws(PickleError) {
    let arguments = try popTuple()
    try make(.new, callee: pop(), arguments: arguments)
  }

  mutating func newObjectWithKeywords() throws(PickleError) {
    let keywords = try pop()
    guard case .dict = graph.nodes[Int(keywords)] else {
      throw .malformed("NEWOBJ_EX needs a dict of keywords and finds \(kind(of: keywords))", at: at)
    }
    let arguments = try popTuple()
    try make(.newEx, callee: pop(), arguments: arguments, keywords: keywords)
  }

  /// OBJ: the class and the arguments above a MARK.
  mutating func instance() throws(PickleError) {
    let start = try takeMark()
    guard stack.count > start else { throw underflow() }
    let callee = stack[start]
    let arguments = try takeTuple(from: start + 1)
    stack.removeLast()
    try make(.instance, callee: callee, arguments: arguments)
  }

  mutating func build() throws(PickleError) {
    let state = try pop()
    let target = try top()
    if isSurvey { note(build: target) }
    guard case .object(let place) = graph.nodes[Int(target)] else {
      // Python would set attributes of a class or a module here; the reader has no use for that.
      if isSurvey, case .global = graph.nodes[Int(target)] { return }
      throw .malformed("BUILD needs an object and finds \(kind(of: target))", at: at)
    }
    graph.objects[Int(place)].state = state
  }

  private mutating func make(
    _ making: Graph.Making, callee: Graph.NodeID, arguments: Graph.NodeID,
    keywords: Graph.NodeID = Graph.none
  ) throws(PickleError) {
    let isCallable = try CallGate.check(
      making, callee: callee, arguments: arguments, machine: &self)
    graph.objects.append(
      Graph.Object(
        callee: callee, making: making, arguments: arguments, keywords: keywords,
        isCallable: isCallable, list: emptyChain, dict: emptyChain, set: emptyChain, offset: at))
    push(.object(UInt32(truncatingIfNeeded: graph.objects.count - 1)))
  }

  private mutating func popTuple() throws(PickleError) -> Graph.NodeID {
    let arguments = try pop()
    guard case .tuple = graph.nodes[Int(arguments)] else {
      throw .malformed("\(opcode.name) needs a tuple of arguments and finds \(kind(of: arguments))", at: at)
    }
    return arguments
  }

  private mutating func takeTuple(from start: Int) throws(PickleError) -> Graph.NodeID {
    try pushTuple(from: start)
    return try pop()
  }

  /// The longest text that is looked at while reading: an opcode of two bytes may name a long one again.
  private static let longestName = 4096

  /// The text of a node, if it is a short one without lone surrogates.
  func text(_ id: Graph.NodeID) -> String? {
    switch graph.nodes[Int(id)] {
    case .text(let slice) where slice.count <= Self.longestName:
      String(validating: content(slice), as: UTF8.self)
    case .madeText(let place) where graph.made[Int(place)].count <= Self.longestName:
      String(validating: graph.made[Int(place)], as: UTF8.self)
    default: nil
    }
  }
}
