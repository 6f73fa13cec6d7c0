/// Where the documents of a LangChain pickle lie, found in one pass that makes none of them.
///
/// Only what LangChain writes today is outlined: protocol 4 or 5, `Document` and `InMemoryDocstore` as the only
/// classes, metadata of plain values with text keys, a map of the rows 0, 1, 2, … to the documents. Of such a pickle
/// every document can be read alone, with the result that ``PickleReader`` has. All others have no outline and must be read whole.
///
/// Memory: 32 bytes for each document and 16 to 24 for finding it by row and key, 8 for each number of the memo.
public struct DocstoreOutline: Sendable {
  struct Entry: Sendable {
    /// The opcode of the docstore's key.
    var key: Int
    /// The first opcode of the document, and the byte after its last.
    var start: Int
    var length: UInt32
    /// The dict with the metadata, counted from `start`; of length 0 where there is none.
    var metadata: UInt32
    var metadataLength: UInt32
    /// The opcode of the content, counted from `start`; 0 where it is a text of before.
    var content: UInt32
  }

  let entries: OutlineTable<Entry>
  /// The entry of each row.
  let rows: OutlineTable<UInt32>
  /// The row of each entry.
  let places: OutlineTable<UInt32>
  let keys: OutlineKeys
  /// What each number of the memo stands for.
  let memo: OutlineTable<Mark>
  /// The values of the first numbers of the memo, which documents mention again and again; nil for what is neither text
  /// nor a name.
  private(set) var often: [PickleValue?] = []
  public let globals: [GlobalUse]
  public let protocolVersion: Int
  /// The bytes up to and including STOP.
  public let length: Int

  /// The number of rows, and of documents.
  public var count: Int { rows.count }

  /// Goes through the pickle in `bytes`; nil when it has no outline, be it another shape or damaged.
  ///
  /// O(bytes), with few instructions for each. Throws what `watch` throws.
  public init?(_ bytes: UnsafeRawBufferPointer, watch: PickleWatch? = nil) throws(PickleError) {
    var scan = OutlineScan(bytes)
    guard try scan.run(watch), let version = scan.protocolVersion, scan.entries.count == scan.rows.count,
      scan.entries.count > 0
    else { return nil }
    var places = ContiguousArray(repeating: UInt32.max, count: scan.entries.count)
    for (row, entry) in scan.rows.enumerated() {
      guard places[Int(entry)] == .max else { return nil }
      places[Int(entry)] = UInt32(row)
    }
    guard let keys = OutlineKeys(of: scan.entries, bytes) else { return nil }
    self.init(
      entries: OutlineTable(scan.entries), rows: OutlineTable(scan.rows), places: OutlineTable(places),
      keys: keys, memo: OutlineTable(scan.memo), globals: scan.names.uses, protocolVersion: version,
      length: scan.position, bytes)
  }

  /// The first documents alone, before the pickle was gone through: rows 0, 1, 2, … of `count`, so far as the file's
  /// beginning and its end tell.
  ///
  /// Costs the same for any size but for a look at the map of the rows. Nil when they cannot be told, or when these
  /// are all. Only the whole outline says whether the file is as it begins and ends.
  public init?(headOf bytes: UnsafeRawBufferPointer, rows count: Int) {
    var scan = OutlineScan(bytes)
    guard scan.runToDocuments(), let version = scan.protocolVersion, scan.entries.count < count else {
      return nil
    }
    var glance = RowMapGlance(bytes, count: count, after: scan)
    let rows = ContiguousArray(0..<UInt32(scan.entries.count))
    guard glance.isInOrder(), let keys = OutlineKeys(of: scan.entries, bytes) else { return nil }
    self.init(
      entries: OutlineTable(scan.entries), rows: OutlineTable(rows), places: OutlineTable(rows), keys: keys,
      memo: OutlineTable(scan.memo), globals: scan.names.uses, protocolVersion: version,
      length: scan.position,
      bytes)
  }

  init(
    entries: OutlineTable<Entry>, rows: OutlineTable<UInt32>, places: OutlineTable<UInt32>, keys: OutlineKeys,
    memo: OutlineTable<Mark>, globals: [GlobalUse], protocolVersion: Int, length: Int,
    _ bytes: UnsafeRawBufferPointer
  ) {
    self.entries = entries
    self.rows = rows
    self.places = places
    self.keys = keys
    self.memo = memo
    self.globals = globals
    self.protocolVersion = protocolVersion
    self.length = length
    let decoder = OutlineDecoder(self, bytes, at: 0)
    often = (0..<min(memo.count, Self.mostOften)).map { try? decoder.remembered($0) }
  }

  /// What an opcode of one byte can mention.
  private static let mostOften = 256

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

  /// The content of a row's document, as UTF-8 with "surrogatepass"; nil where only ``document(ofRow:in:)`` tells it.
  public func content(ofRow row: Int, in bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    let entry = entries[Int(rows[row])]
    return entry.content == 0 ? nil : OutlineScan.text(at: entry.start + Int(entry.content), in: bytes)
  }

  /// Calls `body` with each item of a row's metadata, until it answers false.
  ///
  /// False when it did, and for metadata with other values than plain ones, which ``metadata(ofRow:in:)`` reads.
  public func forEachPlainItem(
    ofRow row: Int, in bytes: UnsafeRawBufferPointer,
    _ body: (_ key: UnsafeRawBufferPointer, PlainValue) -> Bool
  ) -> Bool {
    let entry = entries[Int(rows[row])]
    guard entry.metadataLength > 0 else { return true }
    let start = entry.start + Int(entry.metadata)
    var items = PlainItems(memo: memo, bytes, start..<start + Int(entry.metadataLength))
    return items.forEach(body)
  }

  /// Reads the metadata of a row's document, a dict; nil as ``document(ofRow:in:)``.
  public func metadata(ofRow row: Int, in bytes: UnsafeRawBufferPointer) -> PickleValue? {
    let entry = entries[Int(rows[row])]
    guard entry.metadataLength > 0 else { return .dict([]) }
    let start = entry.start + Int(entry.metadata)
    var decoder = OutlineDecoder(self, bytes, at: start)
    return try? decoder.value(to: start + Int(entry.metadataLength))
  }

  /// The row whose key is a text; nil when none is.
  public func row(ofKey key: UnsafeRawBufferPointer, in bytes: UnsafeRawBufferPointer) -> Int? {
    keys.entry(of: key, among: entries, bytes).map { Int(places[$0]) }
  }

  /// What a number of the memo stands for: a text by its opcode, a name by its place; else only that it is there.
  struct Mark: Sendable {
    private let bits: UInt64

    init(_ kind: OutlineScan.Kind, _ value: Int) { bits = UInt64(value) << 8 | UInt64(kind.rawValue) }

    var kind: OutlineScan.Kind { OutlineScan.Kind(rawValue: UInt8(truncatingIfNeeded: bits)) ?? .other }
    var value: Int { Int(bits >> 8) }
  }
}
