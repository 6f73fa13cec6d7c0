/// A `date`, `datetime` or `time` read from its ISO text.
struct PythonMoment {
  enum Kind { case date, datetime, time }

  let kind: Kind
  /// Microseconds from 1970-01-01T00:00 (from midnight for a time) on the moment's own clock.
  private let local: Int
  /// How far its clock is ahead of UTC, in microseconds; nil for a naive moment.
  private let offset: Int?
  /// Its ISO text without the offset and with six fraction digits, for comparing prefixes.
  private let fullText: String

  var isAware: Bool { offset != nil }

  /// nil when the value is not a moment.
  ///
  /// pandas' Timestamp and numpy's datetime64 count as datetimes.
  init?(_ value: ForeignValue) {
    let kind: Kind
    let field: String
    switch value.kind {
    case "date": (kind, field) = (.date, "iso")
    case "datetime": (kind, field) = (.datetime, "iso")
    case "time": (kind, field) = (.time, "iso")
    case "pandas.Timestamp", "numpy.datetime64": (kind, field) = (.datetime, "v")
    default: return nil
    }
    guard case .string(let iso)? = value.fields[field] else { return nil }
    self.init(kind: kind, iso: iso.string)
  }

  /// Reads `2024-02-29`, `2024-02-29T23:59[:59[.999999]]` or `23:59[:59[.999999]]`.
  ///
  /// The last two may end with an offset, and a blank may stand for the T.
  init?(kind: Kind, iso: String) {
    var scanner = ISOScanner(iso)
    var day = 0
    if kind != .time {
      guard let number = scanner.day() else { return nil }
      day = number
    }
    var clock = 0
    var offset: Int?
    if kind != .date, kind == .time || scanner.separator() {
      guard let time = scanner.clock() else { return nil }
      clock = time
      offset = scanner.offset()
    }
    guard scanner.isAtEnd else { return nil }
    self.kind = kind
    self.local = day * 86_400_000_000 + clock
    self.offset = offset
    fullText = Self.fullText(kind, iso)
  }

  /// Equal instants; a naive moment never equals an aware one, nor a date a datetime.
  static func == (a: PythonMoment, b: PythonMoment) -> Bool {
    a.standing(to: b) == .equal
  }

  /// nil when Python refuses the comparison: other kinds, or naive against aware.
  func standing(to other: PythonMoment) -> Standing? {
    guard kind == other.kind, isAware == other.isAware else { return nil }
    return Standing(local - (offset ?? 0), other.local - (other.offset ?? 0))
  }

  /// Compares with what a person typed: an ISO text of this kind, or the beginning of one.
  ///
  /// A literal with an offset compares instants; one without compares as much of this moment's own clock
  /// as it spells, so 2024-01-31 equals every moment of that day. nil when the text is not such a literal.
  func standing(toLiteral literal: String) -> Standing? {
    let typed = literal.map { $0 == " " ? "T" : String($0) }.joined()
    if Self.isBeginning(of: kind, typed) {
      return Standing(String(fullText.prefix(typed.count)), typed)
    }
    return PythonMoment(kind: kind, iso: typed).flatMap { standing(to: $0) }
  }

  private static func fullText(_ kind: Kind, _ iso: String) -> String {
    let template = self.template(kind)
    let local = zip(iso, template).prefix { character, shape in
      shape == "0" ? character.isNumber : shape == "T" ? true : character == shape
    }
    let text = local.map { $1 == "T" ? "T" : String($0) }.joined()
    return text + template.dropFirst(text.count)
  }

  private static func template(_ kind: Kind) -> String {
    switch kind {
    case .date: "0000-00-00"
    case .datetime: "0000-00-00T00:00:00.000000"
    case .time: "00:00:00.000000"
    }
  }

  /// True for a text that ends where a part of the template (year, month, …) ends.
  private static func isBeginning(of kind: Kind, _ text: String) -> Bool {
    let template = template(kind)
    guard text.count <= template.count, text.count >= (kind == .time ? 5 : 4) else { return false }
    let fits = zip(text, template).allSatisfy { $1 == "0" ? $0.isASCII && $0.isNumber : $0 == $1 }
    let next = template.dropFirst(text.count).first
    return fits && text.last != "." && (next != "0" || text.contains("."))
  }
}

/// Reads the parts of an ISO 8601 text as Python's `isoformat` writes them.
private struct ISOScanner {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = text[...].utf8 }

  var isAtEnd: Bool { rest.isEmpty }

  /// Days since 1970-01-01 (Hinnant's `days_from_civil`).
  mutating func day() -> Int? {
    guard let year = number(4), take("-"), let month = number(2), take("-"), let day = number(2),
      (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    let shifted = month > 2 ? year : year - 1
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  mutating func separator() -> Bool { take("T") || take(" ") }

  /// Microseconds since midnight; minutes are required, seconds and fraction are not.
  mutating func clock() -> Int? {
    guard let hours = number(2), take(":"), let minutes = number(2) else { return nil }
    var seconds = 0
    var fraction = 0
    if take(":") {
      guard let number = number(2) else { return nil }
      seconds = number
      if take(".") {
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard let text = String(digits), !text.isEmpty else { return nil }
        rest = rest.dropFirst(digits.count)
        fraction = Int((text + "000000").prefix(6)) ?? 0
      }
    }
    return ((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + fraction
  }

  /// Microseconds ahead of UTC; nil (and nothing read) when no offset follows.
  mutating func offset() -> Int? {
    if take("Z") { return 0 }
    let isBehind = rest.first == UInt8(ascii: "-")
    guard isBehind || rest.first == UInt8(ascii: "+") else { return nil }
    rest = rest.dropFirst()
    guard let ahead = clock() else { return nil }
    return isBehind ? -ahead : ahead
  }

  private mutating func number(_ count: Int) -> Int? {
    let digits = rest.prefix(count)
    guard digits.count == count, digits.allSatisfy({ (0x30...0x39).contains($0) }),
      let text = String(digits)
    else { return nil }
    rest = rest.dropFirst(count)
    return Int(text)
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest = rest.dropFirst()
    return true
  }
}
