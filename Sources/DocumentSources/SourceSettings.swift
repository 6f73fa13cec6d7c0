/// How files are read.
public struct SourceSettings: Sendable, Hashable {
  /// The JSON field or CSV column with the text; nil takes the first of "content", "page_content", "text".
  public var textField: String?
  /// The JSON field or CSV column with the id; nil takes "id" of JSON records and no column of a CSV.
  public var idField: String?
  /// Leaves out bad records and bad files, and counts them, instead of stopping at the first.
  public var skipsBad: Bool
  /// Puts U+FFFD in the place of bytes that are not UTF-8, and counts them, instead of refusing them.
  public var replacesInvalidUTF8: Bool
  /// Reads numbers and booleans in CSV columns as such; else all columns are text.
  public var typesColumns: Bool

  public init(
    textField: String? = nil, idField: String? = nil, skipsBad: Bool = false,
    replacesInvalidUTF8: Bool = false, typesColumns: Bool = true
  ) {
    self.textField = textField
    self.idField = idField
    self.skipsBad = skipsBad
    self.replacesInvalidUTF8 = replacesInvalidUTF8
    self.typesColumns = typesColumns
  }

  static let textFields = ["content", "page_content", "text"]
}
