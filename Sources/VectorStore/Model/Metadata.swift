/// A document's metadata: a Python `dict`, in insertion order.
///
/// Keys are nearly always text.
///
/// Look-up is linear: real documents have a handful of keys.
public struct Metadata: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  public struct Entry: Sendable, Hashable {
    public var key: MetadataValue
    public var value: MetadataValue
  }

  public private(set) var entries: [Entry]

  /// Up to here looking at each key is quicker than a table.
  private static let fewKeys = 12

  /// Keeps the order given.
  ///
  /// A key that comes twice keeps its first place and takes its last value.
  public init(_ pairs: [(MetadataValue, MetadataValue)] = []) {
    entries = []
    entries.reserveCapacity(pairs.count)
    guard pairs.count > Self.fewKeys else {
      for (key, value) in pairs { self[key] = value }
      return
    }
    var places: [MetadataValue: Int] = [:]
    for (key, value) in pairs {
      if let place = places[key] {
        entries[place].value = value
      } else {
        places[key] = entries.count
        entries.append(Entry(key: key, value: value))
      }
    }
  }

  public init(dictionaryLiteral elements: (String, MetadataValue)...) {
    self.init(elements.map { (.string(Text($0.0)), $0.1) })
  }

  public var isEmpty: Bool { entries.isEmpty }
  public var count: Int { entries.count }

  public subscript(key: MetadataValue) -> MetadataValue? {
    get { entries.first { $0.key == key }?.value }
    set {
      let place = entries.firstIndex { $0.key == key }
      switch (place, newValue) {
      case (let place?, let value?): entries[place].value = value
      case (let place?, nil): entries.remove(at: place)
      case (nil, let value?): entries.append(Entry(key: key, value: value))
      case (nil, nil): break
      }
    }
  }

  public subscript(key: String) -> MetadataValue? {
    get { self[.string(Text(key))] }
    set { self[.string(Text(key))] = newValue }
  }
}
