import Foundation
import Testing
import VectorStore

/// Filters as recorded from LangChain and from Python itself; see Tests/Fixtures/filters.
@Suite struct FilterLangChainTests {
  @Test func recordedSearchesOfLangChainAgree() throws {
    let fixture = try Fixture("cases.json")
    let stores = try fixture.content.list("stores").map { try $0.elements.map { try $0.dictionary } }
    let cases = try fixture.content.list("cases").map { try $0.dictionary }
    #expect(cases.count > 100)
    for record in cases {
      guard case .int(let store)? = record["store"], let filter = record["filter"] else {
        throw Fixture.Malformed()
      }
      if let message = record["error"] {
        let error = #expect(throws: FilterError.self, "\(filter.json)") {
          let filter = try Filter(langChain: filter)
          for metadata in stores[store] { _ = try filter.matchesAsLangChain(metadata) }
        }
        #expect(error.map { .string(Text($0.message)) } == message)
      } else {
        let filter = try Filter(langChain: filter)
        let answers = try stores[store].map { try filter.matchesAsLangChain($0) ? "1" : "0" as Character }
        #expect(try record.text("expected").isAnswered(by: answers), "\(filter)")
        // The lenient reading of the same dictionary agrees where nothing raises.
        let lenient = stores[store].map { filter.matches($0) ? "1" : "0" as Character }
        #expect(lenient == answers, "\(filter)")
      }
    }
  }

  @Test func pythonsOperatorsAgreeOverEveryPairOfTypes() throws {
    let fixture = try Fixture("python.json")
    let documents = try fixture.content.list("documents").map { try $0.dictionary }
    for record in try fixture.content.list("cases").map({ try $0.dictionary }) {
      guard let value = record["filter"] else { throw Fixture.Malformed() }
      let filter = try Filter(langChain: value)
      var firstError: FilterError?
      let answers = documents.map { document -> Character in
        do throws(FilterError) {
          return try filter.matchesAsLangChain(document) ? "1" : "0"
        } catch {
          firstError = firstError ?? error
          return "T"
        }
      }
      let expected = try record.text("expected")
      #expect(expected.isAnswered(by: answers), "\(value.json)\n\(expected)\n\(String(answers))")
      #expect(firstError.map { .string(Text($0.message)) } == record["message"], "\(value.json)")
    }
  }

  @Test func theFirstOfAndOrNotHidesItsSiblings() throws {
    let page2: Metadata = ["page": 2]
    #expect(try Filter(parsing: #"{"$or": [{"page": 1}], "$and": [{"page": 2}]}"#).matchesAsLangChain(page2))
    #expect(try !Filter(parsing: #"{"page": 2, "$or": [{"page": 1}]}"#).matchesAsLangChain(page2))
    #expect(try !Filter(parsing: #"{"page": 2, "$or": [{"page": 1}]}"#).matches(page2))
  }

  @Test func unknownOperatorsAreRefusedWithAPlaceAtTheTopLevelOnly() throws {
    let text = #"{"page": 1, "$foo": 2}"#
    let error = #expect(throws: FilterError.self) { try Filter(parsing: text) }
    #expect(error?.code == .unsupportedOperator)
    #expect(error?.message == "filter contains unsupported operator: $foo")
    #expect(error?.offset == 12)
    #expect(try Filter(parsing: #"{"$not": {"$foo": 1}}"#).matchesAsLangChain([:]))
  }

  @Test func anOrderOfAMissingKeyIsATypeErrorStrictlyAndNoMatchLeniently() throws {
    let filter = try Filter(parsing: #"{"page": {"$gt": 3}}"#)
    #expect(!filter.matches([:]))
    #expect(
      throws: FilterError(
        code: .type, message: "'>' not supported between instances of 'NoneType' and 'int'")
    ) { try filter.matchesAsLangChain([:]) }
  }

  @Test func aSettledAnswerNeverReachesTheError() throws {
    let filter = try Filter(parsing: #"{"lang": "en", "page": {"$gt": 3}}"#)
    #expect(try !filter.matchesAsLangChain(["lang": "de"]))
  }

  @Test func onlyDictionariesAreFilters() {
    for (value, name) in [("page", "str"), ([], "list"), (5, "int")] as [(MetadataValue, String)] {
      let error = #expect(throws: FilterError.self) { try Filter(langChain: value) }
      #expect(error?.message == "filter must be a dict of metadata or a callable, not <class '\(name)'>")
    }
  }

  @Test func fathomFiltersTranslateWhereLangChainHasTheWords() throws {
    let filter = try Filter(parsing: #"page >= 3 and (lang in [en, de] or not draft = true)"#)
    #expect(
      filter.langChain?.json
        == #"{"$and":[{"page":{"$gte":3}},{"$or":[{"lang":{"$in":["en","de"]}},{"$not":{"draft":true}}]}]}"#)
    #expect(try Filter(parsing: "`$foo` = 1").langChain?.json == #"{"$and":[{"$foo":1}]}"#)
    #expect(try Filter(parsing: "tags = [a]").langChain?.json == #"{"tags":{"$eq":["a"]}}"#)
    #expect(try Filter(parsing: "source ~ union").langChain == nil)
    #expect(try Filter(parsing: "a.b = 1").langChain == nil)
  }

  @Test func aDictionaryIsKeptAsWritten() throws {
    let text = #"{"page":2,"$or":[{"page":1}]}"#
    #expect(try Filter(parsing: text).langChain?.json == text)
    #expect(try Filter(parsing: text).description == "page = 1")
  }
}

/// One of the recorded files.
private struct Fixture {
  struct Malformed: Error {}
  let content: Metadata

  init(_ name: String) throws {
    let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
      .appending(path: "Fixtures/filters/\(name)")
    content = try MetadataValue(json: String(contentsOf: url, encoding: .utf8)).dictionary
  }
}

extension MetadataValue {
  fileprivate var dictionary: Metadata {
    get throws {
      guard case .dictionary(let content) = self else { throw Fixture.Malformed() }
      return content
    }
  }

  fileprivate var elements: [MetadataValue] {
    get throws {
      guard case .list(let elements) = self else { throw Fixture.Malformed() }
      return elements
    }
  }
}

extension Metadata {
  fileprivate func list(_ key: String) throws -> [MetadataValue] { try (self[key] ?? .null).elements }

  fileprivate func text(_ key: String) throws -> String {
    guard case .string(let text)? = self[key] else { throw Fixture.Malformed() }
    return text.string
  }
}

extension String {
  /// Letter for letter; "?" was not recorded.
  fileprivate func isAnswered(by answers: [Character]) -> Bool {
    count == answers.count && zip(self, answers).allSatisfy { $0 == "?" || $0 == $1 }
  }
}
