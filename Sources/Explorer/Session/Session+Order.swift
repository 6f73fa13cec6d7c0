import VectorStore

extension Session {
  /// The rows in the order asked for last, all of them and those of one filter.
  struct CachedOrder: Sendable {
    var revision: Int
    var order: RowOrder
    var rows: [Int32]
    /// The filter asked for last, and `rows` under it.
    var filtered: (filter: Filter, rows: [Int32])?
  }

  /// Rows in an order of one's choice; under a filter those that match.
  ///
  /// Rows that compare alike stay as they are, and those without the key come last, whichever way. The first page of
  /// an order sorts all rows, O(n log n); later ones, and those under a filter, reuse that.
  public func page(offset: Int, limit: Int, filter: Filter?, order: RowOrder) async throws -> Page {
    if order == .standard { return try await page(offset: offset, limit: limit, filter: filter) }
    let snapshot = await store.snapshot
    let version = snapshot.version
    let rows = try await rows(of: filter, order, snapshot)
    let shown = rows.dropFirst(offset).prefix(limit)
    return Page(
      revision: snapshot.revision, matched: rows.count, total: version.count, offset: offset,
      rows: shown.map { Row(row: Int($0), document: version.document(atRow: Int($0))) })
  }

  /// All rows under a filter, in order.
  func rows(
    filter: Filter?, order: RowOrder, _ snapshot: VectorStore.Snapshot
  ) async throws -> [Int] {
    let version = snapshot.version
    guard order == .standard else { return try await rows(of: filter, order, snapshot).map { Int($0) } }
    guard let filter else { return Array(0..<version.count) }
    let mask = try await mask(filter, snapshot)
    return version.rows(in: mask, offset: 0, limit: mask.count)
  }

  private func rows(
    of filter: Filter?, _ order: RowOrder, _ snapshot: VectorStore.Snapshot
  ) async throws -> [Int32] {
    var cached = try sorted(by: order, snapshot)
    if let filter, cached.filtered?.filter != filter {
      cached.filtered = (
        filter, Self.rows(of: cached, in: try await mask(filter, snapshot), snapshot.version)
      )
      orders.withLock { [cached] in $0 = cached }
    }
    return filter == nil ? cached.rows : cached.filtered?.rows ?? []
  }

  private func sorted(by order: RowOrder, _ snapshot: VectorStore.Snapshot) throws -> CachedOrder {
    if let cached = orders.withLock({ $0 }), cached.revision == snapshot.revision, cached.order == order {
      return cached
    }
    let version = snapshot.version
    var rows = (0..<Int32(clamping: version.count)).map { $0 }
    if order.key == .row {
      rows.reverse()
    } else {
      let keys = try Self.keys(of: version, order.key)
      rows.sort { a, b in
        let (first, second) = (keys[Int(a)], keys[Int(b)])
        if first == second { return a < b }
        if first.isMissing != second.isMissing { return second.isMissing }
        return order.isDescending ? second < first : first < second
      }
    }
    try Task.checkCancellation()
    let cached = CachedOrder(revision: snapshot.revision, order: order, rows: rows)
    orders.withLock { $0 = cached }
    return cached
  }

  /// What each row is compared by.
  private static func keys(of version: StoreVersion, _ key: RowOrder.Key) throws -> [RowSortKey] {
    var keys: [RowSortKey] = []
    keys.reserveCapacity(version.count)
    let path: FieldPath? = if case .metadata(let name) = key { FieldPath(.string(Text(name))) } else { nil }
    try version.forEachPosition { row, part, position in
      if row & 0xFFF == 0 { try Task.checkCancellation() }
      switch key {
      case .id: keys.append(RowSortKey(part.id(at: position).text))
      case .content: keys.append(RowSortKey(part.document(at: position).content.string))
      case .row, .metadata: keys.append(RowSortKey(path?.value(in: part.metadata(at: position))))
      }
    }
    return keys
  }

  private static func rows(of order: CachedOrder, in mask: RowMask, _ version: StoreVersion) -> [Int32] {
    var isIn = [Bool](repeating: false, count: version.count)
    for row in version.rows(in: mask, offset: 0, limit: mask.count) { isIn[row] = true }
    return order.rows.filter { isIn[Int($0)] }
  }
}
