import Pickle
import VectorStore

extension PickleValue {
  /// The pairs of a dict or of a dict's subclass (`OrderedDict`, `defaultdict`).
  var dictionaryItems: [PickleEntry]? {
    switch self {
    case .dict(let pairs): return pairs
    case .object(let object):
      guard let name = object.className, name.hasPrefix("collections.") else { return nil }
      if !object.dictItems.isEmpty { return object.dictItems }
      // Protocol 0 and 1 hand OrderedDict a list of pairs.
      guard case .list(let pairs)? = object.arguments.first else { return [] }
      return pairs.compactMap { pair in
        switch pair {
        case .list(let two) where two.count == 2, .tuple(let two) where two.count == 2:
          PickleEntry(two[0], two[1])
        default: nil
        }
      }
    default: return nil
    }
  }

  /// The value of an `int`, a `bool`, or a numpy integer.
  var integer: Int? {
    switch self {
    case .int(let value): return value
    case .bool(let value): return value ? 1 : 0
    case .object(let object):
      guard case .int(let value)? = NumPyScalar(object)?.value else { return nil }
      return value
    default: return nil
    }
  }

  /// A self-contained piece of pickle that makes this value again.
  func fragment() throws(StoreFormatError) -> [UInt8] {
    do { return try PickleWriter.fragment(of: self) } catch {
      throw StoreFormatError(.badData, error.message)
    }
  }
}

extension PickleObject {
  /// "module.name" of what makes the object; nil when that is not a plain name.
  var className: String? {
    global?.description
  }
}

extension Text {
  init(_ text: PickleString) {
    if let string = text.string { self.init(string) } else { self.init(utf8: text.bytes) }
  }
}

extension Metadata {
  init(_ pairs: [PickleEntry]) throws(StoreFormatError) {
    var converted: [(MetadataValue, MetadataValue)] = []
    converted.reserveCapacity(pairs.count)
    for pair in pairs {
      converted.append((try MetadataValue(pair.key), try MetadataValue(pair.value)))
    }
    self.init(converted)
  }
}
