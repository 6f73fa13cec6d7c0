import VectorStore

/// How numpy prints a datetime64 or timedelta64 of a unit.
struct NumPyTime {
  var kind: Character
  var unit: String

  init(_ kind: Character, _ unit: String?) {
    self.kind = kind
    self.unit = unit ?? "generic"
  }

  func value(_ number: Int) -> MetadataValue {
    if number == .min { return .text("NaT") }
    return .text(kind == "m" ? duration(number) : instant(number))
  }

  private func duration(_ number: Int) -> String {
    let names = [
      "Y": "years", "M": "months", "W": "weeks", "D": "days", "h": "hours", "m": "minutes", "s": "seconds",
      "ms": "milliseconds", "us": "microseconds", "ns": "nanoseconds",
    ]
    return "\(number) \(names[unit] ?? "generic time units")"
  }

  private func instant(_ number: Int) -> String {
    switch unit {
    case "Y": return "\(1970 + number)"
    case "M":
      let year = 1970 + Int((Double(number) / 12).rounded(.down))
      return "\(year)-\(padded(number - (year - 1970) * 12 + 1, 2))"
    case "D", "W": return day(unit == "W" ? number * 7 : number)
    case "h", "m", "s", "ms", "us", "ns": break
    default: return "\(number)"
    }
    let perDay = [
      "h": 24, "m": 1440, "s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000,
    ]
    let units = perDay[unit] ?? 1
    let days = number >= 0 ? number / units : -((-(number + 1)) / units) - 1
    let rest = number - days * units
    let start = day(days) + "T"
    if unit == "h" { return start + padded(rest, 2) }
    if unit == "m" { return start + padded(rest / 60, 2) + ":" + padded(rest % 60, 2) }
    let perSecond = units / 86_400
    let seconds = rest / perSecond
    let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }.joined(separator: ":")
    let digits = ["ms": 3, "us": 6, "ns": 9][unit]
    return start + clock + (digits.map { "." + padded(rest % perSecond, $0) } ?? "")
  }

  /// The proleptic Gregorian date of a day number from 1970-01-01 (Hinnant, "chrono-compatible date algorithms").
  private func day(_ days: Int) -> String {
    guard abs(days) < 1 << 40 else { return "\(days) days" }
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1, 2))"
  }

  private func padded(_ number: Int, _ width: Int) -> String {
    let digits = "\(number)"
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
