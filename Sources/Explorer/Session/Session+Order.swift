import VectorStore

extension Session {
  /// The rows in the order asked for last, all of them and those of one filter.
  struct CachedOrder: Sendable {
    var revision: Int
    var key: RowOrder.Key
    /// Ascending; rows without the key are at the end, from `missing` on.
    var rows: [Int32]
    var missing: Int
    var filter: Filter?
    /// `rows` under `filter`, and where those without the key begin.
    var filtered: (rows: [Int32], missing: Int)?
  }

  /// Rows in an order of one's choice; under a filter those that match.
  ///
  /// Rows that compare alike stay as they are. The first page of an order sorts all rows, O(n log n); later ones, turned round or under a filter, reuse that.
  public func page(offset: Int, limit: Int, filter: Filter?, order: RowOrder) async throws -> Page {
    if order == .standard { return try await page(offset: offset, limit: limit, filter: filter) }
    let snapshot = await store.snapshot
    let version = snapshot.version
    var cached = try sorted(by: order.key, snapshot)
    if let filter, cached.filter != filter || cached.filtered == nil {
      cached.filtered = Self.narrowed(cached, to: try mask(filter, snapshot), in: version)
      cached.filter = filter
      orders.withLock { [cached] in $0 = cached }
    }
    let (rows, missing) = filter == nil ? (cached.rows, cached.missing) : cached.filtered ?? ([], 0)
    let shown = (offset..<max(offset, min(rows.count, offset + limit))).map { place in
      // Turned round, rows without the key stay last.
      Int(rows[order.isDescending && place < missing ? missing - 1 - place : place])
    }
    return Page(
      revision: snapshot.revision, matched: rows.count, total: version.count, offset: offset,
      rows: shown.map { Row(row: $0, document: version.document(atRow: $0)) })
  }

  private func sorted(by key: RowOrder.Key, _ snapshot: VectorStore.Snapshot) throws -> CachedOrder {
    if let cached = orders.withLock({ $0 }), cached.revision == snapshot.revision, cached.key == key {
      return cached
    }
    let version = snapshot.version
    var keys: [RowSortKey] = []
    keys.reserveCapacity(version.count)
    let path: FieldPath? = if case .metadata(let name) = key { FieldPath(.string(Text(name))) } else { nil }
    try version.forEachDocument { row, document in
      if row & 0xFFF == 0 { try Task.checkCancellation() }
      switch key {
      case .row: break
      case .id: keys.append(RowSortKey(document.id.text))
      case .content: keys.append(RowSortKey(document.content.string))
      case .metadata: keys.append(RowSortKey(path?.value(in: document.metadata)))
      }
    }
    var rows = (0..<Int32(clamping: version.count)).map { $0 }
    if key != .row { rows.sort { (keys[Int($0)], $0) < (keys[Int($1)], $1) } }
    try Task.checkCancellation()
    let missing = key == .row ? rows.count : rows.firstIndex { keys[Int($0)].isMissing } ?? rows.count
    let cached = CachedOrder(revision: snapshot.revision, key: key, rows: rows, missing: missing)
    orders.withLock { $0 = cached }
    return cached
  }

  private static func narrowed(
    _ order: CachedOrder, to mask: RowMask, in version: StoreVersion
  ) -> (rows: [Int32], missing: Int) {
    var isIn = [Bool](repeating: false, count: version.count)
    for row in version.rows(in: mask, offset: 0, limit: mask.count) { isIn[row] = true }
    let rows = order.rows.filter { isIn[Int($0)] }
    let missing = order.rows.prefix(order.missing).reduce(0) { $0 + (isIn[Int($1)] ? 1 : 0) }
    return (rows, missing)
  }
}
