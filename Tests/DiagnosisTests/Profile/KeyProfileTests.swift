import Testing
import VectorStore

@testable import Diagnosis

@Suite struct KeyProfileTests {
  @Test func numbersHaveARangeAndAShape() {
    let profile = KeyProfile("page", [.int(0): 3, .int(16): 1, .float(8): 2])
    #expect(profile.present == 6 && profile.distinct == 3)
    #expect(profile.least == .int(0) && profile.greatest == .int(16))
    #expect(profile.shape.count == 16 && profile.shape[0] == 3 && profile.shape[8] == 2 && profile.shape[15] == 1)
    #expect(profile.types == [.init(name: "int", count: 4), .init(name: "float", count: 2)])
    #expect(profile.isMixed)
  }

  @Test func whatPandasLeavesIsNoTypeOfItsOwn() {
    let profile = KeyProfile("phone", [.string("1"): 4, .float(.nan): 2, .null: 1])
    #expect(profile.types.map(\.name) == ["text", "NaN", "none"])
    #expect(!profile.isMixed)
    #expect(profile.least == .string("1") && profile.greatest == .string("1"))
  }

  @Test func theLargestDoublesHaveAShapeToo() {
    let largest = Double.greatestFiniteMagnitude
    let profile = KeyProfile("x", [.float(-largest): 1, .float(largest): 1])
    #expect(profile.shape.first == 1 && profile.shape.last == 1)
  }

  @Test func otherValuesAreCountedByFrequency() {
    let profile = KeyProfile("tags", [.list(["a"]): 5, .list(["b"]): 7])
    #expect(profile.least == nil && profile.shape == [7, 5])
  }
}
