import VectorStore

/// A query vector as people and scripts give it: a JSON list of numbers.
public struct QueryVector: Sendable, Hashable {
  public let numbers: [Float]

  /// Throws `.usage` that names the item that is no number.
  public init(json: String) throws(ExplorerError) {
    guard let value = try? MetadataValue(json: json), case .list(let items) = value, !items.isEmpty else {
      throw ExplorerError(.usage, "expected a JSON list of numbers such as [0.1, -0.2]")
    }
    var numbers: [Float] = []
    for (place, item) in items.enumerated() {
      switch item {
      case .int(let number): numbers.append(Float(number))
      case .float(let number): numbers.append(Float(number))
      default: throw ExplorerError(.usage, "item \(place) of the vector is not a number")
      }
    }
    self.numbers = numbers
  }
}
