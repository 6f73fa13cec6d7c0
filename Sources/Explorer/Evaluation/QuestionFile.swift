import Diagnosis
import DocumentSources
import Foundation
import VectorStore

/// A file of questions with what their answers should hold: JSON Lines, a JSON list, CSV or TSV.
///
/// A record has `question`, and at least one of `expected_ids`, `expected_texts` and `expected_metadata`; `vector`
/// stands in for a text that cannot be embedded. In JSON the first two are a text or a list of them, the third a
/// LangChain filter such as `{"page": 3}`, or a filter as text; in CSV ids and texts are apart by semicolons.
public struct QuestionFile: Sendable {
  public let questions: [Question]

  private static let fields = ["expected_ids", "expected_texts", "expected_metadata"]

  /// Reads the file at `path`.
  ///
  /// With `needsExpectations` false, questions alone will do. Throws ``ExplorerError`` that names file and line.
  public init(path: String, needsExpectations: Bool = true) throws(ExplorerError) {
    do {
      let file = SourceFile(path: path, kind: try SourceKind(path: path))
      guard file.kind != .text, file.kind != .markdown else {
        throw ExplorerError(.usage, "\(path): questions are read from .jsonl, .json, .csv and .tsv files")
      }
      let reader = DocumentReader(
        [file], settings: SourceSettings(textField: "question", typesColumns: false))
      var questions: [Question] = []
      while let record = try reader.next() {
        try Task.checkCancellation()
        let question = try Self.question(record, isTable: file.kind == .csv || file.kind == .tsv)
        guard !needsExpectations || !question.expectations.isEmpty else {
          throw Self.failure(record, "a question needs one of \(Self.fields.joined(separator: ", "))")
        }
        questions.append(question)
      }
      guard !questions.isEmpty else { throw ExplorerError(.badData, "\(path) has no questions") }
      self.questions = questions
    } catch {
      throw ExplorerError(error)
    }
  }

  private static func question(_ record: SourceDocument, isTable: Bool) throws -> Question {
    func texts(_ name: String) throws -> [String] {
      switch record.metadata[.string(Text(name))] {
      case nil, .null?: return []
      case .string(let text)?:
        guard isTable else { return [text.string] }
        return text.string.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
      case .list(let items)?:
        return try items.map {
          switch $0 {
          case .string(let text): text.string
          case .int(let number): String(number)
          default: throw failure(record, "\(name) must be a list of texts")
          }
        }
      case .int(let number)?: return [String(number)]
      default: throw failure(record, "\(name) must be a text or a list of texts")
      }
    }
    var expectations = try texts(fields[0]).map { Expectation.id(DocumentID($0)) }
    for text in try texts(fields[1]) {
      guard let passage = Passage(text) else { throw failure(record, "an expected text is blank") }
      expectations.append(.text(passage))
    }
    if let filter = try filter(record) { expectations.append(.metadata(filter)) }
    return Question(text: record.text.string, vector: record.vector, expectations: expectations)
  }

  private static func filter(_ record: SourceDocument) throws -> Filter? {
    do throws(FilterError) {
      switch record.metadata[.string(Text(fields[2]))] {
      case nil, .null?: return nil
      case .string(let text)?: return try Filter(parsing: text.string)
      case let value?: return try Filter(langChain: value)
      }
    } catch {
      throw failure(record, "\(fields[2]) cannot be read: \(error.message)")
    }
  }

  private static func failure(_ record: SourceDocument, _ message: String) -> ExplorerError {
    ExplorerError(.badData, "\(record.origin): \(message)")
  }
}
