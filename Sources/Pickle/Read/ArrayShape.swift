/// What numpy's type codes and shapes say about the size of the data that must come with them.
enum ArrayShape {
  /// Whether a type code stands for references to Python objects, whose data would be code.
  static func isObject(_ code: String) -> Bool { code.contains("O") || code.isEmpty }

  /// The bytes of one element; nil for a code that numpy does not write.
  static func itemSize(_ code: String) -> Int? {
    let bare = code.first.map { "<>|=".contains($0) } ?? false ? code.dropFirst() : code[...]
    guard let kind = bare.first, "biufcSUVMm?".contains(kind) else { return nil }
    let digits = bare.dropFirst().prefix { $0.isASCII && $0.isNumber }
    let unit = bare.dropFirst(1 + digits.count)
    guard unit.isEmpty || ("Mm".contains(kind) && unit.first == "[" && unit.last == "]") else { return nil }
    if kind == "?" { return digits.isEmpty ? 1 : nil }
    guard let size = Int(digits) else { return nil }
    return kind == "U" ? size.multipliedReportingOverflow(by: 4).partialValue : size
  }

  /// The bytes that elements of a shape take; nil when they overflow or a length is negative.
  static func byteCount(shape: [PickleValue], itemSize: Int) -> Int? {
    var total = itemSize
    for length in shape {
      guard case .int(let length) = length, length >= 0 else { return nil }
      let (product, overflow) = total.multipliedReportingOverflow(by: length)
      if overflow { return nil }
      total = product
    }
    return total
  }
}
