/// The four characters by which faiss names what follows in a file; the first stands in the lowest byte.
struct FourCC: Hashable, Sendable, ExpressibleByStringLiteral {
  let code: UInt32

  init(_ code: UInt32) {
    self.code = code
  }

  init(stringLiteral text: StaticString) {
    precondition(text.utf8CodeUnitCount == 4, "a four-character code has four characters")
    code = text.withUTF8Buffer { $0.reversed().reduce(0) { $0 << 8 | UInt32($1) } }
  }

  /// The characters, with a dot for each that is not printable ASCII: the text comes from a stranger's file.
  var text: String {
    let characters = (0..<4).map { place -> Character in
      let byte = UInt8(truncatingIfNeeded: code >> (8 * place))
      return (0x20..<0x7f).contains(byte) ? Character(UnicodeScalar(byte)) : "."
    }
    return String(characters)
  }
}
