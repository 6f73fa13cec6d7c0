/// Bytes checked for being UTF-8.
struct UTF8Repair {
  /// The text, with U+FFFD in the place of every broken sequence.
  let string: String
  /// The offset of the first broken sequence; nil when there is none.
  let firstBroken: Int?
  /// How many broken sequences there are.
  let brokenCount: Int

  init(_ bytes: [UInt8]) {
    if let valid = String(validating: bytes, as: UTF8.self) {
      string = valid
      firstBroken = nil
      brokenCount = 0
      return
    }
    var repaired = String.UnicodeScalarView()
    var first: Int?
    var count = 0
    var offset = 0
    var parser = Unicode.UTF8.ForwardParser()
    var input = bytes.makeIterator()
    parsing: while true {
      switch parser.parseScalar(from: &input) {
      case .valid(let encoded):
        repaired.append(Unicode.UTF8.decode(encoded))
        offset += encoded.count
      case .error(let length):
        first = first ?? offset
        count += 1
        repaired.append("\u{fffd}")
        offset += length
      case .emptyInput: break parsing
      }
    }
    string = String(repaired)
    firstBroken = first
    brokenCount = count
  }
}
