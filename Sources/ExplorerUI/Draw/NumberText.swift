/// Numbers as people read them, without a locale.
enum NumberText {
  /// 1284 → "1,284".
  static func grouped(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var text = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return (number < 0 ? "-" : "") + text
  }

  static func padded(_ number: Int, to columns: Int) -> String {
    let text = String(number)
    return String(repeating: " ", count: max(0, columns - text.count)) + text
  }

  /// With that many decimals; large and tiny numbers as powers of ten; "nan" and "inf" as they are.
  static func fixed(_ number: Double, decimals: Int) -> String {
    guard number.isFinite else { return "\(number)" }
    guard number.magnitude < 1e7 else { return powers(number) }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = Int((number.magnitude * scale).rounded())
    let sign = number < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return sign + String(scaled) }
    let digits = String(scaled)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }

  /// 6.02e+23 → "6.020e23", always short enough for a column.
  private static func powers(_ number: Double) -> String {
    var exponent = 0
    var rest = number
    while rest.magnitude >= 10 {
      rest /= 10
      exponent += 1
    }
    return fixed(rest, decimals: 3) + "e\(exponent)"
  }

  /// As few digits as tell it: 0.5, 1, 0.25.
  static func short(_ number: Double) -> String {
    number == number.rounded() && number.magnitude < 1e15 ? String(Int(number)) : "\(number)"
  }

  /// 1950000 → "1.9 MB", in powers of ten.
  static func bytes(_ count: Int) -> String {
    guard count >= 1000 else { return "\(count) B" }
    var size = Double(count) / 1000
    var units = ["kB", "MB", "GB", "TB"][...]
    while size >= 999.95, units.count > 1 {
      size /= 1000
      units.removeFirst()
    }
    return "\(fixed(size, decimals: 1)) \(units.first ?? "")"
  }

  /// 0.84 → "0.8 ms", 1530 → "1.5 s".
  static func milliseconds(_ time: Double) -> String {
    time >= 1000 ? "\(fixed(time / 1000, decimals: 1)) s" : "\(fixed(time, decimals: 1)) ms"
  }
}

/// Counts with their noun.
enum CountText {
  /// "1 document", "1,284 documents".
  static func of(_ count: Int, _ noun: String) -> String {
    "\(NumberText.grouped(count)) \(noun)\(count == 1 ? "" : "s")"
  }
}
