import Diagnosis
import Explorer
import Foundation
import Synchronization
import Testing
import VectorStore

struct EvaluationSettingTests {
  @Test func everyWordIsRead() throws {
    let setting = try EvaluationSetting(
      written: "k=9 lambda=0.3 fetch_k=50 filter='page > 3' threshold=1.5 nprobe=4 embedder=hashing langchain"
    )
    #expect(setting.request.k == 9 && setting.request.fetchK == 50 && setting.request.langchain)
    #expect(setting.request.mmr == .init(lambda: 0.3, fetchK: 50))
    #expect(setting.request.filter == (try Filter(parsing: "page > 3")))
    #expect(setting.request.scoreThreshold == 1.5 && setting.request.effort == .nprobe(4))
    #expect(setting.embedder == .hashing)
    #expect(try EvaluationSetting(written: "").name == "k=4")
    #expect(try EvaluationSetting.list(written: "k=3 | k=5 mmr").map(\.name) == ["k=3", "k=5 mmr"])
  }

  @Test(arguments: [
    "k=0", "k=x", "lambda=much", "nonsense", "filter='page >'", "filter='page", "embedder=what",
  ])
  func aWordThatCannotBeReadIsNamed(_ text: String) {
    let error = #expect(throws: ExplorerError.self) { try EvaluationSetting(written: text) }
    #expect(error?.code == .usage)
  }
}

struct EvaluationTests {
  private static func session(_ name: String = "stores/langchain-community-0.4.2/basic_l2") async throws
    -> Session
  {
    try await Session.open(ConformanceTests.fixtures.appending(path: name).path)
  }

  /// Questions whose vectors are those of documents, which expect the documents themselves.
  private static func questions(_ session: Session, _ count: Int) async throws -> [Question] {
    var questions: [Question] = []
    for row in try await session.page(offset: 0, limit: count, filter: nil).rows {
      let vector = try await session.document(row.document.id).vector
      questions.append(
        Question(
          text: "question \(row.row)", vector: vector, expectations: [.id(row.document.id)]))
    }
    return questions
  }

  @Test func aDocumentAskedByItsVectorIsFound() async throws {
    let session = try await Self.session()
    let questions = try await Self.questions(session, 12)
    let settings = try EvaluationSetting.list(written: "k=1 | k=5 filter='page = 99'")
    let steps = Mutex<[Explorer.Progress]>([])
    let evaluation = try await session.evaluate(questions, settings) { step in
      steps.withLock { $0.append(step) }
    }
    let (found, filtered) = (evaluation.mean(evaluation.columns[0]), evaluation.mean(evaluation.columns[1]))
    #expect(found == RetrievalScore(recall: 1, reciprocalRank: 1, ndcg: 1))
    #expect(filtered == RetrievalScore(recall: 0, reciprocalRank: 0, ndcg: 0))
    #expect(steps.withLock { $0.last } == Explorer.Progress(completed: 24, total: 24, note: "asking"))
    #expect(evaluation.table.map { $0[1] } == ["setting", "k=1", "k=5 filter='page = 99'"])
    #expect(evaluation.questionTable.count == 13)
  }

  @Test func idsThatNoDocumentHasAreSaidAndMissed() async throws {
    let session = try await Self.session()
    var questions = try await Self.questions(session, 2)
    questions[0].expectations.append(.id("nobody"))
    let evaluation = try await session.evaluate(questions, [try EvaluationSetting(written: "k=3")])
    #expect(evaluation.notices.contains("expected, but not in this store: the id nobody"))
    #expect(evaluation.scores(evaluation.columns[0])[0].recall == 0.5)
  }

  @Test func textsAreEmbeddedByTheEmbedderOfTheSetting() async throws {
    let path = ConformanceTests.fixtures.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "sample-data/foobar").path
    let session = try await Session.open(path)
    let question = Question(text: "bar burr", expectations: [.text(try #require(Passage("BAR  burr")))])
    let evaluation = try await session.evaluate(
      [question], try EvaluationSetting.list(written: "k=1 | k=1 embedder=hashing"))
    #expect(evaluation.columns.map { evaluation.mean($0).recall } == [1, 1])
  }

  @Test func aSettingThatCannotBeSearchedWithIsNamed() async throws {
    let session = try await Self.session()
    let questions = try await Self.questions(session, 1)
    var setting = try EvaluationSetting(written: "k=3 mmr")
    setting.request.mmr?.lambda = 7
    let error = await #expect(throws: ExplorerError.self) { try await session.evaluate(questions, [setting]) }
    #expect(error?.message.hasPrefix("with the setting k=3 mmr: lambda is 7") == true)
  }

  @Test func effortsChangeWhatAnApproximateIndexFinds() async throws {
    let session = try await Self.session("index-types/ivf_flat_nprobe1")
    var questions = try await Self.questions(session, 40)
    for index in questions.indices {
      questions[index].vector = questions[index].vector?.map { $0 + Float(index % 7) / 10 }
    }
    let exact = try await session.evaluate(questions, [try EvaluationSetting(written: "k=5 filter=true")])
    let both = try await session.evaluate(
      questions, try EvaluationSetting.list(written: "k=5 | k=5 nprobe=1000"))
    #expect(both.columns[1].met == exact.columns[0].met)
    #expect(both.columns[0].met != exact.columns[0].met)
  }
}

struct TuneTests {
  private static func tune(_ name: String, _ request: TuningRequest) async throws -> TuningCurve {
    let session = try await Session.open(
      ConformanceTests.fixtures.appending(path: "index-types/\(name)").path)
    return try await session.tune(request)
  }

  @Test(arguments: ["ivf_flat_nprobe1", "hnsw_flat_l2"])
  func recallGrowsToAllWithTheEffort(_ name: String) async throws {
    let curve = try await Self.tune(name, TuningRequest(sample: 60, k: 10, target: 0.9))
    #expect(curve.points.map(\.effort.value) == curve.points.map(\.effort.value).sorted())
    let recalls = curve.points.map(\.recall)
    #expect((recalls.first ?? 1) < 0.9 && (recalls.last ?? 0) > 0.95)
    let recommended = try #require(curve.recommended)
    #expect(recommended.recall >= 0.9)
    #expect(curve.points.allSatisfy { $0.effort.value >= recommended.effort.value || $0.recall < 0.9 })
    #expect(curve.advice.contains("\(recommended.effort) finds"))
    #expect(curve.points.contains { $0.effort == curve.current })
  }

  @Test func aFlatIndexHasNothingToTune() async throws {
    let error = await #expect(throws: ExplorerError.self) { try await Self.tune("flat_l2", TuningRequest()) }
    #expect(error?.code == .usage && error?.message.contains("neither nprobe nor efSearch") == true)
  }

  @Test func numbersOutOfRangeAreRefusedAndLargeOnesAreNot() async throws {
    for request in [TuningRequest(k: 0), TuningRequest(sample: 0), TuningRequest(target: 1.5)] {
      let error = await #expect(throws: ExplorerError.self) {
        try await Self.tune("ivf_flat_nprobe1", request)
      }
      #expect(error?.code == .usage)
    }
    _ = try await Self.tune("ivf_flat_nprobe1", TuningRequest(sample: 2, k: .max))
  }
}
