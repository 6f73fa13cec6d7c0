import Explorer
import Foundation
import Testing
import VectorStore

/// why, eval, tune and diff, as scripts run them.
struct MeasuringVerbsTests {
  private let basic = Program.fixture("langchain-community-0.4.2/basic_l2")
  private let vector = "[1,0,0,0,0,0,0,0]"

  private func fields(_ json: String) throws -> Metadata {
    guard case .dictionary(let fields) = try MetadataValue(json: json) else {
      throw CocoaError(.coderReadCorrupt)
    }
    return fields
  }

  private func file(_ text: String, _ ending: String = "jsonl") throws -> String {
    let path = NSTemporaryDirectory() + "fathom-verbs-\(UUID().uuidString).\(ending)"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  private func index(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/index-types/\(name)").path
  }

  @Test func whySaysRankScoreAndStageOfEachDocument() throws {
    let hits = try fields(
      Program.run("search", basic, "--vector", vector, "-k", "40", "--json").output)["hits"]
    guard case .list(let ranked)? = hits, case .dictionary(let last)? = ranked.last else {
      Issue.record("no hits")
      return
    }
    let outcome = try Program.run(
      "why", basic, "doc-003", last["id"]?.displayText ?? "", "--vector", vector, "-k", "5", "--json")
    #expect(outcome.code == 0 && outcome.lines.count == 2)
    let found = try fields(outcome.lines[1])
    #expect(found["rank"] == 40 && found["score"] == last["score"] && found["count"] == 40)
    #expect(found["dropped_by"] == "rank" && found["returned"] == .null)
    let plain = try Program.run("why", basic, "doc-003", "--vector", vector, "--filter", "page = 77")
    #expect(plain.output.contains("filter page = 77"))
    #expect(plain.output.contains("dropped by filter page = 77: does not pass: page is"))
  }

  @Test func whyTakesTheLastWordAsTheQuestion() throws {
    let sample = URL(filePath: basic).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "sample-data/foobar").path
    let ids = try Program.run("list", sample, "--json", "--limit", "1").output
    let id = try fields(ids)["id"]?.displayText ?? ""
    let outcome = try Program.run("why", sample, id, "foo", "-k", "2")
    #expect(outcome.code == 0 && outcome.output.contains("returned as number 1"))
  }

  @Test func whyRefusesWhatItCannotFollow() throws {
    #expect(try Program.run("why", basic, "doc-003").code == 64)
    #expect(try Program.run("why", basic, "nobody", "--vector", vector).code == 66)
    #expect(try Program.run("why", basic, "doc-003", "--vector", vector, "-k", "0").code == 64)
    let huge = "\(Int.max)"
    let outcome = try Program.run(
      "why", basic, "doc-003", "--vector", vector, "-k", huge, "--fetch-k", huge, "--mmr", "--langchain",
      "--filter", "page >= 0 or not exists page")
    #expect(outcome.code == 0, "\(outcome.errors)")
  }

  @Test func evalGivesATableAPlotAndTheQuestions() throws {
    let path = try file(
      """
      {"question": "first", "vector": \(vector), "expected_ids": ["doc-000", "doc-001"]}
      {"question": "second", "vector": \(vector), "expected_metadata": "page = 1"}
      """)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let outcome = try Program.run("eval", basic, path, "--setting", "k=3", "--setting", "k=40")
    #expect(outcome.code == 0)
    for text in ["setting", "recall@k", "MRR", "nDCG@k", "k=40", "second", "1.00 |"] {
      #expect(outcome.output.contains(text), "\(text)")
    }
    let json = try fields(
      Program.run("eval", basic, path, "--setting", "k=40", "--min-recall", "1", "--json").output)
    #expect(json["questions"] == 2)
    guard case .list(let settings)? = json["settings"], case .dictionary(let total)? = settings.first else {
      Issue.record("no settings")
      return
    }
    #expect(total["recall"] == 1.0 && total["setting"] == "k=40")
    let weak = try Program.run("eval", basic, path, "--setting", "k=1", "--min-recall", "1")
    #expect(weak.code == 1)
  }

  @Test func evalNamesWhatItCannotRead() throws {
    let bad = try file("{\"question\": \"one\"}")
    defer { try? FileManager.default.removeItem(atPath: bad) }
    #expect(try Program.run("eval", basic, bad).code == 65)
    #expect(try Program.run("eval", basic, "/nowhere.jsonl").code == 66)
    #expect(try Program.run("eval", basic, bad, "--setting", "k=none").code == 64)
  }

  @Test func tuneRecommendsASetting() throws {
    let outcome = try Program.run("tune", index("ivf_flat_nprobe1"), "--json", "--sample", "30")
    #expect(outcome.code == 0)
    let curve = try fields(outcome.output)
    #expect(curve["parameter"] == "nprobe" && curve["current"] == 1 && curve["queries"] == 30)
    guard case .dictionary(let recommended)? = curve["recommended"],
      case .int(let value)? = recommended["value"]
    else {
      Issue.record("nothing recommended")
      return
    }
    #expect(value > 1)
    let table = try Program.run("tune", index("ivf_flat_nprobe1"), "--sample", "30")
    #expect(table.output.contains("recommended") && table.output.contains("as it is set"))
    let flat = try Program.run("tune", basic)
    #expect(flat.code == 64 && flat.errors.contains("neither nprobe nor efSearch"))
  }

  @Test func aSearchTakesAnEffortOfItsOwn() throws {
    let query = "[" + [String](repeating: "0.3", count: 16).joined(separator: ",") + "]"
    let few = try Program.run("search", index("ivf_flat_nprobe1"), "--vector", query, "-k", "20", "--json")
    let all = try Program.run(
      "search", index("ivf_flat_nprobe1"), "--vector", query, "-k", "20", "--nprobe", "99", "--json")
    #expect(try fields(few.output)["hits"] != fields(all.output)["hits"])
    let wrong = try Program.run("search", index("ivf_flat_nprobe1"), "--vector", query, "--ef-search", "9")
    #expect(wrong.code == 65 && wrong.errors.contains("no efSearch"))
    let none = try Program.run("search", index("ivf_flat_nprobe1"), "--vector", query, "--nprobe", "0")
    #expect(none.code == 65 || none.code == 64)
  }

  @Test func diffAnswersOneWhereSomethingDiffers() throws {
    let copy = try Program.copy("langchain-community-0.4.2/basic_l2")
    defer { try? FileManager.default.removeItem(atPath: copy) }
    #expect(try Program.run("diff", basic, copy).code == 0)
    #expect(try Program.run("delete", copy, "doc-003").code == 0)
    #expect(try Program.run("edit", copy, "doc-004", "--set", "draft=true").code == 0)
    let outcome = try Program.run("diff", basic, copy)
    #expect(outcome.code == 1)
    #expect(outcome.lines.first == "1 removed, 0 added, 1 changed, 0 with another vector; 39 in both")
    let path = try file("{\"question\": \"first\", \"vector\": \(vector)}")
    defer { try? FileManager.default.removeItem(atPath: path) }
    let json = try Program.run("diff", basic, copy, "--questions", path, "-k", "40", "--json")
    #expect(json.code == 1)
    let comparison = try fields(json.output)
    #expect(comparison["removed"] == 1 && comparison["changed"] == 1 && comparison["same"] == false)
    guard case .list(let answers)? = comparison["answers"], case .dictionary(let answer)? = answers.first
    else {
      Issue.record("no answers")
      return
    }
    #expect(answer["kept"] == 39)
    #expect(try Program.run("diff", basic, "/nowhere").code == 66)
  }
}
