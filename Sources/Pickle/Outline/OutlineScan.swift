/// The pass behind ``DocstoreOutline``: follows the opcodes with what kind of value lies where on the stack.
///
/// Stricter than ``Machine`` everywhere: what it accepts the machine accepts, and reads to the same values.
struct OutlineScan {
  private static let highest: UInt8 = 100
  private let bytes: UnsafeRawBufferPointer
  private(set) var position = 0
  private(set) var protocolVersion: Int?
  private var stack: ContiguousArray<Slot> = []
  private var marks: ContiguousArray<Int> = []
  private(set) var names = NameTable(policy: .langchain)
  private(set) var memo: ContiguousArray<DocstoreOutline.Mark> = []
  private(set) var entries: ContiguousArray<DocstoreOutline.Entry> = []
  private(set) var rows: ContiguousArray<UInt32> = []
  private var nextEntry = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Whether the pickle has an outline.
  mutating func run(_ watch: PickleWatch?) throws(PickleError) -> Bool {
    guard begin() else { return false }
    var nextStep = 0
    while position < bytes.count {
      if position >= nextStep {
        nextStep = position + PickleStep.byteStride
        try watch?(.bytes(position, of: bytes.count))
      }
      guard let opcode = Opcode(rawValue: bytes[position]) else { return false }
      if opcode == .stop {
        position += 1
        return stack.count == 1 && marks.isEmpty && stack[0].kind == .root
      }
      guard step(opcode) else { return false }
    }
    return false
  }

  /// Goes on until the first documents are there, which are some hundreds; false when they are not as an outline has
  /// them.
  mutating func runToDocuments() -> Bool {
    guard begin() else { return false }
    while entries.isEmpty {
      guard position < bytes.count, let opcode = Opcode(rawValue: bytes[position]), opcode != .stop,
        step(opcode)
      else { return false }
    }
    return true
  }

  private mutating func begin() -> Bool {
    guard bytes.count > 2, bytes[0] == Opcode.proto.rawValue, bytes[1] == 4 || bytes[1] == 5 else {
      return false
    }
    protocolVersion = Int(bytes[1])
    names.translates = false
    position = 2
    return true
  }

  private mutating func step(_ opcode: Opcode) -> Bool {
    let start = position
    position += 1
    switch opcode {
    case .shortBinunicode: return pushText(start, lengthBytes: 1)
    case .binunicode: return pushText(start, lengthBytes: 4)
    case .memoize: return memoize()
    case .binget: return recall(start, lengthBytes: 1)
    case .longBinget: return recall(start, lengthBytes: 4)
    case .none, .newtrue, .newfalse: return push(.scalar, start)
    case .binint1: return pushInteger(start, lengthBytes: 1)
    case .binint2: return pushInteger(start, lengthBytes: 2)
    case .binint: return pushInteger(start, lengthBytes: 4)
    case .binfloat: return skip(8) && push(.scalar, start)
    case .long1:
      guard let count = read(1) else { return false }
      return skip(count) && push(.scalar, start)
    case .mark:
      marks.append(stack.count)
      return true
    case .emptyTuple: return push(.emptyTuple, start)
    case .emptyDict: return push(.dict, start)
    case .emptyList: return push(.list, start)
    case .emptySet: return push(.set, start)
    case .setitems: return takeMark().map { setItems(from: $0) } ?? false
    case .setitem: return floor + 3 <= stack.count && setItems(from: stack.count - 2)
    case .appends: return takeMark().map { addItems(from: $0, to: .list) } ?? false
    case .append: return floor + 2 <= stack.count && addItems(from: stack.count - 1, to: .list)
    case .additems: return takeMark().map { addItems(from: $0, to: .set) } ?? false
    case .tuple1: return tuple(1)
    case .tuple2: return tuple(2)
    case .tuple3: return tuple(3)
    case .tuple:
      guard let start = takeMark(), start < stack.count else { return false }
      return tuple(stack.count - start)
    case .stackGlobal: return stackGlobal()
    case .newobj: return newObject()
    case .build: return build()
    case .frame:
      guard bytes.count - position >= 8 else { return false }
      let length = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      position += 8
      return length <= UInt64(bytes.count - position)
    default: return false
    }
  }

  // MARK: Bytes

