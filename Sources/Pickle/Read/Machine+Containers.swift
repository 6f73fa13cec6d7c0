/// Scalars, tuples, lists, dictionaries and sets.
extension Machine {
  mutating func pushText(_ count: Int) throws(PickleError) {
    let slice = try takeSlice(count)
    guard TextCodec.isValid(content(slice)) else {
      throw .malformed("\(opcode.name) holds a text that is not UTF-8", at: at)
    }
    push(.text(slice))
  }

  mutating func pushBytes(_ count: Int) throws(PickleError) {
    push(.bytes(try takeSlice(count)))
  }

  mutating func pushInteger(_ count: Int) throws(PickleError) {
    var slice = try takeSlice(count)
    guard count <= limits.integerBytes else {
      throw .limit("an integer of \(count) bytes, \(limits.integerBytes) are allowed", .integerBytes, at: at)
    }
    let significant = PickleInteger.significantCount(content(slice))
    slice.count = UInt32(truncatingIfNeeded: significant)
    push(significant <= 8 ? .int(PickleInteger.int(content(slice))) : .bigInt(slice))
  }

  mutating func pushTuple(from start: Int) throws(PickleError) {
    let chain = try takeChain(from: start)
    if chain.first == 0 { stack.append(Graph.emptyTuple) } else { push(.tuple(chain)) }
  }

  mutating func setItems(from start: Int) throws(PickleError) {
    let target = try target(below: start)
    guard (stack.count - start) % 2 == 0 else { throw oddItems() }
    switch graph.nodes[Int(target)] {
    case .dict(let chain):
      graph.replace(target, with: .dict(graph.extend(chain, with: stack[start...])))
    case .object(let place):
      let chain = graph.objects[Int(place)].dict
      graph.objects[Int(place)].dict = graph.extend(chain, with: stack[start...])
    default: throw mismatch(target, "a dict")
    }
    drop(from: start)
  }

  mutating func appendItems(from start: Int) throws(PickleError) {
    let target = try target(below: start)
    switch graph.nodes[Int(target)] {
    case .list(let chain):
      graph.replace(target, with: .list(graph.extend(chain, with: stack[start...])))
    case .object(let place):
      let chain = graph.objects[Int(place)].list
      graph.objects[Int(place)].list = graph.extend(chain, with: stack[start...])
    default: throw mismatch(target, "a list")
    }
    drop(from: start)
  }

  mutating func addItems(from start: Int) throws(PickleError) {
    let target = try target(below: start)
    switch graph.nodes[Int(target)] {
    case .set(let chain):
      graph.replace(target, with: .set(graph.extend(chain, with: stack[start...])))
    case .object(let place):
      let chain = graph.objects[Int(place)].set
      graph.objects[Int(place)].set = graph.extend(chain, with: stack[start...])
    default: throw mismatch(target, "a set")
    }
    drop(from: start)
  }

  /// The container under the items, which must lie above the last MARK.
  private func target(below start: Int) throws(PickleError) -> Graph.NodeID {
    guard start > fence else { throw underflow() }
    return stack[start - 1]
  }

  private func mismatch(_ target: Graph.NodeID, _ wanted: String) -> PickleError {
    .malformed("\(opcode.name) needs \(wanted) or an object and finds \(kind(of: target))", at: at)
  }

  /// What a node is, for messages.
  func kind(of id: Graph.NodeID) -> String {
    switch graph.nodes[Int(id)] {
    case .none: "None"
    case .bool: "a bool"
    case .int, .bigInt, .madeInteger: "an int"
    case .float: "a float"
    case .text, .madeText: "a str"
    case .bytes: "bytes"
    case .byteArray: "a bytearray"
    case .tuple: "a tuple"
    case .frozenSet: "a frozenset"
    case .list: "a list"
    case .set: "a set"
    case .dict: "a dict"
    case .global(let place, _): "the name \(names.uses[Int(place)].qualifiedName)"
    case .object: "an object"
    }
  }
}
