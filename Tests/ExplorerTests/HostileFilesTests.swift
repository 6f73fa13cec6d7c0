import Explorer
import Foundation
import Testing
import VectorStore

/// Malicious, damaged and mismatched files: each is refused with a reason, or opens, as recorded.
struct HostileFilesTests {
  static let cases = ConformanceTests.cases(in: ["stores/hostile"])

  @Test func theFixturesAreThere() { #expect(Self.cases.count > 120) }

  @Test(arguments: cases) func isRefusedOrOpensAsItShould(_ test: ConformanceTests.Case) async throws {
    guard case .dictionary(let expectation)? = try test.expected()["expect"],
      case .string(let outcome)? = expectation["outcome"]
    else { throw ConformanceTests.Malformed() }
    let mayOpen =
      outcome.string != "refuse"
      || (expectation["also_acceptable"]?.json).map { $0.contains("open") || $0.contains("memo_bomb") }
        ?? false
    do {
      let session = try await Session.open(test.path)
      _ = try await session.page(offset: 0, limit: 100, filter: nil)
      #expect(mayOpen, "opened, and should be refused")
    } catch let error as ExplorerError {
      #expect(error.message.count > 20, "a reason that helps")
      #expect(error.code == .badData || error.code == .noInput)
    }
  }

  @Test func aForbiddenNameIsToldWithItsPlace() async throws {
    let path = ConformanceTests.fixtures.appending(path: "stores/hostile/exec_in_mapping").path
    let error = await #expect(throws: ExplorerError.self) { try await Session.open(path) }
    #expect(error?.message.contains("index.pkl") == true)
    #expect(error?.message.contains("at byte") == true)
  }
}