  /// A little-endian number; nil beyond the end.
  private mutating func read(_ count: Int) -> Int? {
    guard bytes.count - position >= count else { return nil }
    defer { position += count }
    switch count {
    case 1: return Int(bytes[position])
    case 2: return Int(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt16.self)))
    default: return Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)))
    }
  }

  private mutating func skip(_ count: Int) -> Bool {
    guard bytes.count - position >= count else { return false }
    position += count
    return true
  }

  /// The text that an opcode holds; nil when there is none.
  static func text(at start: Int, in bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    guard bytes.count - start >= 2 else { return nil }
    let first: Int, count: Int
    switch bytes[start] {
    case Opcode.shortBinunicode.rawValue: (first, count) = (start + 2, Int(bytes[start + 1]))
    case Opcode.binunicode.rawValue where bytes.count - start >= 5:
      first = start + 5
      count = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: start + 1, as: UInt32.self)))
    default: return nil
    }
    guard bytes.count - first >= count else { return nil }
    return UnsafeRawBufferPointer(rebasing: bytes[first..<first + count])
  }

  private func holds(_ slot: Slot, _ text: StaticString) -> Bool {
    guard let found = Self.text(at: slot.value, in: bytes), found.count == text.utf8CodeUnitCount else {
      return false
    }
    return text.withUTF8Buffer { $0.elementsEqual(found) }
  }

  // MARK: The stack

  /// Below this the opcodes after the last MARK may not reach.
  private var floor: Int { marks.last ?? 0 }

  private mutating func push(_ kind: Kind, _ start: Int, value: Int = 0) -> Bool {
    stack.append(Slot(kind: kind, start: start, value: value))
    return true
  }

  private mutating func pushText(_ start: Int, lengthBytes: Int) -> Bool {
    guard let count = read(lengthBytes), bytes.count - position >= count,
      TextCodec.isValid(UnsafeRawBufferPointer(rebasing: bytes[position..<position + count]))
    else { return false }
    position += count
    return push(.text, start, value: start)
  }

  private mutating func pushInteger(_ start: Int, lengthBytes: Int) -> Bool {
    guard let bits = read(lengthBytes) else { return false }
    return push(.integer, start, value: lengthBytes == 4 ? Int(Int32(truncatingIfNeeded: bits)) : bits)
  }

  private mutating func takeMark() -> Int? { marks.popLast() }

  private mutating func memoize() -> Bool {
    guard stack.count > floor, let top = stack.last, memo.count < Int(UInt32.max) else { return false }
    memo.append(DocstoreOutline.Mark(top.kind, top.kind == .text || top.kind == .global ? top.value : 0))
    return true
  }

  private mutating func recall(_ start: Int, lengthBytes: Int) -> Bool {
    guard let number = read(lengthBytes), number < memo.count else { return false }
    let mark = memo[number]
    switch mark.kind {
    case .text, .global: return push(mark.kind, start, value: mark.value)
    // Values that several others share are not outlined.
    default: return false
    }
  }

  // MARK: Containers

  private mutating func tuple(_ count: Int) -> Bool {
    guard stack.count - count >= floor else { return false }
    let first = stack.count - count
    var slot = stack[first]
    if count == 2, first == 0, stack[0].kind == .docstore, stack[1].kind == .rowMap || isEmptyMap(stack[1]) {
      slot.kind = .root
    } else {
      guard let height = heightAbove(first) else { return false }
      (slot.kind, slot.height, slot.fields) = (.tuple, height, [])
    }
    stack.removeLast(count)
    stack.append(slot)
    return true
  }

  private func isEmptyMap(_ slot: Slot) -> Bool { slot.kind == .dict && slot.fields.isEmpty && rows.isEmpty }

  /// One more than the highest of the slots from `first` on, all of which are plain values; nil when one is not.
  private func heightAbove(_ first: Int) -> UInt8? {
    var height: UInt8 = 0
    for slot in stack[first...] {
      switch slot.kind {
      case .scalar, .integer, .text, .dict, .list, .set, .tuple, .emptyTuple:
        height = max(height, slot.height)
      default: return nil
      }
    }
    return height < Self.highest ? height + 1 : nil
  }

  private mutating func addItems(from first: Int, to kind: Kind) -> Bool {
    guard first > floor, stack[first - 1].kind == kind, let height = heightAbove(first) else { return false }
    // What a set may hold depends on its items' hashes.
    guard kind == .list || stack[first...].allSatisfy({ $0.kind == .text || $0.kind == .integer }) else {
      return false
    }
    stack[first - 1].height = max(stack[first - 1].height, height)
    stack.removeLast(stack.count - first)
    return true
  }

  private mutating func setItems(from first: Int) -> Bool {
    let end = position - 1
    guard first > floor, (stack.count - first) % 2 == 0 else { return false }
    let target = first - 1
    for place in stride(from: first, to: stack.count, by: 2) {
      // A value ends where the next key begins.
      let next = place + 2 < stack.count ? stack[place + 2].start : end
      guard put(stack[place], stack[place + 1], endingAt: next, into: target) else { return false }
    }
    stack.removeLast(stack.count - first)
    return true
  }

  private mutating func put(_ key: Slot, _ value: Slot, endingAt end: Int, into target: Int) -> Bool {
    switch (stack[target].kind, key.kind, value.kind) {
    case (.dict, .text, .document) where stack[target].fields.isEmpty && entries.isEmpty,
      (.documents, .text, .document):
      stack[target].kind = .documents
      return note(key, value)
    case (.dict, .text, .documents) where holds(key, "_dict") && stack[target].fields.isEmpty:
      stack[target].fields = .docstore
      return true
    case (.dict, .integer, .text) where target == 1 && stack[0].kind == .docstore && rows.isEmpty,
      (.rowMap, .integer, .text):
      stack[target].kind = .rowMap
      return map(key, value)
    case (.dict, .text, .scalar), (.dict, .text, .integer), (.dict, .text, .text), (.dict, .text, .dict),
      (.dict, .text, .list), (.dict, .text, .set), (.dict, .text, .tuple), (.dict, .text, .emptyTuple):
      guard value.height < Self.highest else { return false }
      stack[target].height = max(stack[target].height, value.height + 1)
      return look(at: key, value, endingAt: end, in: target)
    default: return false
    }
  }

  /// Notes what a document's state must hold.
  private mutating func look(at key: Slot, _ value: Slot, endingAt end: Int, in target: Int) -> Bool {
    let field: Fields, isGood: Bool
    if holds(key, "page_content") {
      (field, isGood) = (.content, value.kind == .text)
      if !stack[target].fields.contains(.inner) { stack[target].content = value.value }
    } else if holds(key, "metadata") {
      (field, isGood) = (.metadata, value.kind == .dict)
      if !stack[target].fields.contains(.inner) { stack[target].metadata = value.start..<end }
    } else if holds(key, "__dict__") {
      (field, isGood) = (.inner, value.kind == .dict && isDocumentState(value))
      (stack[target].metadata, stack[target].content) = (value.metadata, value.content)
    } else {
      return true
    }
    guard !stack[target].fields.contains(field) else { return false }
    stack[target].fields.insert(field)
    if !isGood { stack[target].fields.insert(.isBad) }
    return true
  }

  private func isDocumentState(_ slot: Slot) -> Bool {
    slot.kind == .dict && !slot.fields.contains(.isBad) && !slot.fields.contains(.docstore)
      && (slot.fields.contains(.inner) || slot.fields.contains(.content))
  }

  // MARK: Documents and rows

  private mutating func note(_ key: Slot, _ value: Slot) -> Bool {
    guard let length = UInt32(exactly: value.value - value.start), entries.count < Int(UInt32.max) else {
      return false
    }
    let metadata = value.metadata.isEmpty ? value.start..<value.start : value.metadata
    entries.append(
      DocstoreOutline.Entry(
        key: key.value, start: value.start, length: length,
        metadata: UInt32(metadata.lowerBound - value.start), metadataLength: UInt32(metadata.count),
        content: value.content > value.start ? UInt32(value.content - value.start) : 0))
    return true
  }

  /// Rows come in order; each names a document by the text that is its key.
  private mutating func map(_ key: Slot, _ value: Slot) -> Bool {
    guard key.value == rows.count, let entry = entry(of: value) else { return false }
    rows.append(UInt32(entry))
    nextEntry = entry + 1
    return true
  }

  private func entry(of value: Slot) -> Int? {
    if nextEntry < entries.count, isKey(value, of: nextEntry) { return nextEntry }
    // The same text, by its opcode: keys stand in the file in the order of their entries.
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].key < value.value { low = middle + 1 } else { high = middle }
    }
    return low < entries.count && entries[low].key == value.value ? low : nil
  }

  private func isKey(_ value: Slot, of entry: Int) -> Bool {
    if entries[entry].key == value.value { return true }
    guard let key = Self.text(at: entries[entry].key, in: bytes),
      let text = Self.text(at: value.value, in: bytes)
    else { return false }
    return key.elementsEqual(text)
  }

  // MARK: Classes

  private mutating func stackGlobal() -> Bool {
    guard stack.count - 2 >= floor, stack[stack.count - 2].kind == .text,
      stack[stack.count - 1].kind == .text,
      let module = Self.text(at: stack[stack.count - 2].value, in: bytes),
      let name = Self.text(at: stack[stack.count - 1].value, in: bytes), module.count < 200, name.count < 200,
      let module = String(validating: module, as: UTF8.self),
      let name = String(validating: name, as: UTF8.self),
      name == "Document" || name == "InMemoryDocstore"
    else { return false }
    let place = names.note(module: module, name: name, at: position - 1)
    guard names.uses[place].verdict == .known else { return false }
    var slot = stack[stack.count - 2]
    (slot.kind, slot.value) = (.global, place)
    stack.removeLast(2)
    stack.append(slot)
    return true
  }

  private mutating func newObject() -> Bool {
    guard stack.count - 2 >= floor, stack[stack.count - 1].kind == .emptyTuple,
      stack[stack.count - 2].kind == .global
    else { return false }
    stack.removeLast()
    stack[stack.count - 1].kind = .made
    return true
  }

  private mutating func build() -> Bool {
    guard stack.count - 2 >= floor, stack[stack.count - 2].kind == .made else { return false }
    let state = stack.removeLast()
    let name = names.uses[stack[stack.count - 1].value].name
    if name == "InMemoryDocstore" {
      guard state.kind == .dict, state.fields == .docstore, stack.count == 1 else { return false }
      stack[0].kind = .docstore
      return true
    }
    guard isDocumentState(state), state.height < Self.highest else { return false }
    stack[stack.count - 1].kind = .document
    stack[stack.count - 1].metadata = state.metadata
    stack[stack.count - 1].content = state.content
    // Where it ends.
    stack[stack.count - 1].value = position
    return true
  }
}
