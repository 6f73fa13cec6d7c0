import StoreFormats
import VectorStore

/// A record a document (RFC 4180): "id", "content", then a column for each metadata key, those seen first in front.
///
/// Results begin with "rank" and "score"; vectors are a list in the last column. Text is as it is, lists and dicts
/// are JSON, other values what people read; a missing key, none and an empty text are an empty field. What no text
/// file can hold, NUL and lone surrogates, is U+FFFD.
struct CSVExport: ExportForm {
  private let isRanked: Bool
  private let hasVectors: Bool
  private var keys: [MetadataValue] = []
  private var known: Set<MetadataValue> = []

  let needsSurvey = true

  init(isRanked: Bool, hasVectors: Bool) {
    self.isRanked = isRanked
    self.hasVectors = hasVectors
  }

  func head() -> String { "" }

  mutating func survey(_ row: ExportRow) -> String {
    for entry in row.document.metadata.entries where known.insert(entry.key).inserted {
      keys.append(entry.key)
    }
    return ""
  }

  func body() -> String {
    var names = isRanked ? ["rank", "score"] : []
    names += ["id", "content"]
    let last = hasVectors ? ["vector"] : []
    // A reader takes a name that comes twice for a mistake.
    var taken = Set(names + last)
    for key in keys {
      let plain = Self.field(key)
      var name = plain.isEmpty || taken.contains(plain) ? "metadata.\(plain)" : plain
      while !taken.insert(name).inserted { name += "_" }
      names.append(name)
    }
    return Self.record(names + last)
  }

  func text(of row: ExportRow) -> String {
    var fields = isRanked ? [row.rank.map { "\($0)" } ?? "", row.score.map { "\($0)" } ?? ""] : []
    fields += [row.document.id.text, row.document.content.string]
    fields += keys.map { row.document.metadata[$0].map(Self.field) ?? "" }
    if hasVectors { fields.append(MetadataValue(vector: row.vector).json) }
    return Self.record(fields)
  }

  private static func field(_ value: MetadataValue) -> String {
    switch value {
    case .null: ""
    case .list, .tuple, .dictionary: value.json
    default: value.displayText
    }
  }

  private static func record(_ fields: [String]) -> String {
    fields.map(quoted).joined(separator: ",") + "\r\n"
  }

  private static func quoted(_ field: String) -> String {
    var isPlain = true
    var hasNUL = false
    for byte in field.utf8 {
      switch byte {
      case 0: hasNUL = true
      case UInt8(ascii: "\""), UInt8(ascii: ","), 0x0a, 0x0d: isPlain = false
      default: break
      }
    }
    var field = field
    if hasNUL {
      field = String(String.UnicodeScalarView(field.unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 }))
    }
    if isPlain { return field }
    var text = "\""
    for scalar in field.unicodeScalars {
      if scalar == "\"" { text.unicodeScalars.append(scalar) }
      text.unicodeScalars.append(scalar)
    }
    return text + "\""
  }
}
