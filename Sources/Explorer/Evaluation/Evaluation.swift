import Diagnosis
import Foundation

/// How well a store answers a file of questions, for one setting beside another.
public struct Evaluation: Sendable, Hashable {
  /// What one setting came to.
  public struct Column: Sendable, Hashable {
    public var setting: EvaluationSetting
    /// For each question, for each hit, best first, which of the question's expectations it meets.
    public var met: [[Set<Int>]]
    /// Of all searches together, without embedding.
    public var milliseconds: Double

    public init(setting: EvaluationSetting, met: [[Set<Int>]] = [], milliseconds: Double = 0) {
      self.setting = setting
      self.met = met
      self.milliseconds = milliseconds
    }
  }

  public var questions: [Question]
  public var columns: [Column]
  /// What a person should know to read it.
  public var notices: [String]

  public init(questions: [Question], columns: [Column], notices: [String] = []) {
    self.questions = questions
    self.columns = columns
    self.notices = notices
  }

  /// The scores of a column, one a question; with `k`, of so many hits only.
  public func scores(_ column: Column, k: Int? = nil) -> [RetrievalScore] {
    zip(questions, column.met).map { question, met in
      RetrievalScore(met: met, expected: question.expectations.count, k: k ?? column.setting.request.k)
    }
  }

  public func mean(_ column: Column, k: Int? = nil) -> RetrievalScore {
    RetrievalScore.mean(scores(column, k: k)) ?? RetrievalScore(recall: 0, reciprocalRank: 0, ndcg: 0)
  }

  /// Recall at every k up to the largest asked for, one line a setting.
  public func plot(width: Int, height: Int) -> TextPlot {
    var plot = TextPlot(
      width: width, height: height, horizontal: "k", vertical: "recall@k", verticalRange: 0...1)
    for column in columns {
      let points = (1...max(1, column.setting.request.k)).map { k in
        TextPlot.Point(x: Double(k), y: mean(column, k: k).recall)
      }
      plot.add(column.setting.name, points)
    }
    return plot
  }

  /// The table of totals: a head, then a line for each setting.
  public var table: [[String]] {
    [["", "setting", "recall@k", "MRR", "nDCG@k", "ms"]]
      + zip(columns, TextPlot.marks).map { column, mark in
        let mean = mean(column)
        let time = column.milliseconds / Double(max(1, questions.count))
        return [String(mark), column.setting.name] + Self.texts(mean) + [Self.fixed(time, decimals: 1)]
      }
  }

  /// The table of questions: a head, then a line for each question with the three numbers for each setting.
  public var questionTable: [[String]] {
    let scores = columns.map { self.scores($0) }
    let heads = zip(columns, TextPlot.marks).flatMap { ["\($1) recall", "MRR", "nDCG"] }
    return [["#"] + heads + ["question"]]
      + questions.indices.map { row in
        ["\(row + 1)"] + scores.flatMap { Self.texts($0[row]) } + [questions[row].text]
      }
  }

  private static func texts(_ score: RetrievalScore) -> [String] {
    [score.recall, score.reciprocalRank, score.ndcg].map { fixed($0, decimals: 3) }
  }

  static func fixed(_ number: Double, decimals: Int) -> String {
    number.formatted(
      .number.precision(.fractionLength(decimals)).grouping(.never).locale(.init(identifier: "en")))
  }
}
