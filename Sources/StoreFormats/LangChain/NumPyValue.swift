import Pickle
import VectorStore

/// A numpy `dtype` as pickled: kind, item size and byte order of plain numbers, text and times.
struct NumPyType {
  /// numpy's letter: b bool, i u integers, f floats, U text, S bytes, M datetime64, m timedelta64.
  var kind: Character
  var size: Int
  var isBigEndian: Bool
  /// The unit of a datetime64 or timedelta64 ("s", "D", …).
  var unit: String?

  init?(_ value: PickleValue) {
    guard case .object(let object) = value, object.className == "numpy.dtype",
      let code = object.arguments.first?.text, let letter = code.first,
      let size = Int(code.dropFirst()), "biufUSMm".contains(letter), size >= 0
    else { return nil }
    kind = letter
    self.size = size
    isBigEndian = false
    if case .tuple(let state)? = object.state, state.count >= 2 {
      isBigEndian = state[1].text == ">"
      if kind == "U" || kind == "S", state.count > 5, let width = state[5].integer, width >= 0 {
        self.size = width
      }
      if state.count > 8, case .tuple(let extra) = state[8], extra.count == 2,
        case .tuple(let unit) = extra[1]
      {
        self.unit = unit.first.flatMap { value in
          if case .bytes(let bytes) = value { String(decoding: bytes, as: UTF8.self) } else { value.text }
        }
      }
    }
    if kind == "U", size == Int(code.dropFirst()) { self.size = max(self.size, size * 4) }
  }

  /// As numpy writes it: "<f4", "|u1", "<U5", "<M8[s]".
  var description: String {
    let order = kind == "b" || kind == "S" || (size == 1 && kind != "U") ? "|" : isBigEndian ? ">" : "<"
    return "\(order)\(kind)\(kind == "U" ? size / 4 : size)" + (unit.map { "[\($0)]" } ?? "")
  }

  /// The name of a scalar of this type; numpy 2 renamed `bool_`.
  func scalarName(isNumPy2: Bool) -> String {
    switch kind {
    case "b": isNumPy2 ? "numpy.bool" : "numpy.bool_"
    case "i": "numpy.int\(size * 8)"
    case "u": "numpy.uint\(size * 8)"
    case "f": "numpy.float\(size * 8)"
    case "U": "numpy.str_"
    case "S": "numpy.bytes_"
    case "M": "numpy.datetime64"
    default: "numpy.timedelta64"
    }
  }

  /// One item.
  ///
  /// Nil for a size that numpy does not have.
  func value(_ bytes: ArraySlice<UInt8>) -> MetadataValue? {
    guard bytes.count == size else { return nil }
    let little = isBigEndian ? Array(bytes.reversed()) : Array(bytes)
    switch (kind, size) {
    case ("b", 1): return .bool(little[0] != 0)
    case ("i", 1...8), ("M", 8), ("m", 8):
      let bits = integer(little)
      let shift = 64 - 8 * size
      let number = Int(Int64(bitPattern: bits << UInt64(shift)) >> Int64(shift))
      return kind == "i" ? .int(number) : NumPyTime(kind, unit).value(number)
    case ("u", 1...8):
      let bits = integer(little)
      return Int(exactly: bits).map { .int($0) }
        ?? .foreign(
          ForeignValue(kind: "int", summary: "\(bits)", fields: ["v": .text("\(bits)")], encoded: []))
    case ("f", 2): return .float(Double(halfPrecision: UInt16(truncatingIfNeeded: integer(little))))
    case ("f", 4): return .float(Double(Float(bitPattern: UInt32(truncatingIfNeeded: integer(little)))))
    case ("f", 8): return .float(Double(bitPattern: integer(little)))
    case ("U", _) where size % 4 == 0:
      var text = ""
      for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: 4) {
        let unit = Array(bytes[start..<start + 4])
        let code = UInt32(truncatingIfNeeded: integer(isBigEndian ? unit.reversed() : unit))
        text.unicodeScalars.append(Unicode.Scalar(code) ?? "\u{FFFD}")
      }
      while text.unicodeScalars.last?.value == 0 { text.unicodeScalars.removeLast() }
      return .text(text)
    case ("S", _): return .text(hexadecimal(bytes))
    default: return nil
    }
  }

  private func integer(_ little: [UInt8]) -> UInt64 {
    little.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}

