/// A look at the end of a LangChain pickle before its middle was read: whether the map of the rows, the last dict of
/// the file, gives the first rows the first documents of the docstore.
///
/// What it says holds if the rest of the file is as LangChain writes it; ``DocstoreOutline`` makes sure of that.
struct RowMapGlance {
  private let bytes: UnsafeRawBufferPointer
  private let count: Int
  private let head: OutlineScan
  private var position = 0

  /// `count` is the number of rows; `head` has read the first documents.
  init(_ bytes: UnsafeRawBufferPointer, count: Int, after head: OutlineScan) {
    self.bytes = bytes
    self.count = count
    self.head = head
  }

  /// Whether the file ends with a map of so many rows, in which row r is document r of the head.
  mutating func isInOrder() -> Bool {
    // A row takes ten bytes, or its id as text; with the opcodes between them no more than this.
    let most = min(bytes.count, (count + 1) * 300)
    var end = bytes.count
    while let start = lastBrace(before: end), bytes.count - start <= most {
      if readMap(from: start) { return true }
      end = start
    }
    return false
  }

  private func lastBrace(before end: Int) -> Int? {
    var place = end - 1
    while place > head.position {
      if bytes[place] == Opcode.emptyDict.rawValue { return place }
      place -= 1
    }
    return nil
  }

  /// From an empty dict to the end of the pickle; false when that is not the map.
  private mutating func readMap(from start: Int) -> Bool {
    position = start + 1
    var row = 0
    while let opcode = next() {
      switch opcode {
      case .memoize, .mark, .setitems, .setitem, .tuple2: break
      case .frame: position += 8
      case .binint1, .binint2, .binint:
        guard number(opcode) == row, let key = next(), names(key, row) else { return false }
        row += 1
      case .stop: return row == count
      default: return false
      }
    }
    return false
  }

  private mutating func next() -> Opcode? {
    guard position < bytes.count else { return nil }
    position += 1
    return Opcode(rawValue: bytes[position - 1])
  }

  private mutating func number(_ opcode: Opcode) -> Int? {
    let width = opcode == .binint || opcode == .longBinget ? 4 : opcode == .binint2 ? 2 : 1
    guard bytes.count - position >= width else { return nil }
    defer { position += width }
    return (0..<width).reduce(0) { $0 | Int(bytes[position + $1]) << ($1 * 8) }
  }

  /// Whether the value that an opcode pushes is the key of the head's document of that number; true beyond the head.
  private mutating func names(_ opcode: Opcode, _ row: Int) -> Bool {
    var opcode = opcode
    while opcode == .frame {
      position += 8
      guard let following = next() else { return false }
      opcode = following
    }
    let entry = head.entries.indices.contains(row) ? head.entries[row] : nil
    switch opcode {
    case .binget, .longBinget:
      guard let number = number(opcode) else { return false }
      return entry == nil || head.memo.indices.contains(number) && head.memo[number].value == entry?.key
    case .shortBinunicode, .binunicode:
      guard let text = OutlineScan.text(at: position - 1, in: bytes) else { return false }
      position += (opcode == .binunicode ? 4 : 1) + text.count
      guard let entry else { return true }
      return OutlineScan.text(at: entry.key, in: bytes)?.elementsEqual(text) == true
    default: return false
    }
  }
}
