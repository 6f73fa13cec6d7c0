/// Makes the value of a document whose opcodes were outlined.
///
/// Knows the opcodes that ``OutlineScan`` lets pass and no others. Bytes that are no longer those of the outline may
/// make another value or none, and nothing worse.
struct OutlineDecoder {
  private let outline: DocstoreOutline
  private let bytes: UnsafeRawBufferPointer
  private var position: Int
  private var stack: [PickleValue] = []
  private var marks: [Int] = []

  /// What stopped it: the bytes are others.
  struct Change: Error {}

  init(_ outline: DocstoreOutline, _ bytes: UnsafeRawBufferPointer, at start: Int) {
    self.outline = outline
    self.bytes = bytes
    position = start
    stack.reserveCapacity(16)
  }

  mutating func value(to end: Int) throws(Change) -> PickleValue {
    guard end <= bytes.count else { throw Change() }
    while position < end {
      guard let opcode = Opcode(rawValue: bytes[position]) else { throw Change() }
      let start = position
      position += 1
      try step(opcode, start)
    }
    return try pop()
  }

  private mutating func step(_ opcode: Opcode, _ start: Int) throws(Change) {
    switch opcode {
    case .shortBinunicode, .binunicode: try pushText(at: start)
    case .memoize: break
    case .binget: try recall(Int(try byte()))
    case .longBinget: try recall(Int(try number(UInt32.self)))
    case .none: stack.append(.none)
    case .newtrue: stack.append(.bool(true))
    case .newfalse: stack.append(.bool(false))
    case .binint1: stack.append(.int(Int(try byte())))
    case .binint2: stack.append(.int(Int(try number(UInt16.self))))
    case .binint: stack.append(.int(Int(try number(Int32.self))))
    case .binfloat: stack.append(.float(Double(bitPattern: UInt64(bigEndian: try raw(UInt64.self)))))
    case .long1:
      let integer = PickleInteger(bytes: try take(Int(try byte())))
      stack.append(integer.int.map { .int($0) } ?? .bigInt(integer))
    case .mark: marks.append(stack.count)
    case .emptyTuple: stack.append(.tuple([]))
    case .emptyDict: stack.append(.dict([]))
    case .emptyList: stack.append(.list([]))
    case .emptySet: stack.append(.set([]))
    case .tuple1: stack.append(.tuple(try drop(from: stack.count - 1)))
    case .tuple2: stack.append(.tuple(try drop(from: stack.count - 2)))
    case .tuple3: stack.append(.tuple(try drop(from: stack.count - 3)))
    case .tuple: stack.append(.tuple(try drop(from: mark())))
    case .setitems: try setItems(try drop(from: mark()))
    case .setitem: try setItems(try drop(from: stack.count - 2))
    case .appends: try append(try drop(from: mark()))
    case .append: try append(try drop(from: stack.count - 1))
    case .additems: try addItems(try drop(from: mark()))
    case .stackGlobal: try stackGlobal()
    case .newobj: try newObject()
    case .build:
      let state = try pop()
      guard case .object(var object) = try pop() else { throw Change() }
      object.state = state
      stack.append(.object(object))
    case .frame: _ = try take(8)
    default: throw Change()
    }
  }

  // MARK: Bytes

  private mutating func take(_ count: Int) throws(Change) -> UnsafeRawBufferPointer {
    guard bytes.count - position >= count else { throw Change() }
    defer { position += count }
    return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
  }

  private mutating func byte() throws(Change) -> UInt8 { try take(1)[0] }

  private mutating func raw<Number: BitwiseCopyable>(_ type: Number.Type) throws(Change) -> Number {
    try take(MemoryLayout<Number>.size).loadUnaligned(as: type)
  }

  private mutating func number<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type
  ) throws(Change) -> Number {
    Number(littleEndian: try raw(type))
  }

  // MARK: Values

  private mutating func pushText(at start: Int) throws(Change) {
    let text = try text(at: start)
    position = (text.baseAddress.map { $0 - (bytes.baseAddress ?? $0) } ?? position) + text.count
    stack.append(.string(PickleString(bytes: Array(text))))
  }

  private func text(at start: Int) throws(Change) -> UnsafeRawBufferPointer {
    guard let text = OutlineScan.text(at: start, in: bytes), TextCodec.isValid(text) else { throw Change() }
    return text
  }

  private mutating func recall(_ number: Int) throws(Change) {
    if number < outline.often.count, let value = outline.often[number] { return stack.append(value) }
    stack.append(try remembered(number))
  }

  /// The text or the name that a number of the memo stands for.
  func remembered(_ number: Int) throws(Change) -> PickleValue {
    guard number >= 0, number < outline.memo.count else { throw Change() }
    let mark = outline.memo[number]
    switch mark.kind {
    case .text: return .string(PickleString(bytes: Array(try text(at: mark.value))))
    case .global: return .global(global(mark.value))
    default: throw Change()
    }
  }

  private func global(_ place: Int) -> PickleGlobal {
    let use = outline.globals[place]
    return PickleGlobal(module: use.module, name: use.name, offset: use.offset)
  }

  private mutating func stackGlobal() throws(Change) {
    let (name, module) = (try pop(), try pop())
    guard let place = outline.globals.firstIndex(where: { $0.module == module.text && $0.name == name.text })
    else { throw Change() }
    stack.append(.global(global(place)))
  }

  private mutating func newObject() throws(Change) {
    guard case .tuple(let arguments) = try pop() else { throw Change() }
    stack.append(.object(PickleObject(callee: try pop(), construction: .new(arguments))))
  }

  private mutating func pop() throws(Change) -> PickleValue {
    guard stack.count > marks.last ?? 0, let value = stack.popLast() else { throw Change() }
    return value
  }

  private mutating func mark() throws(Change) -> Int {
    guard let mark = marks.popLast() else { throw Change() }
    return mark
  }

  private mutating func drop(from start: Int) throws(Change) -> [PickleValue] {
    guard start >= marks.last ?? 0, start <= stack.count else { throw Change() }
    defer { stack.removeLast(stack.count - start) }
    return Array(stack[start...])
  }

  // MARK: Containers

  private mutating func setItems(_ items: [PickleValue]) throws(Change) {
    guard items.count % 2 == 0, case .dict(var entries) = try pop() else { throw Change() }
    entries.reserveCapacity(entries.count + items.count / 2)
    for place in stride(from: 0, to: items.count, by: 2) {
      entries.append(PickleEntry(items[place], items[place + 1]))
    }
    guard let unique = try? UniqueKeys.entries(entries, at: position) else { throw Change() }
    stack.append(.dict(unique))
  }

  private mutating func append(_ items: [PickleValue]) throws(Change) {
    guard case .list(let list) = try pop() else { throw Change() }
    stack.append(.list(list + items))
  }

  private mutating func addItems(_ items: [PickleValue]) throws(Change) {
    guard case .set(let set) = try pop(), let unique = try? UniqueKeys.elements(set + items, at: position)
    else {
      throw Change()
    }
    stack.append(.set(unique))
  }
}
