/// A Python `int` of any size.
public struct PickleInteger: Sendable, Hashable {
  /// Little-endian two's complement in the fewest bytes; empty for zero.
  public let bytes: [UInt8]

  /// Takes little-endian two's complement of any length; superfluous sign bytes are dropped.
  public init(bytes: some Collection<UInt8>) {
    var bytes = Array(bytes)
    bytes.removeLast(bytes.count - bytes.withUnsafeBytes(Self.significantCount))
    self.bytes = bytes
  }

  public init(_ value: Int) {
    self.init(bytes: withUnsafeBytes(of: value.littleEndian) { Array($0) })
  }

  /// The value, if it fits 64 bits.
  public var int: Int? {
    bytes.count <= 8 ? bytes.withUnsafeBytes(Self.int) : nil
  }

  /// True for values below zero.
  public var isNegative: Bool { (bytes.last ?? 0) & 0x80 != 0 }

  /// How many bytes are left without superfluous sign bytes.
  static func significantCount(_ bytes: UnsafeRawBufferPointer) -> Int {
    var count = bytes.count
    while count > 1 {
      let sign = bytes[count - 2] & 0x80
      guard bytes[count - 1] == (sign == 0 ? 0 : 0xFF) else { return count }
      count -= 1
    }
    return count == 1 && bytes[0] == 0 ? 0 : count
  }

  /// The value of at most eight bytes.
  static func int(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard let last = bytes.last else { return 0 }
    var value: UInt64 = last & 0x80 == 0 ? 0 : .max
    for byte in bytes.reversed() { value = value << 8 | UInt64(byte) }
    return Int(truncatingIfNeeded: value)
  }
}

extension PickleInteger {
  /// Nineteen digits fit a word, so that both directions go through the text in steps of 10^18.
  private static let step = 18
  private static let stepPower: UInt64 = 1_000_000_000_000_000_000

  /// Reads ASCII digits with an optional sign; nil when there is anything else or nothing.
  ///
  /// Complexity: quadratic in the number of digits; bound them first.
  public init?(decimal text: some Collection<UInt8>) {
    let negative = text.first == UInt8(ascii: "-")
    var digits = Array(text)
    if negative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
    guard !digits.isEmpty, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    var limbs: [UInt64] = []
    var position = 0
    while position < digits.count {
      let count = (digits.count - position - 1) % Self.step + 1
      var carry: UInt64 = 0
      var power: UInt64 = 1
      for digit in digits[position..<position + count] {
        carry = carry * 10 + UInt64(digit - 48)
        power *= 10
      }
      for place in limbs.indices {
        let product = limbs[place].multipliedFullWidth(by: power)
        let (low, overflow) = product.low.addingReportingOverflow(carry)
        limbs[place] = low
        carry = product.high + (overflow ? 1 : 0)
      }
      if carry != 0 { limbs.append(carry) }
      position += count
    }
    if negative { Self.negate(&limbs) }
    let filler: UInt8 = negative && !limbs.isEmpty ? 0xFF : 0
    var bytes = limbs.flatMap { limb in (0..<8).map { UInt8(truncatingIfNeeded: limb >> (8 * $0)) } }
    bytes.append(filler)
    self.init(bytes: bytes)
  }

  /// The value in decimal digits, with "-" before negative ones.
  ///
  /// Complexity: quadratic in the number of digits.
  public var decimal: String {
    var limbs: [UInt64] = []
    let filler: UInt8 = isNegative ? 0xFF : 0
    for start in stride(from: 0, to: bytes.count, by: 8) {
      let word = (0..<8).map { start + $0 < bytes.count ? bytes[start + $0] : filler }
      limbs.append(word.reversed().reduce(0) { $0 << 8 | UInt64($1) })
    }
    if isNegative { Self.negate(&limbs) }
    var groups: [UInt64] = []
    while !limbs.isEmpty {
      var remainder: UInt64 = 0
      for place in limbs.indices.reversed() {
        (limbs[place], remainder) = Self.stepPower.dividingFullWidth((remainder, limbs[place]))
      }
      while limbs.last == 0 { limbs.removeLast() }
      groups.append(remainder)
    }
    guard let first = groups.popLast() else { return "0" }
    let tail = groups.reversed().map { group in
      let digits = String(group)
      return String(repeating: "0", count: Self.step - digits.count) + digits
    }
    return (isNegative ? "-" : "") + String(first) + tail.joined()
  }

  private static func negate(_ limbs: inout [UInt64]) {
    var carry = true
    for place in limbs.indices {
      let (sum, overflow) = (~limbs[place]).addingReportingOverflow(carry ? 1 : 0)
      limbs[place] = sum
      carry = overflow
    }
  }
}
