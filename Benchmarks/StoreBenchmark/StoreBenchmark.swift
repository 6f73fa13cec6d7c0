import Explorer
import Foundation
import VectorStore

/// Does what `scripts/bench.py` asks for with one session, a line of JSON each, and says how long it took.
///
/// The same questions go to a program that uses LangChain, in turns; `Order` lists them.
@main
struct StoreBenchmark {
  static func main() async throws {
    var session: Session?
    while let line = readLine() {
      let order = try JSONDecoder().decode(Order.self, from: Data(line.utf8))
      var reply = Reply()
      let clock = ContinuousClock()
      let start = clock.now
      if order.op == .open {
        let opened = try await Session.open(
          order.path ?? "", environment: ProcessInfo.processInfo.environment)
        reply.count = try await opened.page(offset: 0, limit: 40, filter: nil).total
        session = opened
      } else if let session {
        try await order.perform(in: session, &reply)
      }
      reply.ms = (clock.now - start) / .milliseconds(1)
      print(String(decoding: try JSONEncoder().encode(reply), as: UTF8.self))
      fflush(nil)
    }
  }
}

/// What is to be done.
private struct Order: Decodable {
  enum Operation: String, Decodable {
    case open, search, filtered, mmr, delete, merge, undo, save, matches
  }

  var op: Operation
  var path: String?
  var vector: [Float]?
  var k: Int?
  var fetchK: Int?
  var ids: [String]?
  /// A condition in Fathom's words.
  var filter: String?

  /// Until the person could see it: an edit is followed by the page that shows it.
  func perform(in session: Session, _ reply: inout Reply) async throws {
    switch op {
    case .open: break
    case .search, .filtered, .mmr:
      var request = SearchRequest(query: .vector(vector ?? []), k: k ?? 10)
      request.filter = try filter.map { try Filter(parsing: $0) }
      if op == .mmr { request.mmr = .init(lambda: 0.5, fetchK: fetchK ?? 100) }
      let result = try await session.search(request)
      reply.ids = result.hits.map(\.document.id.text)
      reply.scores = result.hits.map { Double($0.score) }
      reply.count = result.matched
    case .matches: reply.count = try await session.matchCount(Filter(parsing: filter ?? ""))
    case .delete:
      _ = try await session.delete((ids ?? []).map { DocumentID($0) })
      reply.count = try await session.page(offset: 0, limit: 40, filter: nil).total
    case .undo:
      _ = try await session.undo()
      reply.count = try await session.page(offset: 0, limit: 40, filter: nil).total
    case .merge:
      _ = try await session.merge(path ?? "", policy: .fail)
      reply.count = try await session.page(offset: 0, limit: 40, filter: nil).total
    case .save: reply.count = try await session.save(to: path).documents
    }
  }
}

/// What came of it.
private struct Reply: Encodable {
  var ms = 0.0
  var ids: [String]?
  var scores: [Double]?
  /// The rows that there are or that match.
  var count: Int?
}
