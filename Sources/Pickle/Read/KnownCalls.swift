/// Turns calls of builtin types into plain values and checks the arguments of those that make data.
///
/// An argument is taken as it is at the end of the file: a list that changes after `set(list)` was
/// called, which no pickler writes, would be read with its later elements.
struct KnownCalls {
  let limits: PickleLimits
  /// The byte of the opcode that calls.
  let at: Int

  func finish(_ object: PickleObject, role: KnownGlobals.Role) throws(PickleError) -> PickleValue {
    switch role {
    case .plain(let type): return try plain(object, type) ?? .object(object)
    case .encode: return try encoded(object)
    case .reconstructor: return try reconstructed(object)
    case .decimal: try checkDecimal(object)
    case .date: try checkBytes(object, "datetime.date", count: 4)
    case .time: try checkBytes(object, "datetime.time", count: 6)
    case .datetime: try checkBytes(object, "datetime.datetime", count: 10)
    case .numpyScalar: try checkScalar(object)
    case .numpyArray: try checkArray(object)
    case .numpyBuffer: try checkBuffer(object)
    case .constructor, .value, .attribute, .dtype: break
    }
    return .object(object)
  }

  private func malformed(_ what: String) -> PickleError { .malformed(what, at: at) }

  /// The value of a builtin type's call with plain arguments; nil when it has to stay a call.
  private func plain(
    _ object: PickleObject, _ type: KnownGlobals.Plain
  ) throws(PickleError) -> PickleValue? {
    guard case .reduce(let arguments) = object.construction, object.state == nil, arguments.count <= 2
    else { return nil }
    if !object.setItems.isEmpty || !object.listItems.isEmpty && type != .list { return nil }
    if !object.dictItems.isEmpty && type != .dict { return nil }
    let argument = arguments.first
    switch type {
    case .byteArray, .bytes:
      return try bytes(arguments).map { type == .bytes ? .bytes($0) : .byteArray($0) }
    case .string:
      if argument == nil { return .string("") }
      if arguments.count == 1, case .string = argument { return argument }
      return nil
    case .int: return arguments.count == 1 ? try integer(arguments[0]) : argument == nil ? .int(0) : nil
    case .float:
      if argument == nil { return .float(0) }
      if arguments.count == 1, case .float = argument { return argument }
      return nil
    case .dict:
      guard arguments.count < 2, let entries = try entries(argument) else { return nil }
      return .dict(try UniqueKeys.entries(entries + object.dictItems, at: at))
    case .list, .tuple, .set, .frozenSet:
      guard arguments.count < 2, let elements = elements(argument) else { return nil }
      switch type {
      case .list: return .list(elements + object.listItems)
      case .tuple: return .tuple(elements)
      case .set: return .set(try UniqueKeys.elements(elements, at: at))
      default: return .frozenSet(try UniqueKeys.elements(elements, at: at))
      }
    }
  }

  private func elements(_ value: PickleValue?) -> [PickleValue]? {
    switch value {
    case nil: []
    case .list(let elements), .tuple(let elements), .set(let elements), .frozenSet(let elements): elements
    case .dict(let entries): entries.map(\.key)
    default: nil
    }
  }

  private func entries(_ value: PickleValue?) throws(PickleError) -> [PickleEntry]? {
    if case .dict(let entries) = value { return entries }
    guard let pairs = elements(value) else { return nil }
    var entries: [PickleEntry] = []
    for pair in pairs {
      guard let pair = elements(pair), pair.count == 2 else {
        throw malformed("builtins.dict of elements that are no pairs")
      }
      entries.append(PickleEntry(pair[0], pair[1]))
    }
    return entries
  }

  private func bytes(_ arguments: [PickleValue]) throws(PickleError) -> [UInt8]? {
    switch arguments.first {
    case nil: return []
    case .bytes(let bytes), .byteArray(let bytes): return bytes
    case .string(let text):
      guard arguments.count == 2, ["latin1", "latin-1"].contains(arguments[1].text) else { return nil }
      guard let bytes = TextCodec.latin1(text) else { throw malformed("a latin1 text beyond U+00FF") }
      return bytes
    case .list(let elements):
      var bytes: [UInt8] = []
      for element in elements {
        guard case .int(let value) = element, let byte = UInt8(exactly: value) else {
          throw malformed("bytes of elements that are no bytes")
        }
        bytes.append(byte)
      }
      return bytes
    case .int, .bigInt: throw malformed("bytes given by a number, which would only allocate memory,")
    default: return nil
    }
  }

  private func integer(_ value: PickleValue) throws(PickleError) -> PickleValue? {
    switch value {
    case .int, .bigInt: return value
    case .bool(let flag): return .int(flag ? 1 : 0)
    case .string(let text):
      guard text.bytes.count <= limits.decimalDigits else {
        throw .limit("an integer of \(text.bytes.count) digits", .decimalDigits, at: at)
      }
      guard let integer = PickleInteger(decimal: text.bytes) else { return nil }
      return integer.int.map { .int($0) } ?? .bigInt(integer)
    default: return nil
    }
  }

  private func encoded(_ object: PickleObject) throws(PickleError) -> PickleValue {
    guard case .string(let text) = object.arguments.first, let bytes = TextCodec.latin1(text) else {
      throw malformed("_codecs.encode of a text beyond U+00FF")
    }
    return .bytes(bytes)
  }

