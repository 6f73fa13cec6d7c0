/// Reads pickles as data.
public struct PickleReader {
  /// Reads the first pickle in `bytes`; what follows its STOP is ignored, as Python does.
  ///
  /// Names are judged by `policy` where the file names them, so that a value which is made and
  /// thrown away is seen too. Memory grows with the size of the file, never with a declared length.
  ///
  /// - Throws: ``PickleError`` with the byte where the cause stands.
  public static func read(
    _ bytes: UnsafeRawBufferPointer, limits: PickleLimits = .standard, policy: GlobalPolicy = .langchain,
    watch: PickleWatch? = nil
  ) throws(PickleError) -> PickleDocument {
    var machine = Machine(bytes: bytes, limits: limits, policy: policy)
    machine.watch = watch
    let root = try machine.run()
    var materialiser = Materialiser(machine: machine)
    return PickleDocument(
      value: try materialiser.value(of: root), protocolVersion: machine.version,
      globals: machine.names.uses, length: machine.position)
  }

  /// Reads the first pickle in an array; see ``read(_:limits:policy:)``.
  public static func read(
    _ bytes: [UInt8], limits: PickleLimits = .standard, policy: GlobalPolicy = .langchain
  ) throws(PickleError) -> PickleDocument {
    let result = bytes.withUnsafeBytes { buffer in
      Result { () throws(PickleError) in try read(buffer, limits: limits, policy: policy) }
    }
    return try result.get()
  }
}

/// A pickle as data.
public struct PickleDocument: Sendable {
  public let value: PickleValue
  /// 0 to 5; where the file does not declare one, 1 if it has opcodes that protocol 0 lacks, else 0.
  public let protocolVersion: Int
  /// The distinct names, in order of their first byte.
  public let globals: [GlobalUse]
  /// The bytes up to and including STOP.
  public let length: Int
}
