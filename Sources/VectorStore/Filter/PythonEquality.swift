extension MetadataValue {
  /// Python's `self == other`: 3 == 3.0, True == 1, "3" != 3, NaN != NaN, [1] != (1,).
  ///
  /// Numbers compare by exact value, moments by instant, sets without order; other foreign values are
  /// equal when kind and fields are.
  func isPythonEqual(to other: MetadataValue) -> Bool {
    switch (self, other) {
    case (.string(let a), .string(let b)): return a.hasSameCodePoints(as: b)
    case (.int(let a), .int(let b)): return a == b
    case (.null, .null): return true
    case (.list(let a), .list(let b)), (.tuple(let a), .tuple(let b)):
      return a.count == b.count && zip(a, b).allSatisfy { $0.isPythonEqual(to: $1) }
    case (.null, _), (_, .null): return false
    default: break
    }
    if let a = PythonNumber(plain), let b = PythonNumber(other.plain) {
      return a.standing(to: b) == .equal
    }
    if let a = pythonDictionary, let b = other.pythonDictionary { return a.isPythonEqual(to: b) }
    switch (plain, other.plain) {
    case (.foreign(let a), .foreign(let b)): return a.isPythonEqual(to: b)
    case (.string(let a), .string(let b)): return a.hasSameCodePoints(as: b)
    default: return false
    }
  }

  /// A numpy scalar as the number, truth or text that it holds; every other value itself.
  var plain: MetadataValue {
    guard case .foreign(let value) = self, value.kind.hasPrefix("numpy."),
      value.kind != "numpy.datetime64", value.kind != "numpy.timedelta64"
    else { return self }
    switch value.fields["v"] {
    case .bool(let truth)?: return .bool(truth)
    case .int(let number)?: return .int(number)
    case .float(let number)?: return .float(number)
    case .string(let text)?: return .string(text)
    case .foreign(let number)? where number.kind == "int": return .foreign(number)
    default: return self
    }
  }

  /// The content of a `dict` or one of its subclasses in the standard library.
  private var pythonDictionary: Metadata? {
    switch self {
    case .dictionary(let content): return content
    case .foreign(let value) where ["OrderedDict", "Counter", "defaultdict"].contains(value.kind):
      guard case .list(let items)? = value.fields["items"] else { return nil }
      var pairs: [(MetadataValue, MetadataValue)] = []
      for case .list(let pair) in items where pair.count == 2 { pairs.append((pair[0], pair[1])) }
      return Metadata(pairs)
    default: return nil
    }
  }

  /// The members of a list, tuple, set, frozenset or deque; nil for any other value.
  var pythonElements: [MetadataValue]? {
    switch self {
    case .list(let elements), .tuple(let elements): return elements
    case .foreign(let value) where ["set", "frozenset", "deque"].contains(value.kind):
      guard case .list(let elements)? = value.fields["v"] else { return nil }
      return elements
    default: return nil
    }
  }

  /// The first value in here that Python cannot hash, which sets and dict look-ups refuse.
  var unhashablePart: MetadataValue? {
    switch self {
    case .list, .dictionary: return self
    case .tuple(let elements):
      for element in elements {
        if let part = element.unhashablePart { return part }
      }
      return nil
    case .foreign(let value):
      let kinds = ["set", "bytearray", "deque", "OrderedDict", "Counter", "defaultdict", "ndarray"]
      // Spelled out: in a ternary, nil would be the value `.null`.
      if kinds.contains(value.kind) { return self }
      return nil
    case .null, .bool, .int, .float, .string: return nil
    }
  }
}

extension ForeignValue {
  fileprivate func isPythonEqual(to other: ForeignValue) -> Bool {
    if let a = PythonMoment(self), let b = PythonMoment(other) { return a == b }
    if isSet, other.isSet {
      let (a, b) = (MetadataValue.foreign(self).pythonElements, MetadataValue.foreign(other).pythonElements)
      guard let a, let b, a.count == b.count else { return false }
      return a.allSatisfy { element in b.contains { $0.isPythonEqual(to: element) } }
    }
    if isBytes, other.isBytes { return fields["hex"] == other.fields["hex"] }
    return kind == other.kind && fields == other.fields
  }

  private var isSet: Bool { kind == "set" || kind == "frozenset" }
  private var isBytes: Bool { kind == "bytes" || kind == "bytearray" }
}

extension Metadata {
  /// Python's `dict.get(key)`: the key by Python's equality; nil when it is missing.
  func pythonValue(of key: MetadataValue) -> MetadataValue? {
    entries.first { $0.key.isPythonEqual(to: key) }?.value
  }

  fileprivate func isPythonEqual(to other: Metadata) -> Bool {
    count == other.count
      && entries.allSatisfy { entry in
        other.pythonValue(of: entry.key).map { $0.isPythonEqual(to: entry.value) } ?? false
      }
  }
}

extension Text {
  /// Python's `==` of texts: the same code points.
  ///
  /// Swift's `==` would also equate canonically equivalent texts ("é" as one or two code points).
  func hasSameCodePoints(as other: Text) -> Bool {
    guard exact == nil, other.exact == nil else { return utf8 == other.utf8 }
    let (a, b) = (string.utf8, other.string.utf8)
    return a.count == b.count && a.elementsEqual(b)
  }

  /// Python's order of texts: by code point, which is the order of their UTF-8.
  func standing(to other: Text) -> Standing {
    if hasSameCodePoints(as: other) { return .equal }
    let isLess =
      exact == nil && other.exact == nil
      ? string.utf8.lexicographicallyPrecedes(other.string.utf8)
      : utf8.lexicographicallyPrecedes(other.utf8)
    return isLess ? .less : .greater
  }
}
