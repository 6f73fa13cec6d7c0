/// Whole values.
extension PickleWriter {
  /// Writes a value without use of the memo, so that its bytes do not depend on what came before.
  ///
  /// - Throws: `.limit` for a value deeper than ``PickleLimits/deepest``; the writer is then of no more use.
  public mutating func writeValue(_ value: PickleValue) throws(PickleError) {
    try writeValue(value, level: 0)
  }

  private mutating func writeValue(_ value: PickleValue, level: Int) throws(PickleError) {
    switch value {
    case .none: writeNone()
    case .bool(let value): writeBool(value)
    case .int(let value): writeInt(value)
    case .bigInt(let value): writeBigInt(value)
    case .float(let value): writeFloat(value)
    case .string(let value): writeText(utf8: value.bytes)
    case .bytes(let value): writeBytes(value)
    case .byteArray(let value): writeByteArray(value)
    case .global(let value): writeName(module: value.module, name: value.name)
    case .list, .tuple, .dict, .set, .frozenSet, .object:
      guard level < PickleLimits.deepest else {
        throw .limit("a value nested more than \(PickleLimits.deepest) deep, written", nil, at: 0)
      }
      try writeContainer(value, level: level + 1)
    }
  }

  private mutating func writeContainer(_ value: PickleValue, level: Int) throws(PickleError) {
    let item = { (writer: inout PickleWriter, item: PickleValue) throws(PickleError) in
      try writer.writeValue(item, level: level)
    }
    switch value {
    case .list(let items): try writeList(items, item)
    case .tuple(let items): try writeTuple(items, item)
    case .set(let items): try writeSet(items, item)
    case .frozenSet(let items):
      write(.mark)
      for element in items { try item(&self, element) }
      write(.frozenset)
    case .dict(let entries):
      write(.emptyDict)
      try writeEntries(entries, level: level)
    case .object(let object): try writeObject(object, level: level)
    default: break
    }
  }

  private mutating func writeEntries(_ entries: [PickleEntry], level: Int) throws(PickleError) {
    try writeBatches(entries, closing: .setitems) { (writer, entry) throws(PickleError) in
      try writer.writeValue(entry.key, level: level)
      try writer.writeValue(entry.value, level: level)
    }
  }

  private mutating func writeObject(_ object: PickleObject, level: Int) throws(PickleError) {
    let item = { (writer: inout PickleWriter, item: PickleValue) throws(PickleError) in
      try writer.writeValue(item, level: level)
    }
    if case .instance(let arguments) = object.construction {
      write(.mark)
      try writeValue(object.callee, level: level)
      for argument in arguments { try item(&self, argument) }
      write(.obj)
    } else {
      try writeValue(object.callee, level: level)
      try writeTuple(object.arguments, item)
      switch object.construction {
      case .reduce, .instance: write(.reduce)
      case .new: write(.newobj)
      case .newEx(_, let keywords):
        write(.emptyDict)
        try writeEntries(keywords, level: level)
        write(.newobjEx)
      }
    }
    try writeBatches(object.listItems, closing: .appends, item)
    try writeEntries(object.dictItems, level: level)
    try writeBatches(object.setItems, closing: .additems, item)
    if let state = object.state {
      try writeValue(state, level: level)
      write(.build)
    }
  }

  /// Protocol 4 has no opcode for a bytearray: it is the builtin type called with bytes.
  private mutating func writeByteArray(_ value: [UInt8]) {
    writeName(module: "builtins", name: "bytearray")
    if value.isEmpty {
      write(.emptyTuple)
    } else {
      writeBytes(value)
      write(.tuple1)
    }
    write(.reduce)
  }
}
