/// The entries of an outline by their keys: a table of hashes with open addressing.
struct OutlineKeys: Sendable {
  /// An entry in each place, or none.
  let table: OutlineTable<UInt32>
  /// Unknown to whoever made the keys, so that they cannot be made to meet.
  let seed: UInt64

  /// Nil when a key stands twice: of two equal keys Python keeps the later document, and such a docstore is read
  /// whole.
  init?(of entries: ContiguousArray<DocstoreOutline.Entry>, _ bytes: UnsafeRawBufferPointer) {
    let size = Self.size(for: entries.count)
    let seed = UInt64.random(in: 0 ... .max)
    var table = ContiguousArray(repeating: UInt32.max, count: size)
    for (number, entry) in entries.enumerated() {
      guard let key = OutlineScan.text(at: entry.key, in: bytes) else { return nil }
      var place = Self.start(of: key, seed, size)
      while table[place] != .max {
        guard let other = OutlineScan.text(at: entries[Int(table[place])].key, in: bytes),
          !other.elementsEqual(key)
        else { return nil }
        place = (place + 1) & (size - 1)
      }
      table[place] = UInt32(number)
    }
    self.table = OutlineTable(table)
    self.seed = seed
  }

  /// A table that was made before; nil when it is not one for so many entries.
  init?(_ table: OutlineTable<UInt32>, seed: UInt64, entries: Int) {
    guard table.count == Self.size(for: entries) else { return nil }
    self.table = table
    self.seed = seed
  }

  /// The entry with this key; nil when there is none, or the bytes are others now.
  func entry(
    of key: UnsafeRawBufferPointer, among entries: OutlineTable<DocstoreOutline.Entry>,
    _ bytes: UnsafeRawBufferPointer
  ) -> Int? {
    var place = Self.start(of: key, seed, table.count)
    while table[place] != .max {
      let entry = Int(table[place])
      guard let other = OutlineScan.text(at: entries[entry].key, in: bytes) else { return nil }
      if other.elementsEqual(key) { return entry }
      place = (place + 1) & (table.count - 1)
    }
    return nil
  }

  /// A power of two, at most half full.
  static func size(for count: Int) -> Int {
    var size = 16
    while size < count * 2 { size *= 2 }
    return size
  }

  private static func start(of key: UnsafeRawBufferPointer, _ seed: UInt64, _ size: Int) -> Int {
    var sum = seed
    var place = 0
    while key.count - place >= 8 {
      sum = mix(sum ^ key.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      place += 8
    }
    var rest = UInt64(key.count)
    for byte in key[place...] { rest = rest << 8 | UInt64(byte) }
    return Int(truncatingIfNeeded: mix(sum ^ rest)) & (size - 1)
  }

  /// Both halves of a product with the golden ratio.
  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }
}
