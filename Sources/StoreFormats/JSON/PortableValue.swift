import Pickle
import VectorStore

/// Values on their way through JSON and back, with nothing lost.
///
/// What the tagged form alone cannot make again carries its piece of pickle as hexadecimal digits under "pickle".
/// Read back, such a piece goes through the pickle reader like any other: it is data, and what is forbidden is
/// refused.
extension MetadataValue {
  /// The value as it goes into JSON.
  func portable() -> MetadataValue {
    switch self {
    case .list(let items): return .list(items.map { $0.portable() })
    case .tuple(let items): return .tuple(items.map { $0.portable() })
    case .dictionary(let items): return .dictionary(items.portable())
    case .foreign(let value):
      var bare = value
      bare = ForeignValue(kind: bare.kind, summary: bare.summary, fields: bare.fields, encoded: [])
      if let remade = try? MetadataValue.foreign(bare).storable(), remade == self { return .foreign(bare) }
      var fields = value.fields
      fields["pickle"] = .string(Text(hexadecimal(value.encoded)))
      return .foreign(
        ForeignValue(kind: value.kind, summary: value.summary, fields: fields, encoded: []))
    default: return self
    }
  }

  /// The value as it was before ``portable()``, from JSON.
  ///
  /// Throws ``StoreFormatError`` for a piece of pickle that is refused, and `.unsupported` for kinds that cannot
  /// be made.
  func restored() throws(StoreFormatError) -> MetadataValue {
    switch self {
    case .list(let items): return .list(try Self.restored(items))
    case .tuple(let items): return .tuple(try Self.restored(items))
    case .dictionary(let items): return .dictionary(try items.restored())
    case .foreign(let value):
      guard case .string(let digits)? = value.fields["pickle"] else { return try storable() }
      return try MetadataValue(try PickleValue(fragmentDigits: digits.string))
    default: return self
    }
  }

  private static func restored(_ items: [MetadataValue]) throws(StoreFormatError) -> [MetadataValue] {
    var result: [MetadataValue] = []
    for item in items { result.append(try item.restored()) }
    return result
  }
}

extension Metadata {
  func portable() -> Metadata { Metadata(entries.map { ($0.key.portable(), $0.value.portable()) }) }

  func restored() throws(StoreFormatError) -> Metadata {
    var pairs: [(MetadataValue, MetadataValue)] = []
    for entry in entries { pairs.append((try entry.key.restored(), try entry.value.restored())) }
    return Metadata(pairs)
  }
}

extension PickleValue {
  /// A piece of pickle, as ``PickleWriter/fragment(of:)`` makes it, from its hexadecimal digits.
  init(fragmentDigits digits: String) throws(StoreFormatError) {
    guard let bytes = [UInt8](hex: digits) else {
      throw StoreFormatError(.badData, "\"pickle\": expected pairs of hexadecimal digits")
    }
    do throws(PickleError) {
      self = try PickleReader.read([0x80, 4] + bytes + [UInt8(ascii: ".")]).value
    } catch {
      throw StoreFormatError(error, in: "\"pickle\"")
    }
  }
}
