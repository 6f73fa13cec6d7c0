/// A finite number by its exact value, however long: digits × 10^exponent.
///
/// Python compares integers, floats and decimals by exact value (`10**23 != 1e23`); this is the common
/// ground for the pairs that 64-bit arithmetic cannot compare.
struct ExactDecimal: Hashable {
  private let isNegative: Bool
  /// Most significant first, without zeros at either end; empty for zero.
  private let digits: [UInt8]
  private let exponent: Int

  /// Reads what Python's `int` and `Decimal` print for finite numbers; nil for anything else.
  init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    var digits: [UInt8] = []
    var exponent = 0
    var hasPoint = false
    while let byte = rest.first, byte | 0x20 != UInt8(ascii: "e") {
      rest.removeFirst()
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits.append(byte - UInt8(ascii: "0"))
        if hasPoint { exponent -= 1 }
      case UInt8(ascii: ".") where !hasPoint: hasPoint = true
      default: return nil
      }
    }
    guard !digits.isEmpty else { return nil }
    if !rest.isEmpty {
      // Python's own bound on exponents is 10^18; far inside Int, so that sums below cannot overflow.
      guard let power = Int(String(decoding: rest.dropFirst(), as: UTF8.self)), power.magnitude < 1 << 61
      else { return nil }
      exponent += power
    }
    self.init(isNegative: isNegative, digits: digits, exponent: exponent)
  }

  init(_ number: Int) {
    let digits = String(number.magnitude).utf8.map { $0 - UInt8(ascii: "0") }
    self.init(isNegative: number < 0, digits: digits, exponent: 0)
  }

  /// The exact value of a finite double; nil for NaN and infinities.
  init?(_ number: Double) {
    guard number.isFinite else { return nil }
    guard number != 0 else {
      self.init(isNegative: false, digits: [], exponent: 0)
      return
    }
    // |number| = significand × 2^power with an odd significand; and 2^-n = 5^n × 10^-n.
    let power = Int(number.exponent) - number.significandWidth
    let bits = number.significandBitPattern | (number.isNormal ? 1 << 52 : 0)
    let significand = bits >> bits.trailingZeroBitCount
    var digits = String(significand).utf8.reversed().map { $0 - UInt8(ascii: "0") }
    for _ in 0..<power.magnitude { digits.multiply(by: power < 0 ? 5 : 2) }
    self.init(isNegative: number < 0, digits: digits.reversed(), exponent: min(power, 0))
  }

  private init(isNegative: Bool, digits: [UInt8], exponent: Int) {
    var significant = digits.drop { $0 == 0 }
    var exponent = exponent
    while significant.last == 0 {
      significant.removeLast()
      exponent += 1
    }
    self.isNegative = isNegative && !significant.isEmpty
    self.digits = Array(significant)
    self.exponent = significant.isEmpty ? 0 : exponent
  }

  private func isSmallerInMagnitude(than other: ExactDecimal) -> Bool {
    guard !digits.isEmpty, !other.digits.isEmpty else { return digits.count < other.digits.count }
    let place = digits.count + exponent
    let otherPlace = other.digits.count + other.exponent
    return place == otherPlace ? digits.lexicographicallyPrecedes(other.digits) : place < otherPlace
  }
}

extension ExactDecimal: Comparable {
  static func < (a: ExactDecimal, b: ExactDecimal) -> Bool {
    switch (a.isNegative, b.isNegative) {
    case (true, false): true
    case (false, true): false
    case (false, false): a.isSmallerInMagnitude(than: b)
    case (true, true): b.isSmallerInMagnitude(than: a)
    }
  }
}

extension [UInt8] {
  /// Multiplies decimal digits, least significant first, by a small factor.
  fileprivate mutating func multiply(by factor: UInt8) {
    var carry: UInt8 = 0
    for place in indices {
      let product = self[place] * factor + carry
      self[place] = product % 10
      carry = product / 10
    }
    if carry > 0 { append(carry) }
  }
}
