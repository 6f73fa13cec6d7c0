/// A compiled description of a terminal, as `tic` writes it, to be read, changed and written again.
///
/// Source: term(5), the legacy format and the one with 32-bit numbers, with user-defined capabilities behind either.
struct TerminfoEntry: Equatable {
  /// Names and aliases, separated by `|`.
  var names: [UInt8]
  /// By their place in the list of terminfo; those behind the last are false, or not there.
  var booleans: [UInt8]
  var numbers: [Int32]
  /// Nil for a capability that is not there.
  var strings: [[UInt8]?]
  /// Capabilities beyond terminfo's list, by name.
  var ownBooleans: [(name: [UInt8], value: UInt8)] = []
  var ownNumbers: [(name: [UInt8], value: Int32)] = []
  var ownStrings: [(name: [UInt8], value: [UInt8]?)] = []

  private static let legacyMagic = 0o432
  private static let magic = 0o1036
  /// What ncurses accepts.
  private static let longest = 32768

  /// Nil for bytes that are no such description.
  init?(_ bytes: [UInt8]) {
    var reader = Reader(bytes)
    guard bytes.count <= Self.longest, let magic = reader.short(),
      magic == Self.magic || magic == Self.legacyMagic,
      let nameSize = reader.count(), let booleanCount = reader.count(), let numberCount = reader.count(),
      let stringCount = reader.count(), let tableSize = reader.count(),
      let names = reader.bytes(nameSize), let booleans = reader.bytes(booleanCount)
    else { return nil }
    reader.align()
    let isWide = magic == Self.magic
    guard let numbers = reader.numbers(numberCount, isWide: isWide),
      let offsets = reader.numbers(stringCount, isWide: false), let table = reader.bytes(tableSize)
    else { return nil }
    self.names = Array(names.prefix { $0 != 0 })
    self.booleans = booleans
    self.numbers = numbers
    strings = offsets.map { Self.string(at: $0, in: table) }
    reader.align()
    guard !reader.isAtEnd else { return }
    guard readOwn(&reader, isWide: isWide) else { return nil }
  }

  private mutating func readOwn(_ reader: inout Reader, isWide: Bool) -> Bool {
    guard let booleanCount = reader.count(), let numberCount = reader.count(),
      let stringCount = reader.count(), reader.count() != nil, let tableSize = reader.count(),
      let booleans = reader.bytes(booleanCount)
    else { return false }
    reader.align()
    guard let numbers = reader.numbers(numberCount, isWide: isWide),
      let offsets = reader.numbers(stringCount, isWide: false),
      let nameOffsets = reader.numbers(booleanCount + numberCount + stringCount, isWide: false),
      let table = reader.bytes(tableSize)
    else { return false }
    let values = offsets.map { Self.string(at: $0, in: table) }
    // Names stand behind the values, and their offsets count from there.
    let start = values.reduce(0) { $0 + ($1.map { $0.count + 1 } ?? 0) }
    guard start <= table.count else { return false }
    let names = nameOffsets.map { Self.string(at: $0, in: Array(table[start...])) ?? [] }
    guard names.allSatisfy({ !$0.isEmpty }) else { return false }
    ownBooleans = Array(zip(names, booleans)).map { (name: $0, value: $1) }
    ownNumbers = Array(zip(names.dropFirst(booleanCount), numbers)).map { (name: $0, value: $1) }
    ownStrings = Array(zip(names.dropFirst(booleanCount + numberCount), values)).map { (name: $0, value: $1) }
    return true
  }

  /// The bytes of the file, with 32-bit numbers; nil when they are more than ncurses reads.
  var bytes: [UInt8]? {
    var writer = Writer()
    let table = Self.table(strings)
    let names = names + [0]
    for count in [Self.magic, names.count, booleans.count, numbers.count, strings.count, table.bytes.count] {
      writer.short(count)
    }
    writer.bytes += names + booleans
    writer.align()
    for number in numbers { writer.long(number) }
    for offset in table.offsets { writer.short(offset) }
    writer.bytes += table.bytes
    writer.align()
    let values = Self.table(ownStrings.map(\.value))
    let own = Self.table(ownBooleans.map(\.name) + ownNumbers.map(\.name) + ownStrings.map(\.name))
    for count in [
      ownBooleans.count, ownNumbers.count, ownStrings.count, values.offsets.count + own.offsets.count,
      values.bytes.count + own.bytes.count,
    ] { writer.short(count) }
    writer.bytes += ownBooleans.map(\.value)
    writer.align()
    for number in ownNumbers { writer.long(number.value) }
    for offset in values.offsets + own.offsets { writer.short(offset) }
    writer.bytes += values.bytes + own.bytes
    return writer.bytes.count <= Self.longest ? writer.bytes : nil
  }

  private static func table(_ strings: [[UInt8]?]) -> (offsets: [Int], bytes: [UInt8]) {
    var bytes: [UInt8] = []
    let offsets = strings.map { string -> Int in
      guard let string else { return -1 }
      defer { bytes += string + [0] }
      return bytes.count
    }
    return (offsets, bytes)
  }

  private static func string(at offset: Int32, in table: [UInt8]) -> [UInt8]? {
    guard offset >= 0, Int(offset) < table.count else { return nil }
    return Array(table[Int(offset)...].prefix { $0 != 0 })
  }

  static func == (a: TerminfoEntry, b: TerminfoEntry) -> Bool { a.bytes == b.bytes }
}

private struct Reader {
  private let source: [UInt8]
  private var place = 0

  init(_ source: [UInt8]) { self.source = source }

  var isAtEnd: Bool { place >= source.count }

  mutating func bytes(_ count: Int) -> [UInt8]? {
    guard count >= 0, place + count <= source.count else { return nil }
    defer { place += count }
    return Array(source[place..<place + count])
  }

  mutating func short() -> Int? {
    bytes(2).map { Int(Int16(truncatingIfNeeded: Int($0[0]) | Int($0[1]) << 8)) }
  }

  mutating func count() -> Int? { short().flatMap { $0 >= 0 ? $0 : nil } }

  mutating func numbers(_ count: Int, isWide: Bool) -> [Int32]? {
    let size = isWide ? 4 : 2
    guard let raw = bytes(count * size) else { return nil }
    return (0..<count).map { number in
      let digits = raw[number * size..<(number + 1) * size]
      let value = digits.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      return isWide ? Int32(bitPattern: value) : Int32(Int16(truncatingIfNeeded: value))
    }
  }

  /// Numbers begin at even places.
  mutating func align() { if place % 2 == 1 { place += 1 } }
}

private struct Writer {
  var bytes: [UInt8] = []

  mutating func short(_ number: Int) {
    let bits = UInt16(truncatingIfNeeded: number)
    bytes += [UInt8(bits & 0xff), UInt8(bits >> 8)]
  }

  mutating func long(_ number: Int32) {
    let bits = UInt32(bitPattern: number)
    bytes += (0..<4).map { UInt8(truncatingIfNeeded: bits >> ($0 * 8)) }
  }

  mutating func align() { if bytes.count % 2 == 1 { bytes.append(0) } }
}