  /// `copyreg._reconstructor(Class, object, None)` is what NEWOBJ without arguments is later.
  private func reconstructed(_ object: PickleObject) throws(PickleError) -> PickleValue {
    let arguments = object.arguments
    guard arguments.count == 3, case .global(let base) = arguments[1] else {
      throw malformed("copyreg._reconstructor without class, base and value")
    }
    guard base.matches("builtins", "object"), arguments[2] == .none else { return .object(object) }
    var instance = object
    instance.callee = arguments[0]
    instance.construction = .new([])
    return .object(instance)
  }

  private func checkDecimal(_ object: PickleObject) throws(PickleError) {
    guard object.arguments.count == 1, let text = object.arguments[0].text else {
      throw malformed("decimal.Decimal of something else than one text")
    }
    guard text.utf8.count <= limits.decimalDigits else {
      throw .limit("a decimal of \(text.utf8.count) characters", .decimalDigits, at: at)
    }
    guard Self.isDecimal(text) else { throw malformed("decimal.Decimal of a text that is no number") }
  }

  /// The grammar of `decimal.Decimal`: a number with an exponent, an infinity or a NaN with digits.
  static func isDecimal(_ text: String) -> Bool {
    var rest = Substring(text.lowercased())
    if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
    if rest == "inf" || rest == "infinity" { return true }
    func takeDigits() -> Int {
      let digits = rest.prefix { "0"..."9" ~= $0 }
      rest = rest.dropFirst(digits.count)
      return digits.count
    }
    for name in ["nan", "snan"] where rest.hasPrefix(name) {
      rest = rest.dropFirst(name.count)
      _ = takeDigits()
      return rest.isEmpty
    }
    var count = takeDigits()
    if rest.first == "." {
      rest.removeFirst()
      count += takeDigits()
    }
    guard count > 0 else { return false }
    guard rest.first == "e" else { return rest.isEmpty }
    rest.removeFirst()
    if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
    return takeDigits() > 0 && rest.isEmpty
  }

  /// Dates are pickled as bytes; other arguments are numbers that whoever shows them has to judge.
  private func checkBytes(_ object: PickleObject, _ name: String, count: Int) throws(PickleError) {
    guard case .bytes(let bytes) = object.arguments.first else { return }
    guard bytes.count == count else {
      throw malformed("\(name) of \(bytes.count) bytes instead of \(count)")
    }
    let isValid =
      switch count {
      case 6: bytes[0] & 0x7F < 24 && bytes[1] < 60 && bytes[2] < 60
      case 10:
        (1...12).contains(bytes[2] & 0x7F) && (1...31).contains(bytes[3]) && bytes[4] < 24
          && bytes[5] < 60 && bytes[6] < 60
      default: (1...12).contains(bytes[2]) && (1...31).contains(bytes[3])
      }
    guard isValid else { throw malformed("\(name) of bytes that are no such thing") }
  }

  private func checkScalar(_ object: PickleObject) throws(PickleError) {
    let arguments = object.arguments
    guard arguments.count == 2, case .bytes(let bytes) = arguments[1] else {
      throw malformed("a numpy scalar without its bytes")
    }
    let size = try itemSize(arguments[0])
    guard size == bytes.count else {
      throw malformed("a numpy scalar of \(bytes.count) bytes instead of \(size)")
    }
  }

  private func checkArray(_ object: PickleObject) throws(PickleError) {
    guard object.arguments.count == 3, case .global(let type) = object.arguments[0],
      type.matches("numpy", "ndarray"), object.arguments[1] == .tuple([.int(0)])
    else { throw malformed("a numpy array that is not of class ndarray and shape (0,)") }
    guard let state = object.state else { return }
    guard case .tuple(let state) = state, state.count == 5, case .tuple(let shape) = state[1],
      case .bytes(let bytes) = state[4]
    else { throw malformed("a numpy array without shape, dtype and bytes") }
    try check(shape: shape, dtype: state[2], against: bytes.count)
  }

  private func checkBuffer(_ object: PickleObject) throws(PickleError) {
    let arguments = object.arguments
    guard arguments.count == 4, case .tuple(let shape) = arguments[2] else {
      throw malformed("a numpy array without buffer, dtype, shape and order")
    }
    switch arguments[0] {
    case .bytes(let bytes), .byteArray(let bytes):
      try check(shape: shape, dtype: arguments[1], against: bytes.count)
    default: throw malformed("a numpy array whose buffer holds no bytes")
    }
  }

  private func check(shape: [PickleValue], dtype: PickleValue, against count: Int) throws(PickleError) {
    let itemSize = try itemSize(dtype)
    guard let needed = ArrayShape.byteCount(shape: shape, itemSize: itemSize), needed == count else {
      throw malformed("a numpy array whose shape does not fit its \(count) bytes")
    }
  }

  /// The size of an element.
  private func itemSize(_ dtype: PickleValue) throws(PickleError) -> Int {
    guard case .object(let object) = dtype, let global = object.global, global.matches("numpy", "dtype"),
      let code = object.arguments.first?.text, let size = ArrayShape.itemSize(code)
    else { throw malformed("a numpy value whose dtype is no dtype of data") }
    return size
  }
}
