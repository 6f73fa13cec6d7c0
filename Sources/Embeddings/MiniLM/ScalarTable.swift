/// How HuggingFace's BERT normaliser treats each Unicode scalar.
///
/// Source: the behaviour of `tokenizers` 0.23 (clean text, Chinese characters, accents, lower case), read from
/// it scalar by scalar; later versions of Unicode do not change it.
struct ScalarTable: Sendable {
  struct Class: OptionSet {
    let rawValue: UInt8
    /// It vanishes.
    static let dropped = Class(rawValue: 1)
    /// It parts words.
    static let space = Class(rawValue: 2)
    /// It is a word of its own, before it is mapped.
    static let ideograph = Class(rawValue: 4)
    /// It is a word of its own, after mapping.
    static let punctuation = Class(rawValue: 8)
    /// Other scalars stand for it.
    static let mapped = Class(rawValue: 16)
  }

  static let standard = ScalarTable()

  private let classes: [UInt8]
  private let mappings: [UInt32: [UInt32]]

  private init() {
    var classes = [UInt8](repeating: 0, count: 0x110000)
    var mappings: [UInt32: [UInt32]] = [:]
    func mark(_ text: StaticString, _ kind: Class) {
      var words = HexWords(text)
      while let word = words.next() {
        for scalar in word[0]...(word.count > 1 ? word[1] : word[0]) { classes[Int(scalar)] |= kind.rawValue }
      }
    }
    func map(_ scalar: UInt32, _ others: [UInt32]) {
      classes[Int(scalar)] |= Class.mapped.rawValue
      mappings[scalar] = others
    }
    mark(ScalarTableData.dropped, .dropped)
    mark(ScalarTableData.spaces, .space)
    mark(ScalarTableData.ideographs, .ideograph)
    mark(ScalarTableData.punctuation, .punctuation)
    var shifts = HexWords(ScalarTableData.shifted)
    while let shift = shifts.next() {
      for scalar in stride(from: shift[0], through: shift[1], by: Int(shift[2])) {
        map(scalar, [scalar &+ shift[3]])
      }
    }
    var several = HexWords(ScalarTableData.decomposed)
    while let word = several.next() { map(word[0], Array(word.dropFirst())) }
    for syllable in Hangul.syllables { classes[Int(syllable)] |= Class.mapped.rawValue }
    self.classes = classes
    self.mappings = mappings
  }

  /// Precondition: a Unicode scalar value.
  @inline(__always) func kind(of scalar: UInt32) -> Class { Class(rawValue: classes[Int(scalar)]) }

  /// What stands for a mapped scalar.
  func mapping(of scalar: UInt32) -> [UInt32] {
    Hangul.syllables.contains(scalar) ? Hangul.decomposed(scalar) : mappings[scalar] ?? [scalar]
  }
}

/// Syllables of Hangul, which decompose by arithmetic (The Unicode Standard, section 3.12).
private enum Hangul {
  static let syllables: ClosedRange<UInt32> = 0xAC00...0xD7A3

  static func decomposed(_ syllable: UInt32) -> [UInt32] {
    let place = syllable - syllables.lowerBound
    let letters = [0x1100 + place / 588, 0x1161 + place % 588 / 28]
    return place % 28 == 0 ? letters : letters + [0x11A7 + place % 28]
  }
}

/// Words parted by blanks and line breaks, each a group of hexadecimal numbers with other signs between them;
/// a minus after a colon makes a number negative.
private struct HexWords: IteratorProtocol {
  private let text: UnsafeBufferPointer<UInt8>
  private var place = 0

  init(_ text: StaticString) {
    self.text = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
  }

  mutating func next() -> [UInt32]? {
    var numbers: [UInt32] = []
    var number: UInt32?
    var isNegative = false
    var before: UInt8 = 0
    func finished(_ value: UInt32) -> UInt32 { isNegative ? 0 &- value : value }
    while place < text.count {
      let byte = text[place]
      place += 1
      if let digit = Self.digit(byte) {
        number = (number ?? 0) << 4 | digit
      } else {
        if let value = number { numbers.append(finished(value)) }
        number = nil
        isNegative = byte == UInt8(ascii: "-") && before == UInt8(ascii: ":")
        if byte <= 0x20, !numbers.isEmpty { return numbers }
      }
      before = byte
    }
    if let value = number { numbers.append(finished(value)) }
    return numbers.isEmpty ? nil : numbers
  }

  private static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    default: nil
    }
  }
}
