/// A value that is no container, or a list of such, where it lies in the file.
public enum PlainValue {
  case none
  case bool(Bool)
  case int(Int)
  case float(Double)
  /// UTF-8 with "surrogatepass", in a file that nobody else writes into.
  case text(UnsafeRawBufferPointer)
  case list([PlainValue])
}

/// The items of an outlined dict with text keys and plain values, as nearly all metadata is: no value is made of them.
///
/// Such a dict is read several times as fast as by ``OutlineDecoder``, which reads all others.
struct PlainItems {
  private let memo: OutlineTable<DocstoreOutline.Mark>
  private let bytes: UnsafeRawBufferPointer
  private var position: Int
  private let end: Int

  init(memo: OutlineTable<DocstoreOutline.Mark>, _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
    self.memo = memo
    self.bytes = bytes
    position = range.lowerBound
    end = min(range.upperBound, bytes.count)
  }

  /// Calls `body` with each item in order, until it answers false.
  ///
  /// False when the bytes are no such dict, or `body` said so; some items may have been told by then.
  mutating func forEach(_ body: (_ key: UnsafeRawBufferPointer, PlainValue) -> Bool) -> Bool {
    guard let first = opcode(), bytes[first] == Opcode.emptyDict.rawValue else { return false }
    while let start = opcode() {
      guard bytes[start] == Opcode.mark.rawValue else {
        guard item(start, body), let last = opcode(), bytes[last] == Opcode.setitem.rawValue else {
          return false
        }
        continue
      }
      while true {
        guard let start = opcode() else { return false }
        if bytes[start] == Opcode.setitems.rawValue { break }
        guard item(start, body) else { return false }
      }
    }
    return true
  }

  private mutating func item(_ start: Int, _ body: (UnsafeRawBufferPointer, PlainValue) -> Bool) -> Bool {
    guard case .text(let key)? = value(start), let next = opcode() else { return false }
    if bytes[next] == Opcode.emptyList.rawValue { return list().map { body(key, .list($0)) } ?? false }
    return value(next).map { body(key, $0) } ?? false
  }

  /// The items that opcodes add to the list before them; nil when one is no plain value.
  private mutating func list() -> [PlainValue]? {
    var items: [PlainValue] = []
    while true {
      let before = position
      guard let start = opcode() else { return items }
      if bytes[start] == Opcode.mark.rawValue {
        while let next = opcode(), bytes[next] != Opcode.appends.rawValue {
          guard let item = value(next) else { return nil }
          items.append(item)
        }
      } else if let item = value(start), let last = opcode(), bytes[last] == Opcode.append.rawValue {
        items.append(item)
      } else {
        // What stands there belongs to the dict.
        position = before
        return items
      }
    }
  }

  /// The place of the next opcode that means something for the value, which is behind it then; nil at the end.
  private mutating func opcode() -> Int? {
    while position < end {
      switch bytes[position] {
      case Opcode.memoize.rawValue: position += 1
      case Opcode.frame.rawValue: position += 9
      default:
        position += 1
        return position - 1
      }
    }
    return nil
  }

  /// The value of the opcode at `start`; nil for one that pushes no plain value.
  private mutating func value(_ start: Int) -> PlainValue? {
    guard let opcode = Opcode(rawValue: bytes[start]) else { return nil }
    switch opcode {
    case .shortBinunicode, .binunicode:
      guard let text = OutlineScan.text(at: start, in: bytes) else { return nil }
      position = start + (opcode == .binunicode ? 5 : 2) + text.count
      return .text(text)
    case .binget: return number(UInt8.self).flatMap { remembered(Int($0)) }
    case .longBinget: return number(UInt32.self).flatMap { remembered(Int($0)) }
    case .none: return PlainValue.none
    case .newtrue: return .bool(true)
    case .newfalse: return .bool(false)
    case .binint1: return number(UInt8.self).map { .int(Int($0)) }
    case .binint2: return number(UInt16.self).map { .int(Int($0)) }
    case .binint: return number(Int32.self).map { .int(Int($0)) }
    case .binfloat: return number(UInt64.self).map { .float(Double(bitPattern: $0.byteSwapped)) }
    default: return nil
    }
  }

  private mutating func number<Number: FixedWidthInteger & BitwiseCopyable>(_ type: Number.Type) -> Number? {
    guard bytes.count - position >= MemoryLayout<Number>.size else { return nil }
    defer { position += MemoryLayout<Number>.size }
    return Number(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: type))
  }

  private func remembered(_ number: Int) -> PlainValue? {
    guard number < memo.count, memo[number].kind == .text else { return nil }
    return OutlineScan.text(at: memo[number].value, in: bytes).map { .text($0) }
  }
}
