/// Where the documents of a LangChain pickle lie, found in one pass that makes none of them.
///
/// Only what LangChain writes today is outlined: protocol 4 or 5, `Document` and `InMemoryDocstore` as the only
/// classes, metadata of plain values with text keys, a map of the rows 0, 1, 2, … to the documents. Of such a pickle
/// every document can be read alone, with the result that ``PickleReader`` has. All others have no outline and must be read whole.
///
/// Memory: 24 bytes for each document, 4 for each row, 8 for each number of the memo.
public struct DocstoreOutline: Sendable {
  struct Entry: Sendable {
    /// The opcode of the docstore's key.
    var key: Int
    /// The first opcode of the document, and the byte after its last.
    var start: Int
    var length: UInt32
  }

  private(set) var entries: ContiguousArray<Entry>
  /// The entry of each row.
  private let rows: ContiguousArray<UInt32>
  /// What each number of the memo stands for.
  let memo: ContiguousArray<Mark>
  public let globals: [GlobalUse]
  public let protocolVersion: Int
  /// The bytes up to and including STOP.
  public let length: Int

  /// The number of rows, and of documents.
  public var count: Int { rows.count }

  /// Goes through the pickle in `bytes`; nil when it has no outline, be it another shape or damaged.
  ///
  /// O(bytes), with few instructions for each.
  public init?(_ bytes: UnsafeRawBufferPointer) {
    var scan = OutlineScan(bytes)
    guard scan.run(), let version = scan.protocolVersion, scan.entries.count == scan.rows.count,
      scan.entries.count > 0
    else { return nil }
    var seen = ContiguousArray(repeating: false, count: scan.entries.count)
    for row in scan.rows {
      guard !seen[Int(row)] else { return nil }
      seen[Int(row)] = true
    }
    entries = scan.entries
    rows = scan.rows
    memo = scan.memo
    globals = scan.names.uses
    protocolVersion = version
    length = scan.position
    guard hasDistinctKeys(bytes) else { return nil }
  }

  /// The docstore's key of a row: its document's id, as UTF-8 with "surrogatepass".
  public func key(ofRow row: Int, in bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    OutlineScan.text(at: entries[Int(rows[row])].key, in: bytes)
  }

  /// Reads the document of a row; nil when the bytes are not those of the outline any more.
  public func document(ofRow row: Int, in bytes: UnsafeRawBufferPointer) -> PickleValue? {
    let entry = entries[Int(rows[row])]
    var decoder = OutlineDecoder(self, bytes, at: entry.start)
    return try? decoder.value(to: entry.start + Int(entry.length))
  }

  /// Of two equal keys Python keeps the later document: such a docstore is read whole.
  private func hasDistinctKeys(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var size = 16
    while size < entries.count * 2 { size *= 2 }
    var table = ContiguousArray(repeating: UInt32.max, count: size)
    for (index, entry) in entries.enumerated() {
      guard let key = OutlineScan.text(at: entry.key, in: bytes) else { return false }
      var hasher = Hasher()
      hasher.combine(bytes: key)
      var place = hasher.finalize() & (size - 1)
      while table[place] != .max {
        guard let other = OutlineScan.text(at: entries[Int(table[place])].key, in: bytes) else {
          return false
        }
        if other.elementsEqual(key) { return false }
        place = (place + 1) & (size - 1)
      }
      table[place] = UInt32(index)
    }
    return true
  }

  /// What a number of the memo stands for: a text by its opcode, a name by its place; else only that it is there.
  struct Mark: Sendable {
    private let bits: UInt64

    init(_ kind: OutlineScan.Kind, _ value: Int) { bits = UInt64(value) << 8 | UInt64(kind.rawValue) }

    var kind: OutlineScan.Kind { OutlineScan.Kind(rawValue: UInt8(truncatingIfNeeded: bits)) ?? .other }
    var value: Int { Int(bits >> 8) }
  }
}
