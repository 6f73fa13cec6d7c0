import Pickle
import VectorStore

extension MetadataValue {
  /// The value with the pickle that a saved store needs for it: values read from JSON in the tagged form
  /// (`{"$t": "date", "iso": "2024-05-06"}`) come without one.
  ///
  /// Throws `.unsupported` for kinds that only Python can make; the message names them.
  public func storable() throws(StoreFormatError) -> MetadataValue {
    switch self {
    case .list(let items): return .list(try Self.storable(items))
    case .tuple(let items): return .tuple(try Self.storable(items))
    case .dictionary(let items):
      var pairs: [(MetadataValue, MetadataValue)] = []
      for entry in items.entries { pairs.append((try entry.key.storable(), try entry.value.storable())) }
      return .dictionary(Metadata(pairs))
    case .foreign(let value) where value.encoded.isEmpty:
      guard let pickled = try value.pickled() else {
        throw StoreFormatError(
          .unsupported,
          "a value of the kind \"\(value.kind)\" (\(value.summary)) cannot be made from JSON; "
            + "write it as text, a number, or a date")
      }
      return try MetadataValue(pickled)
    default: return self
    }
  }

  private static func storable(_ items: [MetadataValue]) throws(StoreFormatError) -> [MetadataValue] {
    var result: [MetadataValue] = []
    for item in items { result.append(try item.storable()) }
    return result
  }

  fileprivate func pickleValue() throws(StoreFormatError) -> PickleValue? {
    switch self {
    case .null: return PickleValue.none
    case .bool(let value): return .bool(value)
    case .int(let value): return .int(value)
    case .float(let value): return .float(value)
    case .string(let text): return .string(PickleString(bytes: text.utf8))
    case .tuple(let items):
      var values: [PickleValue] = []
      for item in items {
        guard let value = try item.pickleValue() else { return nil }
        values.append(value)
      }
      return .tuple(values)
    case .foreign(let value): return try value.pickled()
    case .list, .dictionary: return nil
    }
  }
}

extension ForeignValue {
  /// How Python pickles such a value; nil when only Python knows.
  fileprivate func pickled() throws(StoreFormatError) -> PickleValue? {
    switch kind {
    case "int": return fields["v"]?.plainText.flatMap { PickleInteger(decimal: $0.utf8) }.map { .bigInt($0) }
    case "bytes": return fields["hex"]?.plainText.flatMap { [UInt8](hex: $0) }.map { .bytes($0) }
    case "bytearray": return fields["hex"]?.plainText.flatMap { [UInt8](hex: $0) }.map { .byteArray($0) }
    case "set", "frozenset":
      guard case .list(let items)? = fields["v"] else { return nil }
      var members: [PickleValue] = []
      for item in items {
        guard let member = try item.pickleValue() else { return nil }
        members.append(member)
      }
      return kind == "set" ? .set(members) : .frozenSet(members)
    case "Decimal": return fields["v"]?.plainText.map { .call("decimal", "Decimal", [.text($0)]) }
    case "timedelta":
      guard case .int(let days)? = fields["days"], case .int(let seconds)? = fields["seconds"],
        case .int(let micros)? = fields["microseconds"]
      else { return nil }
      return .timedelta(days, seconds, micros)
    case "date", "datetime", "time":
      guard let iso = fields["iso"]?.plainText ?? fields["v"]?.plainText else { return nil }
      return ISOMoment(iso, kind: kind)?.pickled(isFold: fields["fold"] == .int(1))
    default: return nil
    }
  }
}

/// A date, a time, or both, as Python's `isoformat` writes them.
private struct ISOMoment {
  private var date: [UInt8] = []
  private var time: [UInt8] = []
  /// Seconds east of Greenwich.
  private var offset: Int?
  private let kind: String

