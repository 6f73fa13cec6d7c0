/// Reads the records of ``ScalarRules/Tables``: `first[-last[/step]]`, for mapped scalars followed by
/// `>target[+step]` or `>target,target…`, in hexadecimal and separated by white space.
struct RecordScanner: IteratorProtocol {
  struct Record: Equatable {
    var first: UInt32
    var last: UInt32
    /// From one source to the next, at least 1.
    var step: UInt32 = 1
    /// What the first source turns into; empty in tables that only list scalars.
    var targets: [UInt32] = []
    /// From the target of one source to that of the next.
    var targetStep: UInt32 = 0
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(_ text: StaticString) {
    bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
  }

  mutating func next() -> Record? {
    while skip(" ") || skip("\n") {}
    guard position < bytes.count else { return nil }
    let first = number()
    var record = Record(first: first, last: skip("-") ? number() : first)
    if skip("/") { record.step = number() }
    if skip(">") {
      repeat { record.targets.append(number()) } while skip(",")
      if skip("+") { record.targetStep = number() }
    }
    return record
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func number() -> UInt32 {
    var value: UInt32 = 0
    while position < bytes.count {
      switch bytes[position] {
      case let byte where byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"):
        value = value << 4 | UInt32(byte - UInt8(ascii: "0"))
      case let byte where byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "f"):
        value = value << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
      default:
        return value
      }
      position += 1
    }
    return value
  }
}
