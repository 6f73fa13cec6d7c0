/// Why a text is not the JSON of one value.
public struct JSONError: Error, Equatable, Sendable {
  /// What was expected and what was found, in lower case.
  public var message: String
  /// Where: a Character offset into the text.
  public var offset: Int

  public init(message: String, offset: Int) {
    self.message = message
    self.offset = offset
  }
}

extension MetadataValue {
  /// Reads one JSON value, alone in its text but for blanks.
  ///
  /// Integers stay integers (beyond 64 bits a foreign "int"), `1.0` stays a float, objects keep their
  /// order. `NaN`, `Infinity` and `-Infinity` are accepted as Python writes them. An object with a text
  /// under "$t" is a tagged value: `float`, `int`, `str`, `dict` and `tuple` become this type's own cases,
  /// every other kind a ``ForeignValue`` whose `encoded` is empty.
  ///
  /// - Throws: ``JSONError``, also when values nest deeper than 200.
  public init(json text: String) throws(JSONError) {
    var reader = JSONReader(Array(text.utf8))
    do {
      self = try reader.wholeDocument()
    } catch {
      throw JSONError(message: error.message, offset: text.characterOffset(ofByte: error.offset))
    }
  }

  /// The value as one line of JSON: plain where that loses nothing, tagged (`{"$t":…}`) where it would.
  ///
  /// Plain are null, booleans, integers below 2⁵³ in magnitude, finite floats (always with a point or an
  /// exponent), text without lone surrogates, lists, and dicts whose keys are all text and none is "$t".
  /// Characters that could steer a terminal are escaped. Reading it back gives the same value.
  public var json: String {
    var writer = JSONWriter()
    writer.write(self)
    return writer.text
  }

  /// An integer from its decimal digits, of any length; nil when the text is not an integer.
  static func integer(decimal text: some StringProtocol) -> MetadataValue? {
    if let small = Int(text) { return .int(small) }
    var digits = Substring(text)
    let isNegative = digits.first == "-"
    if isNegative || digits.first == "+" { digits.removeFirst() }
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    digits = digits.drop { $0 == "0" }
    if let small = Int((isNegative ? "-" : "") + digits) { return .int(small) }
    let canonical = (isNegative ? "-" : "") + digits
    return .foreign(
      ForeignValue(
        kind: "int", summary: canonical, fields: ["v": .string(Text(canonical))], encoded: []))
  }
}

extension String {
  /// How many Characters stand before a place given in UTF-8 bytes.
  func characterOffset(ofByte offset: Int) -> Int {
    let place = utf8.index(startIndex, offsetBy: offset, limitedBy: endIndex) ?? endIndex
    return self[..<place].count
  }
}
