/// An outline as bytes, for a cache: what took a pass over the whole pickle is there again at once.
extension DocstoreOutline {
  /// The first section, all of whose fields are numbers.
  private struct Head: BitwiseCopyable, Sendable {
    /// Grows when the sections mean something else.
    static let version = 2

    var version = Head.version
    var byteOrder = 1
    var protocolVersion: Int
    var length: Int
    var seed: UInt64
    var entries: Int
    var keys: Int
    var memo: Int
  }

  /// How many sections there are.
  public static let sectionCount = 7

  /// Lends the sections of the outline, which ``init(sections:owner:of:)`` takes; no pointer may leave `body`.
  public func withSections<R, E: Error>(
    _ body: ([UnsafeRawBufferPointer]) throws(E) -> R
  ) throws(E) -> R {
    let head = OutlineTable([
      Head(
        protocolVersion: protocolVersion, length: length, seed: keys.seed, entries: entries.count,
        keys: keys.table.count, memo: memo.count)
    ])
    let names = OutlineTable(
      ContiguousArray(globals.map { "\($0.offset)\n\($0.uses)\n\($0.module)\n\($0.name)\n" }.joined().utf8))
    defer { withExtendedLifetime((self, head, names)) {} }
    return try body([
      head.bytes, names.bytes, entries.bytes, rows.bytes, places.bytes, keys.table.bytes, memo.bytes,
    ])
  }

  /// The outline of a pickle that ``withSections(_:)`` told, as it was then and whole: the caller makes sure of that.
  ///
  /// The sections are lent and must stay as they are while `owner` lives; they must be aligned to 8 bytes. Nil when
  /// they are those of another version or of a longer pickle.
  public init?(
    sections: [UnsafeRawBufferPointer], owner: any AnyObject & Sendable, of bytes: UnsafeRawBufferPointer
  ) {
    guard sections.count == Self.sectionCount, sections[0].count == MemoryLayout<Head>.size else {
      return nil
    }
    let head = sections[0].loadUnaligned(as: Head.self)
    guard head.version == Head.version, head.byteOrder == 1, head.length <= bytes.count, head.entries > 0,
      let globals = Self.globals(sections[1]),
      let entries = OutlineTable<Entry>(lent: sections[2], count: head.entries, owner: owner),
      let rows = OutlineTable<UInt32>(lent: sections[3], count: head.entries, owner: owner),
      let places = OutlineTable<UInt32>(lent: sections[4], count: head.entries, owner: owner),
      let table = OutlineTable<UInt32>(lent: sections[5], count: head.keys, owner: owner),
      let keys = OutlineKeys(table, seed: head.seed, entries: head.entries),
      let memo = OutlineTable<Mark>(lent: sections[6], count: head.memo, owner: owner)
    else { return nil }
    self.init(
      entries: entries, rows: rows, places: places, keys: keys, memo: memo, globals: globals,
      protocolVersion: head.protocolVersion, length: head.length, bytes)
  }

  private static func globals(_ section: UnsafeRawBufferPointer) -> [GlobalUse]? {
    guard let text = String(validating: section, as: UTF8.self) else { return nil }
    let fields = text.split(separator: "\n", omittingEmptySubsequences: false)
    var names = NameTable(policy: .langchain)
    names.translates = false
    for start in stride(from: 0, to: fields.count - 1, by: 4) {
      guard start + 3 < fields.count, let offset = Int(fields[start]), let uses = Int(fields[start + 1])
      else {
        return nil
      }
      // What a name is allowed is never read from anywhere.
      for _ in 0..<max(1, min(uses, 1 << 20)) {
        let place = names.note(module: String(fields[start + 2]), name: String(fields[start + 3]), at: offset)
        guard names.uses[place].verdict == .known else { return nil }
      }
    }
    return names.uses
  }
}