/// A numpy scalar: `numpy.core.multiarray.scalar(dtype, bytes)`.
struct NumPyScalar {
  var typeName: String
  var dtype: String
  var bytes: [UInt8]
  var value: MetadataValue

  init?(_ object: PickleObject) {
    guard let name = object.className, name.hasPrefix("numpy."), name.hasSuffix("multiarray.scalar"),
      object.arguments.count == 2, let type = NumPyType(object.arguments[0]),
      case .bytes(let bytes) = object.arguments[1], let value = type.value(bytes[...])
    else { return nil }
    typeName = type.scalarName(isNumPy2: name.hasPrefix("numpy._core"))
    dtype = type.description
    self.bytes = bytes
    self.value = value
  }
}

/// A numpy array of plain numbers, in C order.
struct NumPyArray {
  var dtype: String
  var shape: [Int]
  var values: [MetadataValue]

  init?(_ object: PickleObject) {
    guard let name = object.className, name.hasPrefix("numpy.") else { return nil }
    let shapeValue: PickleValue
    let typeValue: PickleValue
    let data: PickleValue
    let isFortran: Bool
    if name.hasSuffix("multiarray._reconstruct"), case .tuple(let state)? = object.state, state.count == 5 {
      (shapeValue, typeValue, data) = (state[1], state[2], state[4])
      isFortran = state[3] == .bool(true)
    } else if name.hasSuffix("numeric._frombuffer"), object.arguments.count == 4 {
      (data, typeValue, shapeValue) = (object.arguments[0], object.arguments[1], object.arguments[2])
      isFortran = object.arguments[3].text == "F"
    } else {
      return nil
    }
    guard let type = NumPyType(typeValue), case .tuple(let sizes) = shapeValue, type.size > 0 else {
      return nil
    }
    let bytes: [UInt8]
    switch data {
    case .bytes(let given), .byteArray(let given): bytes = given
    default: return nil
    }
    shape = sizes.compactMap(\.integer)
    let count = bytes.count / type.size
    guard shape.count == sizes.count, shape.allSatisfy({ $0 >= 0 && $0 <= count }),
      shape.reduce(1, { min($0 * $1, count + 1) }) == count
    else { return nil }
    var items: [MetadataValue] = []
    for start in stride(from: 0, to: count * type.size, by: type.size) {
      guard let item = type.value(bytes[start..<start + type.size]) else { return nil }
      items.append(item)
    }
    dtype = type.description
    values = isFortran ? Self.cOrder(items, shape) : items
  }

  /// Reorders items stored with the first axis running fastest.
  private static func cOrder(_ items: [MetadataValue], _ shape: [Int]) -> [MetadataValue] {
    items.indices.map { index in
      var rest = index
      var place = 0
      var coordinates = [Int](repeating: 0, count: shape.count)
      for axis in shape.indices.reversed() {
        coordinates[axis] = rest % shape[axis]
        rest /= shape[axis]
      }
      for axis in shape.indices.reversed() { place = place * shape[axis] + coordinates[axis] }
      return items[place]
    }
  }
}

extension Double {
  /// An IEEE 754 half from its bits.
  fileprivate init(halfPrecision bits: UInt16) {
    let sign = bits >> 15 == 0 ? 1.0 : -1.0
    let exponent = Int(bits >> 10 & 31)
    let fraction = Double(bits & 1023) / 1024
    switch exponent {
    case 0: self = sign * fraction * 0x1p-14
    case 31: self = fraction == 0 ? sign * .infinity : .nan
    default: self = sign * (1 + fraction) * Double(sign: .plus, exponent: exponent - 15, significand: 1)
    }
  }
}