  init?(_ text: String, kind: String) {
    self.kind = kind
    var clock: Substring?
    if kind == "time" {
      clock = text[...]
    } else {
      let parts = text.split(maxSplits: 1) { $0 == "T" || $0 == " " }
      guard let day = parts.first.flatMap({ Self.numbers($0, "-", [4, 2, 2]) }), (1...9999).contains(day[0]),
        (1...12).contains(day[1]), (1...31).contains(day[2])
      else { return nil }
      date = [UInt8(day[0] >> 8), UInt8(day[0] & 255), UInt8(day[1]), UInt8(day[2])]
      if kind == "datetime" { clock = parts.count > 1 ? parts[1] : "00:00:00" }
      if kind == "date", parts.count > 1 { return nil }
    }
    guard let clock else { return }
    guard let bytes = readZone(clock) else { return nil }
    time = bytes
  }

  /// Takes the offset off the end and reads what is before it.
  private mutating func readZone(_ clock: Substring) -> [UInt8]? {
    if clock.hasSuffix("Z") {
      offset = 0
      return Self.time(clock.dropLast())
    }
    guard let sign = clock.lastIndex(where: { $0 == "+" || $0 == "-" }) else { return Self.time(clock) }
    let zone = clock[clock.index(after: sign)...]
    guard let parts = Self.numbers(zone, ":", [2, 2]) ?? Self.numbers(zone, ":", [2, 2, 2]), parts[0] < 24,
      parts[1] < 60
    else { return nil }
    let seconds = parts[0] * 3600 + parts[1] * 60 + (parts.count > 2 ? parts[2] : 0)
    offset = clock[sign] == "-" ? -seconds : seconds
    return Self.time(clock[..<sign])
  }

  /// Hours, minutes, seconds and three bytes of microseconds.
  private static func time(_ text: Substring) -> [UInt8]? {
    let halves = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let clock = numbers(halves[0], ":", [2, 2, 2]) ?? numbers(halves[0], ":", [2, 2]), clock[0] < 24,
      clock[1] < 60, clock.count < 3 || clock[2] < 60
    else { return nil }
    var micros = 0
    if halves.count > 1 {
      let digits = halves[1].prefix(6)
      guard !digits.isEmpty, halves[1].count <= 6, let value = Int(digits), value >= 0 else { return nil }
      micros = (0..<(6 - digits.count)).reduce(value) { value, _ in value * 10 }
    }
    return [
      UInt8(clock[0]), UInt8(clock[1]), UInt8(clock.count > 2 ? clock[2] : 0), UInt8(micros >> 16),
      UInt8(micros >> 8 & 255), UInt8(micros & 255),
    ]
  }

  private static func numbers(_ text: Substring, _ separator: Character, _ widths: [Int]) -> [Int]? {
    let parts = text.split(separator: separator, omittingEmptySubsequences: false)
    guard parts.map(\.count) == widths, parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
    else { return nil }
    return parts.compactMap { Int($0) }
  }

  func pickled(isFold: Bool) -> PickleValue {
    var state = date + time
    // Python keeps the second of two equal hours in the top bit of the month, or of the hour.
    if isFold, kind != "date" { state[kind == "time" ? 0 : 2] |= 128 }
    var arguments: [PickleValue] = [.bytes(state)]
    if let offset {
      // Python's timedelta has its sign in the days.
      let days = offset < 0 ? -1 : 0
      arguments.append(.call("datetime", "timezone", [.timedelta(days, offset - days * 86_400, 0)]))
    }
    return .call("datetime", kind, arguments)
  }
}

extension PickleValue {
  fileprivate static func call(_ module: String, _ name: String, _ arguments: [PickleValue]) -> PickleValue {
    .object(
      PickleObject(
        callee: .global(PickleGlobal(module: module, name: name)), construction: .reduce(arguments)))
  }

  fileprivate static func text(_ text: String) -> PickleValue { .string(PickleString(text)) }

  fileprivate static func timedelta(_ days: Int, _ seconds: Int, _ micros: Int) -> PickleValue {
    call("datetime", "timedelta", [.int(days), .int(seconds), .int(micros)])
  }
}

extension MetadataValue {
  fileprivate var plainText: String? { if case .string(let text) = self { text.string } else { nil } }
}

extension [UInt8] {
  /// The bytes of pairs of hexadecimal digits; nil for any other text.
  init?(hex text: String) {
    let digits = text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    guard digits.count == text.utf8.count, digits.count.isMultiple(of: 2) else { return nil }
    self = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }
}
