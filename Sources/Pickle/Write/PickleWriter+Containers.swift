/// Containers, filled by closures that write their items, in batches of at most ``batchCount``.
extension PickleWriter {
  /// Writes a dict; `write` writes the key and then the value of an item.
  public mutating func writeDict<Items: Sequence, Failure: Error>(
    _ items: Items, _ write: (inout PickleWriter, Items.Element) throws(Failure) -> Void
  ) throws(Failure) {
    self.write(.emptyDict)
    try writeBatches(items, closing: .setitems, write)
  }

  /// Writes a list; `write` writes one item.
  public mutating func writeList<Items: Sequence, Failure: Error>(
    _ items: Items, _ write: (inout PickleWriter, Items.Element) throws(Failure) -> Void
  ) throws(Failure) {
    self.write(.emptyList)
    try writeBatches(items, closing: .appends, write)
  }

  /// Writes a set; `write` writes one element.
  public mutating func writeSet<Items: Sequence, Failure: Error>(
    _ items: Items, _ write: (inout PickleWriter, Items.Element) throws(Failure) -> Void
  ) throws(Failure) {
    self.write(.emptySet)
    try writeBatches(items, closing: .additems, write)
  }

  /// Writes a tuple; `write` writes one item.
  public mutating func writeTuple<Items: Collection, Failure: Error>(
    _ items: Items, _ write: (inout PickleWriter, Items.Element) throws(Failure) -> Void
  ) throws(Failure) {
    if items.isEmpty { return self.write(.emptyTuple) }
    if items.count > 3 { self.write(.mark) }
    for item in items { try write(&self, item) }
    switch items.count {
    case 1: self.write(.tuple1)
    case 2: self.write(.tuple2)
    case 3: self.write(.tuple3)
    default: self.write(.tuple)
    }
  }

  /// Writes items between MARK and the opcode that adds them to the container or object below them.
  mutating func writeBatches<Items: Sequence, Failure: Error>(
    _ items: Items, closing opcode: Opcode,
    _ write: (inout PickleWriter, Items.Element) throws(Failure) -> Void
  ) throws(Failure) {
    var count = 0
    for item in items {
      if count == 0 { self.write(.mark) }
      try write(&self, item)
      count += 1
      if count == Self.batchCount {
        self.write(opcode)
        count = 0
      }
    }
    if count > 0 { self.write(opcode) }
  }
}
