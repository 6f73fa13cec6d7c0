import Foundation
import Testing

@testable import Embeddings

@Suite struct ScalarTableTests {
  /// What HuggingFace's tokenizer was seen to do with each scalar.
  private struct Classes: Decodable {
    var drop: [[UInt32]]
    var space: [UInt32]
    var cjk: [[UInt32]]
    var punct: [[UInt32]]
    var mapped: [String: [UInt32]]
  }

  @Test func everyScalarIsTreatedAsTheTokenizerOfThePaperDoes() throws {
    let classes = try JSONDecoder().decode(Classes.self, from: MiniLMReference.data("scalar-classes.json"))
    var expected = [UInt8](repeating: 0, count: 0x110000)
    func mark(_ ranges: [[UInt32]], _ kind: ScalarTable.Class) {
      for range in ranges { for scalar in range[0]...range[1] { expected[Int(scalar)] |= kind.rawValue } }
    }
    mark(classes.drop, .dropped)
    mark(classes.space.map { [$0, $0] }, .space)
    mark(classes.cjk, .ideograph)
    mark(classes.punct, .punctuation)
    let table = ScalarTable.standard
    for (key, others) in classes.mapped {
      let scalar = try #require(UInt32(key))
      expected[Int(scalar)] |= ScalarTable.Class.mapped.rawValue
      #expect(table.mapping(of: scalar) == others)
    }
    for scalar in UInt32(0)..<0x110000 where table.kind(of: scalar).rawValue != expected[Int(scalar)] {
      Issue.record("U+\(String(scalar, radix: 16)) differs")
    }
  }
}
