import VectorStore

/// Words for people: what was found, in a few of its own words.
enum Example {
  /// The beginning of a text in quotation marks, spaces collapsed.
  static func quote(_ text: String, length: Int = 40) -> String {
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.count <= length ? "“\(words)”" : "“\(words.prefix(length - 1))…”"
  }

  /// The contents of the first rows, different ones: “5”, “[3]”.
  static func contents(of rows: [Int], in version: StoreVersion, limit: Int = 3) -> String {
    var quotes: [String] = []
    for row in rows.prefix(limit * 4) where quotes.count < limit {
      let quote = quote(version.document(atRow: row).content.string)
      if !quotes.contains(quote) { quotes.append(quote) }
    }
    return quotes.joined(separator: ", ") + (rows.count > quotes.count ? ", …" : "")
  }
}

/// "1 document", "1,204 documents".
enum Count {
  static func of(_ count: Int, _ noun: String) -> String {
    "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  static func grouped(_ count: Int) -> String {
    let digits = String(count)
    var result = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0 { result += "," }
      result.append(digit)
    }
    return result
  }

  /// A number with three digits that matter.
  static func number(_ value: Float) -> String {
    guard value.isFinite, value != 0 else { return "\(value)" }
    var (text, scale) = ("", Float(1))
    while abs(value) * scale < 100, scale < 1e6 { scale *= 10 }
    text = "\((value * scale).rounded() / scale)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
