import Foundation
import Testing
import VectorStore

@testable import Explorer

struct OrderTests {
  private func session() async throws -> Session {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent(
        "Fixtures/stores/langchain-community-0.4.2/basic_l2"
      ).path
    return try await Session.open(path, for: .reading)
  }

  private func all(_ session: Session, _ order: RowOrder, _ filter: Filter? = nil) async throws -> [Row] {
    try await session.page(offset: 0, limit: .max / 2, filter: filter, order: order).rows
  }

  @Test func theStoreKeepsItsOrderAndRowsKeepTheirNumbers() async throws {
    let session = try await session()
    let plain = try await all(session, .standard)
    let byID = try await all(session, RowOrder(.id))
    #expect(byID.map(\.document.id.text) == plain.map(\.document.id.text).sorted())
    for row in byID { #expect(plain[row.row].document == row.document) }
    let again = try await all(session, .standard)
    #expect(again == plain)
  }

  @Test func pagesOfAnOrderJoinToTheWhole() async throws {
    let session = try await session()
    let order = RowOrder(.content, isDescending: true)
    let whole = try await all(session, order)
    var joined: [Row] = []
    while joined.count < whole.count {
      let page = try await session.page(offset: joined.count, limit: 7, filter: nil, order: order)
      #expect(page.matched == whole.count)
      joined += page.rows
    }
    #expect(joined == whole)
    let beyond = try await session.page(offset: 1000, limit: 7, filter: nil, order: order)
    #expect(beyond.rows.isEmpty)
  }

  @Test func aFilterAndAnOrderHoldTogether() async throws {
    let session = try await session()
    let keys = try await session.keys()
    let key = try #require(keys.first).key
    let filter = try Filter(parsing: "exists \(key)")
    let filtered = try await all(session, .standard, filter)
    let sorted = try await all(session, RowOrder(.metadata(key)), filter)
    #expect(Set(sorted) == Set(filtered))
    let down = try await all(session, RowOrder(.metadata(key), isDescending: true), filter)
    let path = FieldPath(.string(Text(key)))
    for rows in [sorted, down] {
      for (row, next) in zip(rows, rows.dropFirst()) {
        let (a, b) = (
          RowSortKey(path.value(in: row.document.metadata)),
          RowSortKey(path.value(in: next.document.metadata))
        )
        #expect(a == b ? row.row < next.row : (rows == sorted) == (a < b))
      }
    }
  }

  @Test func valuesOfAllTypesHaveAPlaceAndMissingOnesAreLast() {
    let values: [MetadataValue?] = [
      nil, "b", 3, .float(.nan), true, .null, 2.5, "a", .list([1]), .float(-.infinity),
    ]
    let keys = values.map { RowSortKey($0) }.sorted()
    let expected: [MetadataValue?] = [.float(-.infinity), true, 2.5, 3, .float(.nan), "a", "b"]
    #expect(Array(keys.prefix(7)) == expected.map { RowSortKey($0) })
    #expect(keys.last?.isMissing == true)
    #expect(keys.filter(\.isMissing).count == 1)
  }

  @Test func ordersAreReadAsWritten() {
    #expect(RowOrder(written: "-page") == RowOrder(.metadata("page"), isDescending: true))
    #expect(RowOrder(written: "row") == .standard)
    #expect(RowOrder(written: "-id").description == "-id")
  }
}
