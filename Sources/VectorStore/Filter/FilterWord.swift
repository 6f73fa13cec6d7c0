/// What words mean in Fathom's filter language.
enum FilterWord {
  /// Words of the grammar; a key or text of this spelling needs quotes.
  static let reserved: Set<String> = ["and", "or", "not", "in", "has", "is", "exists"]
  /// Words that are values.
  static let constants: [String: MetadataValue] = [
    "true": true, "false": false, "none": .null, "null": .null,
  ]

  /// A number as JSON writes it, a sign allowed; nil for any other word.
  static func number(_ word: String) -> MetadataValue? {
    let unsigned = word.first == "+" ? String(word.dropFirst()) : word
    var reader = JSONReader(Array(unsigned.utf8))
    switch try? reader.wholeDocument() {
    case .int(let number)?: return .int(number)
    case .float(let number)? where number.isFinite: return .float(number)
    case .foreign(let number)? where number.kind == "int": return .foreign(number)
    default: return nil
    }
  }

  /// The type that `is` asks for: the words of ``MetadataValue/typeName`` and a few others for them.
  static func type(_ word: String) -> String {
    switch word.lowercased() {
    case "null", "none": "none"
    case "str", "string", "text": "text"
    case "boolean", "bool": "bool"
    case "dictionary", "dict": "dict"
    default: word
    }
  }

  /// Whether a key needs no backquotes: it starts like a name and holds no dot.
  static func isPlainKey(_ key: String) -> Bool {
    let scalars = key.unicodeScalars
    guard let first = scalars.first, first == "_" || first.properties.isAlphabetic,
      FilterLexer.isWordScalar(first), !FilterLexer.isMark(first)
    else { return false }
    let isWord = scalars.indices.allSatisfy { place in
      switch scalars[place] {
      case "-", "+": true
      case ":": scalars[scalars.index(after: place)...].first.map(FilterLexer.isWordScalar) ?? false
      default: FilterLexer.isWordScalar(scalars[place])
      }
    }
    let word = key.lowercased()
    return isWord && !reserved.contains(word) && constants[word] == nil
  }
}
