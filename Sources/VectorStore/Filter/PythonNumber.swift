/// How two comparable values stand to each other.
enum Standing {
  case less, equal, greater

  init<Value: Comparable>(_ a: Value, _ b: Value) {
    self = a < b ? .less : a == b ? .equal : .greater
  }
}

/// A number as Python compares numbers: by exact value, whatever its type; booleans are 0 and 1.
enum PythonNumber {
  case int(Int)
  /// Also the NaN and the infinities of a `Decimal`.
  case float(Double)
  case exact(ExactDecimal)

  /// nil when the value is not a number.
  init?(_ value: MetadataValue) {
    switch value {
    case .bool(let truth): self = .int(truth ? 1 : 0)
    case .int(let number): self = .int(number)
    case .float(let number): self = .float(number)
    case .foreign(let foreign):
      guard foreign.kind == "int" || foreign.kind == "Decimal", case .string(let text)? = foreign.fields["v"]
      else { return nil }
      if let number = ExactDecimal(text.string) {
        self = .exact(number)
      } else {
        guard foreign.kind == "Decimal", let special = Self.special(text.string) else { return nil }
        self = .float(special)
      }
    default: return nil
    }
  }

  private static func special(_ decimal: String) -> Double? {
    switch decimal.lowercased() {
    case "infinity", "inf": .infinity
    case "-infinity", "-inf": -.infinity
    case let name where name.contains("nan"): .nan
    default: nil
    }
  }

  /// nil when one of them is NaN, which neither equals nor precedes anything.
  func standing(to other: PythonNumber) -> Standing? {
    switch (self, other) {
    case (.int(let a), .int(let b)): return Standing(a, b)
    case (.float(let a), .float(let b)): return a.isNaN || b.isNaN ? nil : Standing(a, b)
    // Integers this small are exact as doubles; the usual case, and a cheap one.
    case (.int(let a), .float(let b)) where a.magnitude < 1 << 53:
      return b.isNaN ? nil : Standing(Double(a), b)
    case (.float(let a), .int(let b)) where b.magnitude < 1 << 53:
      return a.isNaN ? nil : Standing(a, Double(b))
    default: break
    }
    guard let a = exact, let b = other.exact else {
      let (a, b) = (approximate, other.approximate)
      return a.isNaN || b.isNaN ? nil : Standing(a, b)
    }
    return Standing(a, b)
  }

  /// nil for NaN and infinities.
  private var exact: ExactDecimal? {
    switch self {
    case .int(let number): ExactDecimal(number)
    case .float(let number): ExactDecimal(number)
    case .exact(let number): number
    }
  }

  /// Only for comparing with an infinity or NaN, where every finite number may stand as 0.
  private var approximate: Double {
    if case .float(let number) = self, !number.isFinite { number } else { 0 }
  }
}
