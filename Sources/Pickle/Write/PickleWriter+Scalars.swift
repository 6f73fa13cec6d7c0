/// Scalars, texts and names.
extension PickleWriter {
  public mutating func writeNone() { write(.none) }

  public mutating func writeBool(_ value: Bool) { write(value ? .newtrue : .newfalse) }

  public mutating func writeInt(_ value: Int) {
    if let byte = UInt8(exactly: value) {
      write(.binint1)
      writeRaw(number: byte)
    } else if let short = UInt16(exactly: value) {
      write(.binint2)
      writeRaw(number: short)
    } else if let word = Int32(exactly: value) {
      write(.binint)
      writeRaw(number: word)
    } else {
      writeBigInt(PickleInteger(value))
    }
  }

  public mutating func writeBigInt(_ value: PickleInteger) {
    if let count = UInt8(exactly: value.bytes.count) {
      write(.long1)
      writeRaw(number: count)
    } else {
      write(.long4)
      writeRaw(number: Int32(clamping: value.bytes.count))
    }
    writeRaw(value.bytes)
  }

  public mutating func writeFloat(_ value: Double) {
    write(.binfloat)
    writeRaw(number: value.bitPattern.byteSwapped)
  }

  /// Writes text that is not likely to come again.
  public mutating func writeText(_ text: String) {
    var text = text
    text.withUTF8 { writeText(utf8: $0) }
  }

  /// Writes text given as UTF-8, in which lone surrogates may stand as three bytes.
  public mutating func writeText(utf8 text: some Collection<UInt8>) {
    writeLength(text.count, .shortBinunicode, .binunicode, .binunicode8)
    writeRaw(text)
  }

  /// Writes text that comes often, such as a key: in full the first time, then as a reference of two bytes.
  public mutating func writeKey(_ text: String) {
    if let number = memo[.text(text)] { return recall(number) }
    writeText(text)
    memo[.text(text)] = memoize()
  }

  public mutating func writeBytes(_ value: some Collection<UInt8>) {
    writeLength(value.count, .shortBinbytes, .binbytes, .binbytes8)
    writeRaw(value)
  }

  /// Writes a class or function by name: in full the first time, then as a reference.
  public mutating func writeGlobal(module: String, name: String) {
    let key = MemoKey.global(module: module, name: name)
    if let number = memo[key] { return recall(number) }
    writeName(module: module, name: name)
    memo[key] = memoize()
  }

  mutating func writeName(module: String, name: String) {
    writeText(module)
    writeText(name)
    write(.stackGlobal)
  }

  /// Splices in what ``fragment(of:)`` made.
  public mutating func writeFragment(_ fragment: some Sequence<UInt8>) { writeRaw(fragment) }

  private mutating func memoize() -> Int {
    write(.memoize)
    memoCount += 1
    return memoCount - 1
  }

  private mutating func recall(_ number: Int) {
    if let short = UInt8(exactly: number) {
      write(.binget)
      writeRaw(number: short)
    } else {
      write(.longBinget)
      writeRaw(number: UInt32(truncatingIfNeeded: number))
    }
  }

  private mutating func writeLength(_ count: Int, _ short: Opcode, _ medium: Opcode, _ long: Opcode) {
    if let count = UInt8(exactly: count) {
      write(short)
      writeRaw(number: count)
    } else if let count = UInt32(exactly: count) {
      write(medium)
      writeRaw(number: count)
    } else {
      write(long)
      writeRaw(number: UInt64(count))
    }
  }
}
