/// The stack, the marks and the bytes: every access checks that it may.
extension Machine {
  var emptyChain: Graph.Chain { Graph.Chain(offset: UInt32(clamping: at)) }

  mutating func push(_ node: Graph.Node) { stack.append(graph.add(node)) }

  mutating func pop() throws(PickleError) -> Graph.NodeID {
    guard stack.count > fence, let id = stack.popLast() else { throw underflow() }
    return id
  }

  func top() throws(PickleError) -> Graph.NodeID {
    guard stack.count > fence, let id = stack.last else { throw underflow() }
    return id
  }

  /// POP takes a value, or the MARK when nothing lies on it.
  mutating func discard() throws(PickleError) {
    if !marks.isEmpty, stack.count == fence { _ = try takeMark() } else { _ = try pop() }
  }

  /// Removes the last MARK and answers where its items begin.
  mutating func takeMark() throws(PickleError) -> Int {
    guard let start = marks.popLast() else { throw .malformed("\(opcode.name) without a MARK", at: at) }
    fence = marks.last ?? 0
    return start
  }

  /// Moves the items from `start` on off the stack into a chain.
  mutating func takeChain(from start: Int) throws(PickleError) -> Graph.Chain {
    guard start >= fence else { throw underflow() }
    let chain = graph.extend(emptyChain, with: stack[start...])
    drop(from: start)
    return chain
  }

  mutating func drop(from start: Int) { stack.removeLast(stack.count - start) }

  mutating func recall(_ number: Int) throws(PickleError) {
    guard let id = memo[number] else {
      throw .malformed("\(opcode.name) refers to \(number), which the memo does not hold", at: at)
    }
    graph.share(id)
    stack.append(id)
  }

  func underflow() -> PickleError {
    .malformed("\(opcode.name) finds too few values on the stack", at: at)
  }

  func oddItems() -> PickleError {
    .malformed("\(opcode.name) with a key that has no value", at: at)
  }

  mutating func readByte() throws(PickleError) -> UInt8 {
    guard position < bytes.count else { throw shortage(1) }
    position += 1
    return bytes[position - 1]
  }

  /// Reads an integer without regard to byte order.
  mutating func read<Number: FixedWidthInteger & BitwiseCopyable>(
    rawBits type: Number.Type
  ) throws(PickleError) -> Number {
    let size = MemoryLayout<Number>.size
    guard bytes.count - position >= size else { throw shortage(size) }
    position += size
    return bytes.loadUnaligned(fromByteOffset: position - size, as: type)
  }

  /// Reads a little-endian integer.
  mutating func read<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type
  ) throws(PickleError) -> Number {
    Number(littleEndian: try read(rawBits: type))
  }

  mutating func readLength1() throws(PickleError) -> Int { Int(try readByte()) }

  mutating func readLength4() throws(PickleError) -> Int { Int(try read(UInt32.self)) }

  mutating func readLength8() throws(PickleError) -> Int {
    let length = try read(UInt64.self)
    guard let length = Int(exactly: length) else {
      throw .truncated("\(opcode.name) declares \(length) bytes", at: at)
    }
    return length
  }

  /// The next bytes as a part of the file, once it is known that they are there.
  mutating func takeSlice(_ count: Int) throws(PickleError) -> Graph.Slice {
    guard count <= bytes.count - position else { throw shortage(count) }
    guard let short = UInt32(exactly: count) else {
      throw .limit("\(opcode.name) with \(count) bytes, more than 4 GiB", nil, at: at)
    }
    defer { position += count }
    return Graph.Slice(offset: position, count: short)
  }

  func content(_ slice: Graph.Slice) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[slice.offset..<slice.offset + Int(slice.count)])
  }

  private func shortage(_ count: Int) -> PickleError {
    .truncated("\(opcode.name) needs \(count) bytes, \(bytes.count - position) are left", at: at)
  }
}
