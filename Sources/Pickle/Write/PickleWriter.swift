/// Appends the opcodes of one pickle of protocol 4.
///
/// Each call of `write…` pushes one value; ``newObject()``, ``reduce()``, ``build()``, ``makePair()`` and
/// ``makeTriple()`` combine those on the stack, and ``finish()`` ends the pickle. Frames, which are
/// optional, are not written.
///
/// ```swift
/// var writer = PickleWriter()
/// writer.writeDict(rows) { writer, row in
///   writer.writeInt(row.number)
///   writer.writeText(row.id)
/// }
/// let file = writer.finish()
/// ```
public struct PickleWriter: Sendable {
  /// The most items between a MARK and the opcode that adds them, as Python's pickler has it.
  public static let batchCount = 1000

  /// What was written and not yet drained.
  public private(set) var bytes: [UInt8] = []
  /// The memo numbers of texts and names that come again.
  var memo: [MemoKey: Int] = [:]
  /// How many memo numbers are taken.
  var memoCount = 0

  enum MemoKey: Hashable {
    case text(String)
    case global(module: String, name: String)
  }

  /// Begins a pickle.
  public init(reservingCapacity capacity: Int = 0) {
    bytes.reserveCapacity(capacity)
    bytes += [Opcode.proto.rawValue, 4]
  }

  private init(fragment: Void) {}

  /// Takes the bytes written so far, so that a large pickle can go to its file in pieces.
  public mutating func drain() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  /// Ends the pickle, whose value is the one on the stack, and answers its (remaining) bytes.
  public mutating func finish() -> [UInt8] {
    write(.stop)
    return drain()
  }

  mutating func write(_ opcode: Opcode) { bytes.append(opcode.rawValue) }

  mutating func writeRaw(_ raw: some Sequence<UInt8>) { bytes.append(contentsOf: raw) }

  /// Appends an integer in little-endian order.
  mutating func writeRaw<Number: FixedWidthInteger>(number: Number) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Encodes a value so that it can be spliced into any pickle with ``writeFragment(_:)``.
  ///
  /// Protocol 4 without PROTO, FRAME, STOP and memo, so a value that appears twice is written twice.
  /// Objects are written as the call that was read, then their items, then BUILD.
  ///
  /// - Throws: `.limit` for a value deeper than ``PickleLimits/deepest``.
  public static func fragment(of value: PickleValue) throws(PickleError) -> [UInt8] {
    var writer = PickleWriter(fragment: ())
    try writer.writeValue(value)
    return writer.bytes
  }
}
