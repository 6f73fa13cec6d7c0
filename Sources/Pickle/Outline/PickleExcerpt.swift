/// One value out of the middle of a pickle, whose references to what stands before it are known.
public enum PickleExcerpt {
  /// What a number of the memo stands for.
  public enum Reference: Sendable {
    /// A text, by the offset of the opcode that holds it.
    case text(at: Int)
    case global(module: String, name: String)
  }

  /// Reads the value whose opcodes are `range` of the pickle in `bytes`.
  ///
  /// - Parameters:
  ///   - firstMemo: How many numbers of the memo were taken before.
  ///   - references: What those stand for that the value refers to.
  /// - Throws: ``PickleError``, as reading the whole pickle would.
  public static func read(
    _ range: Range<Int>, of bytes: UnsafeRawBufferPointer, firstMemo: Int,
    limits: PickleLimits = .standard, references: (Int) -> Reference?
  ) throws(PickleError) -> PickleValue {
    var machine = Machine(bytes: bytes, limits: limits, policy: .langchain)
    machine.names.translates = false
    machine.memo = Memo(base: firstMemo)
    machine.position = range.lowerBound
    let root = try machine.run(to: range.upperBound, references: references)
    var materialiser = Materialiser(machine: machine)
    return try materialiser.value(of: root)
  }
}

extension Machine {
  /// Runs the opcodes up to `end`, and answers the node on top of the stack.
  fileprivate mutating func run(
    to end: Int, references: (Int) -> PickleExcerpt.Reference?
  ) throws(PickleError) -> Graph.NodeID {
    while position < end {
      at = position
      guard position < bytes.count, let opcode = Opcode(rawValue: bytes[position]) else {
        throw .malformed("no opcode", at: at)
      }
      if opcode == .binget || opcode == .longBinget { try fetch(opcode, references) }
      try runOne(opcode)
    }
    return try pop()
  }

  /// Gives the memo what a reference stands for, if that was before the excerpt.
  private mutating func fetch(
    _ opcode: Opcode, _ references: (Int) -> PickleExcerpt.Reference?
  ) throws(PickleError) {
    let start = position
    position += 1
    let number = opcode == .binget ? Int(try readByte()) : try readLength4()
    position = start
    guard number < memo.base, memo[number] == nil, let reference = references(number) else { return }
    switch reference {
    case .text(let offset):
      let saved = position
      position = offset
      guard offset < bytes.count, let opcode = Opcode(rawValue: bytes[offset]) else {
        throw .malformed("no text", at: offset)
      }
      try runOne(opcode)
      position = saved
      memo[number] = try pop()
    case .global(let module, let name):
      let place = names.note(module: module, name: name, at: start)
      memo[number] = graph.add(
        .global(UInt32(truncatingIfNeeded: place), offset: UInt32(clamping: start)))
    }
  }
}
