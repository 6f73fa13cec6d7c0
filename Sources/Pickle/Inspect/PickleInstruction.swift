/// One opcode of a pickle with its argument, as a line of a disassembly.
public struct PickleInstruction: Sendable, Hashable {
  /// The byte of the opcode.
  public let offset: Int
  /// The name in Python's `pickletools`.
  public let opcode: String
  /// A number, a text in quotes that is cut where it is long, or a name with its verdict; empty for most opcodes.
  ///
  /// Texts after the name of an unknown class are told by their size alone: its objects may hold keys.
  public let argument: String

  /// The opcode that a machine has just run.
  init(_ machine: Machine, hidesTexts: Bool) {
    offset = machine.at
    opcode = machine.opcode.name
    argument = Self.argument(machine, hidesTexts: hidesTexts)
  }

  private static func argument(_ machine: Machine, hidesTexts: Bool) -> String {
    let operand = UnsafeRawBufferPointer(rebasing: machine.bytes[machine.at + 1..<machine.position])
    switch machine.opcode {
    case .global, .inst, .stackGlobal:
      return machine.stack.last.map { machine.nameText($0) } ?? ""
    case .binunicode, .shortBinunicode, .binunicode8, .unicode, .string, .binstring, .shortBinstring,
      .binbytes, .shortBinbytes, .binbytes8, .bytearray8, .int, .long, .float, .long1, .long4, .binint,
      .binint1, .binint2, .binfloat:
      guard let value = machine.stack.last else { return "" }
      var text = ValueText(machine, hidesTexts: hidesTexts)
      text.add(value)
      return text.text
    case .get, .put: return String(decoding: operand.prefix(20), as: UTF8.self).filter { !$0.isNewline }
    case .memoize: return "\(machine.memo.count - 1)"
    case .proto, .frame, .binget, .binput, .longBinget, .longBinput:
      return "\(operand.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })"
    default: return ""
    }
  }
}

extension Machine {
  /// A name and what is thought of it; INST leaves an object of the class.
  fileprivate func nameText(_ id: Graph.NodeID) -> String {
    switch graph.nodes[Int(id)] {
    case .global(let place, _):
      let use = names.uses[Int(place)]
      return "\(use.qualifiedName) (\(use.verdict))"
    case .object(let place): return nameText(graph.objects[Int(place)].callee)
    default: return ""
    }
  }
}
