import VectorStore

extension MetadataValue {
  /// A Float32 as the shortest decimal that reads back as the same one.
  public init(decimalOf number: Float) {
    // A decimal that is short for a Float32 is read as a Double first; where that would end elsewhere, the Double's
    // own decimals are written.
    let short = Double(number.description) ?? Double(number)
    self = .float(Float(short).bitPattern == number.bitPattern ? short : Double(number))
  }

  /// A vector as a list of decimals that read back as the same numbers; its bytes where a number is not finite.
  public init(vector: [Float]) {
    guard vector.allSatisfy(\.isFinite) else {
      let bytes = vector.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian) { [UInt8]($0) } }
      self = .foreign(
        ForeignValue(
          kind: "float32", summary: "", fields: ["hex": .string(Text(hexadecimal(bytes)))], encoded: []))
      return
    }
    self = .list(vector.map { MetadataValue(decimalOf: $0) })
  }
}
