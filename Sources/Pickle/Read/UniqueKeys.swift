/// Python's rules for the keys of dictionaries and the elements of sets.
///
/// A repeated key keeps its first place and takes its last value; `True`, `1` and `1.0` are one key.
enum UniqueKeys {
  private static let fewKeys = 8

  static func entries(_ entries: [PickleEntry], at offset: Int) throws(PickleError) -> [PickleEntry] {
    for entry in entries { try requireHashable(entry.key, at: offset) }
    guard hasRepeats(entries.count, key: { entries[$0].key }) else { return entries }
    var unique: [PickleEntry] = []
    var places: [PickleValue: Int] = [:]
    for entry in entries {
      let key = comparable(entry.key)
      if let place = places[key] {
        unique[place].value = entry.value
      } else {
        places[key] = unique.count
        unique.append(entry)
      }
    }
    return unique
  }

  static func elements(_ values: [PickleValue], at offset: Int) throws(PickleError) -> [PickleValue] {
    for value in values { try requireHashable(value, at: offset) }
    guard hasRepeats(values.count, key: { values[$0] }) else { return values }
    var seen: Set<PickleValue> = []
    return values.filter { seen.insert(comparable($0)).inserted }
  }

  private static func hasRepeats(_ count: Int, key: (Int) -> PickleValue) -> Bool {
    guard count > 1, !areAscending(count, key: key) else { return false }
    guard count > fewKeys else {
      return (1..<count).contains { later in
        let found = comparable(key(later))
        return (0..<later).contains { comparable(key($0)) == found }
      }
    }
    var seen = Set<PickleValue>(minimumCapacity: count)
    return (0..<count).contains { !seen.insert(comparable(key($0))).inserted }
  }

  /// The rows of a store's id map, the longest dictionaries of integers, come in this order.
  private static func areAscending(_ count: Int, key: (Int) -> PickleValue) -> Bool {
    var last = Int.min
    for place in 0..<count {
      guard case .int(let value) = key(place), value > last || place == 0 else { return false }
      last = value
    }
    return true
  }

  /// The value in which keys that Python holds equal are equal.
  private static func comparable(_ key: PickleValue) -> PickleValue {
    switch key {
    case .bool(let value): .int(value ? 1 : 0)
    case .float(let value): Int(exactly: value).map { .int($0) } ?? key
    default: key
    }
  }

  private static func requireHashable(_ key: PickleValue, at offset: Int) throws(PickleError) {
    switch key {
    case .list, .dict, .set, .byteArray:
      throw .malformed(
        "a \(key.typeName) as a key, which python cannot hash, in the container begun", at: offset)
    default: return
    }
  }
}
