/// One of the six comparisons of values.
public enum Comparison: String, Sendable, Hashable, CaseIterable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="

  /// Whether two values that stand so to each other satisfy the comparison.
  func holds(_ standing: Standing) -> Bool {
    switch self {
    case .equal: standing == .equal
    case .notEqual: standing != .equal
    case .less: standing == .less
    case .lessOrEqual: standing != .greater
    case .greater: standing == .greater
    case .greaterOrEqual: standing != .less
    }
  }
}

extension MetadataValue {
  /// Python's `self <comparison> other`.
  ///
  /// - Throws: ``FilterError`` of code `type`, with Python's words, when an order is asked of values that
  ///   have none.
  func satisfies(_ comparison: Comparison, _ other: MetadataValue) throws(FilterError) -> Bool {
    switch comparison {
    case .equal: return isPythonEqual(to: other)
    case .notEqual: return !isPythonEqual(to: other)
    case .less, .lessOrEqual, .greater, .greaterOrEqual: break
    }
    let (a, b) = (plain, other.plain)
    if let a = PythonNumber(a), let b = PythonNumber(b) {
      return a.standing(to: b).map(comparison.holds) ?? false
    }
    switch (a, b) {
    case (.string(let a), .string(let b)):
      return comparison.holds(a.standing(to: b))
    case (.list(let a), .list(let b)), (.tuple(let a), .tuple(let b)):
      // Python orders sequences by their first unequal elements, else by length.
      for (one, another) in zip(a, b) where !one.isPythonEqual(to: another) {
        return try one.satisfies(comparison, another)
      }
      return comparison.holds(Standing(a.count, b.count))
    case (.foreign(let a), .foreign(let b)):
      if let holds = try a.satisfies(comparison, b) { return holds }
    default: break
    }
    throw FilterError.unordered(comparison, a, b)
  }
}

extension ForeignValue {
  /// nil when the two have no order.
  fileprivate func satisfies(
    _ comparison: Comparison, _ other: ForeignValue
  ) throws(FilterError) -> Bool? {
    if let a = PythonMoment(self), let b = PythonMoment(other) {
      if let standing = a.standing(to: b) { return comparison.holds(standing) }
      if a.kind == b.kind {
        let noun = a.kind == .time ? "times" : "datetimes"
        throw FilterError(code: .type, message: "can't compare offset-naive and offset-aware \(noun)")
      }
      if a.kind == .datetime || b.kind == .datetime, a.kind != .time, b.kind != .time {
        throw FilterError(code: .type, message: "can't compare datetime.datetime to datetime.date")
      }
      return nil
    }
    if let a = duration, let b = other.duration {
      return a == b ? comparison.holds(.equal) : comparison.holds(a < b ? .less : .greater)
    }
    if let a = sortableText, let b = other.sortableText, a.kind == b.kind {
      return comparison.holds(a.text.standing(to: b.text))
    }
    return nil
  }

  private var duration: (Int, Int, Int)? {
    guard kind == "timedelta", case .int(let days)? = fields["days"],
      case .int(let seconds)? = fields["seconds"], case .int(let microseconds)? = fields["microseconds"]
    else { return nil }
    return (days, seconds, microseconds)
  }

  /// Hexadecimal digits order as the bytes, and canonical UUIDs as the numbers, that they spell.
  private var sortableText: (kind: String, text: Text)? {
    switch kind {
    case "bytes", "bytearray":
      if case .string(let hex)? = fields["hex"] { return ("bytes", hex) }
    case "UUID":
      if case .string(let text)? = fields["v"] { return (kind, text) }
    default: break
    }
    return nil
  }
}

extension MetadataValue {
  /// The name that Python's messages give the type of the value.
  var pythonTypeName: String {
    switch self {
    case .null: "NoneType"
    case .bool: "bool"
    case .int: "int"
    case .float: "float"
    case .string: "str"
    case .list: "list"
    case .tuple: "tuple"
    case .dictionary: "dict"
    case .foreign(let value):
      switch value.kind {
      case "datetime", "date", "time", "timedelta": "datetime.\(value.kind)"
      case "Decimal": "decimal.Decimal"
      case "OrderedDict", "defaultdict", "deque": "collections.\(value.kind)"
      case "ndarray": "numpy.ndarray"
      case "path": "PosixPath"
      default: value.kind
      }
    }
  }
}

extension FilterError {
  fileprivate static func unordered(
    _ comparison: Comparison, _ a: MetadataValue, _ b: MetadataValue
  ) -> FilterError {
    FilterError(
      code: .type,
      message: "'\(comparison.rawValue)' not supported between instances of "
        + "'\(a.pythonTypeName)' and '\(b.pythonTypeName)'")
  }
}
