/// The opcodes of protocols 0 and 1 whose operands are lines of text, or bytes that Python 3 takes as text.
extension Machine {
  mutating func textStep(_ opcode: Opcode) throws(PickleError) {
    switch opcode {
    case .int: try pushIntLine()
    case .long:
      var line = try readLine()
      if line.last == UInt8(ascii: "L") { line = UnsafeRawBufferPointer(rebasing: line.dropLast()) }
      try pushDecimal(line)
    case .float: try pushFloatLine()
    case .string: try pushQuotedLine()
    case .unicode: try pushUnicodeLine()
    case .binstring:
      let length = try read(Int32.self)
      guard length >= 0 else { throw .malformed("BINSTRING declares \(length) bytes", at: at) }
      try pushPython2Text(Int(length))
    case .shortBinstring: try pushPython2Text(readLength1())
    case .get: try recall(readNumberLine())
    default: memo[try readNumberLine()] = try top()
    }
  }

  /// The bytes up to the next line feed, which is skipped.
  mutating func readLine() throws(PickleError) -> UnsafeRawBufferPointer {
    let rest = bytes[position...]
    guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
      throw .truncated("\(opcode.name) has no end of line", at: at)
    }
    defer { position = end + 1 }
    return UnsafeRawBufferPointer(rebasing: rest[..<end])
  }

  func readText(_ line: UnsafeRawBufferPointer) throws(PickleError) -> String {
    guard let text = String(validating: line, as: UTF8.self) else {
      throw .malformed("\(opcode.name) holds a name that is not UTF-8", at: at)
    }
    return text
  }

  private mutating func readNumberLine() throws(PickleError) -> Int {
    let line = try readLine()
    guard let number = Int(String(decoding: line, as: UTF8.self)), number >= 0 else {
      throw .malformed("\(opcode.name) with a memo number that is negative or none", at: at)
    }
    return number
  }

  private mutating func pushIntLine() throws(PickleError) {
    let line = try readLine()
    if line.elementsEqual("00".utf8) { return stack.append(Graph.no) }
    if line.elementsEqual("01".utf8) { return stack.append(Graph.yes) }
    let digits = line.first == UInt8(ascii: "-") ? line.dropFirst() : line[...]
    // A leading zero would be octal.
    guard digits.count == 1 || digits.first != UInt8(ascii: "0") else {
      throw .malformed("INT with a leading zero", at: at)
    }
    try pushDecimal(line)
  }

  private mutating func pushDecimal(_ line: UnsafeRawBufferPointer) throws(PickleError) {
    guard line.count <= limits.decimalDigits else {
      throw .limit(
        "an integer of \(line.count) digits, \(limits.decimalDigits) are allowed", .decimalDigits, at: at)
    }
    guard let integer = PickleInteger(decimal: line) else {
      throw .malformed("\(opcode.name) holds no decimal integer", at: at)
    }
    if let int = integer.int {
      push(.int(int))
    } else {
      push(.madeInteger(graph.make(integer.bytes)))
    }
  }

  private mutating func pushFloatLine() throws(PickleError) {
    let line = String(decoding: try readLine(), as: UTF8.self)
    let isPlain = line.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) }
    let isNamed = ["inf", "-inf", "nan", "-nan"].contains(line)
    guard isPlain || isNamed, let value = Double(line) else {
      throw .malformed("FLOAT holds no number", at: at)
    }
    push(.float(value))
  }

  private mutating func pushQuotedLine() throws(PickleError) {
    let line = try readLine()
    guard line.count >= 2, let quote = line.first, quote == line.last,
      quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""),
      let text = TextCodec.unescapeQuoted(line.dropFirst().dropLast())
    else { throw .malformed("STRING holds no quoted text", at: at) }
    try pushASCII(text)
  }

  private mutating func pushUnicodeLine() throws(PickleError) {
    guard let text = TextCodec.unescapeRawUnicode(try readLine()) else {
      throw .malformed("UNICODE holds an escape that is no character", at: at)
    }
    push(.madeText(graph.make(text)))
  }

  private mutating func pushPython2Text(_ count: Int) throws(PickleError) {
    try pushASCII(Array(content(takeSlice(count))))
  }

  /// Python 3 reads the texts of Python 2 as ASCII and refuses others.
  private mutating func pushASCII(_ text: [UInt8]) throws(PickleError) {
    guard text.allSatisfy({ $0 < 0x80 }) else {
      throw .malformed("\(opcode.name) holds a text of python 2 that is not ASCII", at: at)
    }
    push(.madeText(graph.make(text)))
  }
}
