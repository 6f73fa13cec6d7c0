import Testing

@testable import VectorStore

struct RowSetTests {
  @Test(arguments: [0, 1, 63, 64, 65, 1000])
  func rankAndPositionAreInverse(capacity: Int) {
    var numbers = SeededNumbers(UInt64(capacity))
    let members = (0..<capacity).filter { _ in Bool.random(using: &numbers) }
    let set = RowSet(capacity: capacity, where: Set(members).contains)
    #expect(set.count == members.count)
    #expect(set.members == members)
    for (rank, position) in members.enumerated() {
      #expect(set.rank(of: position) == rank)
      #expect(set.position(ofRank: rank) == position)
    }
  }

  @Test func subtractingLeavesTheOthers() {
    let set = RowSet(all: 130).subtracting([0, 64, 129])
    #expect(set.count == 127)
    #expect(!set.contains(64))
    #expect(set.contains(65))
    #expect(RowSet(all: 130).subtracting(set).members == [0, 64, 129])
  }

  @Test func visitingARangeStaysInside() {
    var visited: [Int] = []
    RowSet(all: 200).forEach(in: 60..<70) { visited.append($0) }
    #expect(visited == Array(60..<70))
  }
}
