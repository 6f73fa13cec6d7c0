import Diagnosis
import VectorStore

/// What lies between two stores: documents, vectors, and how questions are answered.
public struct StoreComparison: Sendable, Hashable {
  /// A document of which something differs.
  public struct Entry: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable {
      case removed, added, changed
      /// The same document with another vector.
      case moved
    }

    public var kind: Kind
    /// The row in the first store for a document that is removed, in the second for the others.
    public var row: Int
    public var before: Document?
    public var after: Document?
    /// The distance between the two vectors, where they are not the same.
    public var distance: Double?

    public init(kind: Kind, row: Int, before: Document?, after: Document?, distance: Double? = nil) {
      self.kind = kind
      self.row = row
      self.before = before
      self.after = after
      self.distance = distance
    }

    public var document: Document? { after ?? before }
  }

  /// How one question is answered by both.
  public struct Answer: Sendable, Hashable {
    public var question: String
    public var churn: RankChurn

    public init(question: String, churn: RankChurn) {
      self.question = question
      self.churn = churn
    }
  }

  public struct Counts: Sendable, Hashable {
    public var removed = 0
    public var added = 0
    public var changed = 0
    public var moved = 0
    /// Documents that both have.
    public var shared = 0

    public init() {}
  }

  public static let mostEntries = 10_000

  public var names: Names
  public var counts: Counts
  /// Removed, added, changed, moved; at most ``mostEntries`` of each.
  public var entries: [Entry]
  public var answers: [Answer]
  /// What could not be compared, and other things to know.
  public var notices: [String]

  public struct Names: Sendable, Hashable {
    public var before: String
    public var after: String

    public init(before: String, after: String) {
      self.before = before
      self.after = after
    }
  }

  public init(
    names: Names, counts: Counts, entries: [Entry], answers: [Answer] = [], notices: [String] = []
  ) {
    self.names = names
    self.counts = counts
    self.entries = entries
    self.answers = answers
    self.notices = notices
  }

  /// Whether nothing differs; answers follow from documents, vectors and the index.
  public var isSame: Bool {
    counts.removed + counts.added + counts.changed + counts.moved == 0
      && answers.allSatisfy(\.churn.isSame) && notices.isEmpty
  }

  /// "2 removed, 1 added, 3 changed, 0 moved of 40 shared".
  public var summary: String {
    "\(counts.removed) removed, \(counts.added) added, \(counts.changed) changed, "
      + "\(counts.moved) with another vector; \(counts.shared) in both"
  }

  /// The table of documents: kind, row, id, distance of the vectors, content.
  public var table: [[String]] {
    entries.map { entry in
      [
        entry.kind.rawValue, "\(entry.row)", entry.document?.id.text ?? "",
        entry.distance.map { Evaluation.fixed($0, decimals: 4) } ?? "", entry.document?.content.string ?? "",
      ]
    }
  }

  /// The table of answers: a head, then a line for each question.
  public var answerTable: [[String]] {
    [["kept", "came", "went", "moved", "question"]]
      + answers.map { answer in
        let churn = answer.churn
        return ["\(churn.kept)", "\(churn.came.count)", "\(churn.went.count)", "\(churn.moved.count)"]
          + [answer.question]
      }
  }
}
