/// Decides at the opcode whether a call may stand in a pickle, even if its result is thrown away.
enum CallGate {
  /// Checks a call and answers whether its result may be called in turn.
  static func check(
    _ making: Graph.Making, callee: Graph.NodeID, arguments: Graph.NodeID, machine: inout Machine
  ) throws(PickleError) -> Bool {
    switch machine.graph.nodes[Int(callee)] {
    case .object(let place):
      let object = machine.graph.objects[Int(place)]
      guard object.isCallable else { break }
      // What an unknown callable returns stays unknown; what ZoneInfo._unpickle returns is a value.
      return machine.isOpaque(object.callee)
    case .global(let place, _):
      guard machine.names.uses[Int(place)].verdict == .known, let role = machine.names.roles[Int(place)]
      else { return true }
      guard let complaint = complaint(role, making, arguments: arguments, machine: machine) else {
        if case .attribute = role { return true }
        return false
      }
      machine.names.condemn(Int(place))
      if machine.isSurvey { return true }
      let name = machine.names.uses[Int(place)].qualifiedName
      throw .forbidden("\(machine.opcode.name) calls \(name) \(complaint)", at: machine.at)
    default: break
    }
    throw .malformed(
      "\(machine.opcode.name) calls \(machine.kind(of: callee)), which cannot be called", at: machine.at)
  }

  /// Why a known name may not be called like this, or nil.
  private static func complaint(
    _ role: KnownGlobals.Role, _ making: Graph.Making, arguments: Graph.NodeID, machine: Machine
  ) -> String? {
    let found: [Graph.NodeID]
    switch role {
    case .attribute, .encode, .reconstructor, .dtype: found = machine.arguments(arguments, limit: 4)
    case .value: return "(a name that may only be a value)"
    default: return nil
    }
    switch role {
    case .attribute:
      guard making == .reduce, found.count == 2, let attribute = machine.text(found[1]) else {
        return "in another way than on an object and a text"
      }
      let allowed =
        machine.isName(found[0], "zoneinfo", "ZoneInfo") && attribute == "_unpickle"
        || machine.isEmbedder(found[0]) && ["embed_query", "embed_documents"].contains(attribute)
      return allowed ? nil : "on something else than ZoneInfo._unpickle"
    case .encode:
      let encodings = ["latin1", "latin-1", "iso-8859-1"]
      let allowed =
        making == .reduce && found.count == 2 && machine.isText(found[0])
        && encodings.contains(machine.text(found[1]) ?? "")
      return allowed ? nil : "with another encoding than latin1"
    case .reconstructor:
      let allowed =
        making == .reduce && found.count == 3 && machine.isClass(found[0]) && machine.isBuiltinType(found[1])
      return allowed ? nil : "on something else than a class of data"
    case .dtype:
      let text = found.first.flatMap { machine.text($0) }
      return text.map { ArrayShape.isObject($0) } ?? true ? "for python objects" : nil
    default: return nil
    }
  }
}

extension Machine {
  /// Whether a node is a name of an unknown module, or what a call of one makes.
  func isOpaque(_ id: Graph.NodeID) -> Bool {
    switch graph.nodes[Int(id)] {
    case .global(let place, _): names.uses[Int(place)].verdict != .known
    case .object(let place): graph.objects[Int(place)].isCallable
    default: false
    }
  }

  fileprivate func arguments(_ id: Graph.NodeID, limit: Int) -> [Graph.NodeID] {
    guard case .tuple(let chain) = graph.nodes[Int(id)] else { return [] }
    return Array(graph.prefix(chain, limit))
  }

  fileprivate func isName(_ id: Graph.NodeID, _ module: String, _ name: String) -> Bool {
    guard case .global(let place, _) = graph.nodes[Int(id)] else { return false }
    return names.uses[Int(place)].module == module && names.uses[Int(place)].name == name
  }

  fileprivate func isText(_ id: Graph.NodeID) -> Bool {
    switch graph.nodes[Int(id)] {
    case .text, .madeText: true
    default: false
    }
  }

  /// An instance of an unknown class in a pickled LangChain store, which holds its embedder's method so.
  fileprivate func isEmbedder(_ id: Graph.NodeID) -> Bool {
    guard case .object(let place) = graph.nodes[Int(id)], names.hasWholeStore else { return false }
    return isOpaque(graph.objects[Int(place)].callee)
  }

  /// A class that may be instantiated: an unknown one, or a known constructor.
  fileprivate func isClass(_ id: Graph.NodeID) -> Bool {
    guard case .global(let place, _) = graph.nodes[Int(id)] else { return false }
    if case .constructor = names.roles[Int(place)] { return true }
    return isOpaque(id)
  }

  fileprivate func isBuiltinType(_ id: Graph.NodeID) -> Bool {
    guard case .global(let place, _) = graph.nodes[Int(id)] else { return false }
    if case .plain = names.roles[Int(place)] { return true }
    return isName(id, "builtins", "object") || isName(id, "builtins", "complex")
  }
}
