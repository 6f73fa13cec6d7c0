import ArgumentParser
import Explorer
import Foundation
import VectorStore

/// What a search starts from, beside a text.
struct QueryOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "A query vector: a JSON list, or @FILE that holds one.") var vector:
    String?
  @Option(parsing: .unconditionalSingleValue, help: "Documents like the one with this id.") var like:
    [String] = []

  /// How many of the ways to ask are used.
  func ways(_ text: String?) -> Int { [text != nil, vector != nil, !like.isEmpty].count { $0 } }

  /// The query of these options or of a text; nil when there is none.
  func query(_ text: String?, in session: Session) async throws -> SearchRequest.Query? {
    if let vector { return .vector(try Self.parse(vector)) }
    if let text { return .text(text) }
    return like.isEmpty ? nil : .like(try await session.ids(written: like))
  }

  /// A JSON list of numbers, or the file that holds it.
  private static func parse(_ text: String) throws -> [Float] {
    var json = text
    if text.hasPrefix("@") {
      do { json = try String(contentsOfFile: String(text.dropFirst()), encoding: .utf8) } catch {
        throw ExplorerError(.noInput, "cannot read the vector file \(text.dropFirst())")
      }
    }
    do { return try QueryVector(json: json).numbers } catch {
      throw ExplorerError(error.code, "--vector: \(error.message)")
    }
  }
}

extension DistanceStrategy: ExpressibleByArgument {
  public init?(argument: String) { self.init(written: argument) }
}
