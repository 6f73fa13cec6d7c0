import Explorer
import Foundation
import Testing
import VectorStore

struct VerbsTests {
  private let basic = Program.fixture("langchain-community-0.4.2/basic_l2")

  private func fields(_ json: String) throws -> Metadata {
    guard case .dictionary(let fields) = try MetadataValue(json: json) else {
      throw CocoaError(.coderReadCorrupt)
    }
    return fields
  }

  @Test func infoTellsWhatTheStoreIs() throws {
    let outcome = try Program.run("info", basic, "--json")
    #expect(outcome.code == 0)
    let info = try fields(outcome.output)
    #expect(info["rows"] == 40)
    #expect(info["documents"] == 40)
    #expect(info["dimension"] == 8)
    #expect(info["metric"] == "l2")
    #expect(info["format"] == "langchain")
    #expect(outcome.output.contains("langchain_core.documents.base.Document"))
    #expect(info["problems"] == [])
  }

  @Test func doctorSaysByItsCodeWhetherSomethingIsWrong() throws {
    let healthy = try Program.run("doctor", basic, "--json", "--embedder", "none")
    #expect(healthy.code == 0)
    #expect(try fields(healthy.output)["problems"] == 0)
    let library = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "sample-data/foobar").path
    let ill = try Program.run("doctor", library, "--embedder", "none")
    #expect(ill.code == 1)
    #expect(ill.output.contains("duplicate-content"))
    #expect(try Program.run("doctor", library, "--embedder", "none", "--skip", "duplicate-content").code == 0)
    #expect(try Program.run("doctor", library, "--only", "nonsense").code == 64)
    #expect(try Program.run("doctor", library, "--fix").code == 64)
  }

  @Test func listPagesThroughTheRowsInOrder() throws {
    let all = try Program.run("list", basic, "--json")
    #expect(all.lines.count == 40)
    let some = try Program.run("list", basic, "--json", "--offset", "3", "--limit", "2")
    #expect(some.lines == Array(all.lines[3..<5]))
    let first = try fields(some.lines[0])
    #expect(first["row"] == 3)
    #expect(first.entries.map(\.key) == ["row", "id", "content", "metadata"])
  }

  @Test func listFiltersByMetadata() throws {
    let outcome = try Program.run("list", basic, "--json", "--filter", "page = 1")
    #expect(outcome.code == 0)
    #expect(!outcome.lines.isEmpty)
    for line in outcome.lines {
      guard case .dictionary(let metadata)? = try fields(line)["metadata"] else { continue }
      #expect(metadata["page"] == 1)
    }
  }

  @Test func exportWritesAFileOrStdoutAndReplacesNothingUnasked() throws {
    let file = NSTemporaryDirectory() + "fathom-export-\(UUID().uuidString).jsonl"
    defer { try? FileManager.default.removeItem(atPath: file) }
    let written = try Program.run("export", basic, file, "--filter", "page = 1")
    #expect(written.code == 0)
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let printed = try Program.run("export", basic, "-", "--filter", "page = 1")
    #expect(printed.output == text)
    let again = try Program.run("export", basic, file)
    #expect(again.code == 73)
    #expect(again.errors.contains("--force takes its place"))
    #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
    let ranked = try Program.run("export", basic, "-", "--like", "doc-003", "-k", "2", "--format", "csv")
    #expect(ranked.output.hasPrefix("rank,score,id,content,"))
    #expect(try Program.run("export", basic, file + ".xml").code == 64)
  }

  @Test func showGivesOneDocumentWithItsVectorWhenAsked() throws {
    let shown = try fields(try Program.run("show", basic, "doc-003", "--json", "--vector").output)
    #expect(shown["row"] == 3)
    guard case .list(let vector)? = shown["vector"] else { throw CocoaError(.coderReadCorrupt) }
    #expect(vector.count == 8)
    #expect(try fields(try Program.run("show", basic, "doc-003", "--json").output)["vector"] == nil)
  }

  @Test func searchRanksByVectorTextAndLikeness() throws {
    let vector = "[" + Array(repeating: "0.1", count: 8).joined(separator: ",") + "]"
    let byVector = try fields(
      try Program.run("search", basic, "--vector", vector, "-k", "3", "--json").output)
    #expect(byVector["score"] == "squared_l2")
    guard case .list(let hits)? = byVector["hits"] else { throw CocoaError(.coderReadCorrupt) }
    #expect(hits.count == 3)
    let like = try fields(try Program.run("search", basic, "--like", "doc-003", "-k", "2", "--json").output)
    #expect(!MetadataValue.dictionary(like).json.contains("\"id\":\"doc-003\""))
    let text = try Program.run("search", basic, "anything", "--embedder", "hashing", "--json")
    #expect(text.code == 0)
    #expect(text.errors.contains("not made by the hashing embedder"))
  }

  @Test func aVectorMayComeFromAFile() throws {
    let file = NSTemporaryDirectory() + "vector-\(UUID().uuidString).json"
    try "[1, 0, 0, 0, 0, 0, 0, 0]".write(toFile: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: file) }
    #expect(try Program.run("search", basic, "--vector", "@\(file)", "--json").code == 0)
  }

  @Test func deleteSavesAndADryRunDoesNot() throws {
    let path = try Program.copy("langchain-community-0.4.2/basic_l2")
    defer { try? FileManager.default.removeItem(atPath: path) }
    let before = try Data(contentsOf: URL(filePath: "\(path)/index.pkl"))
    let dry = try fields(try Program.run("delete", path, "doc-001", "doc-002", "--dry-run", "--json").output)
    #expect(dry["rows"] == 38)
    #expect(try Data(contentsOf: URL(filePath: "\(path)/index.pkl")) == before)
    let done = try fields(try Program.run("delete", path, "doc-001", "doc-002", "--json").output)
    #expect(done["rows"] == 38)
    #expect(try Data(contentsOf: URL(filePath: "\(path)/index.pkl.bak")) == before)
    let ids = try Program.run("list", path, "--json").output
    #expect(!ids.contains("\"doc-001\""))
    #expect(ids.contains("\"doc-003\""))
  }

  @Test func deleteByFilterTakesAllThatMatch() throws {
    let path = try Program.copy("langchain-community-0.4.2/basic_l2")
    defer { try? FileManager.default.removeItem(atPath: path) }
    let matching = try Program.run("list", path, "--json", "--filter", "page >= 3").lines.count
    #expect(matching > 0)
    #expect(try Program.run("delete", path, "--filter", "page >= 3").code == 0)
    #expect(try Program.run("list", path, "--json").lines.count == 40 - matching)
  }

  @Test func mergeAppendsAndLeavesTheOtherAlone() throws {
    let path = try Program.copy("langchain-community-0.4.2/after_delete")
    defer { try? FileManager.default.removeItem(atPath: path) }
    let refused = try Program.run("merge", path, basic)
    #expect(refused.code == 64)
    #expect(refused.errors.contains("already"))
    let merged = try fields(try Program.run("merge", path, basic, "--on-duplicate", "skip", "--json").output)
    #expect(merged["rows"] == 40)
    let output = path + "-out"
    defer { try? FileManager.default.removeItem(atPath: output) }
    let renamed = try Program.run("merge", path, basic, "--on-duplicate", "rename", "-o", output, "--json")
    #expect(try fields(renamed.output)["rows"] == 80)
    #expect(try Program.run("list", output, "--json").lines.count == 80)
    #expect(try Program.run("merge", path, path).errors.contains("itself"))
  }

  @Test func addRefusesInLangChainsWordsWhenAsked() throws {
    let folder = try Program.copy("langchain-community-0.4.2/basic_l2")
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func add(_ records: String) throws -> Program.Outcome {
      let file = folder + "/more.jsonl"
      try Data(records.utf8).write(to: URL(filePath: file))
      return try Program.run("add", folder, file, "--langchain")
    }
    let vector = "[0,0,0,0,0,0,0,0]"
    let taken = try add("{\"id\":\"doc-003\",\"text\":\"x\",\"vector\":\(vector)}\n")
    #expect(taken.code != 0)
    #expect(taken.errors.contains("ValueError: Tried to add ids that already exist: {'doc-003'}"))
    let line = "{\"id\":\"new\",\"text\":\"x\",\"vector\":\(vector)}\n"
    #expect(try add(line + line).errors.contains("ValueError: Duplicate ids found in the ids list."))
    #expect(try add("{\"text\":\"x\",\"vector\":[1]}\n").errors.contains("AssertionError"))
    #expect(try add(line).code == 0)
  }

  @Test func textOfDocumentsIsMadeSafeForTheTerminal() throws {
    let outcome = try Program.run("list", Program.fixture("langchain-community-0.2.19/types"))
    #expect(outcome.code == 0)
    #expect(!outcome.output.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }
}

extension VerbsTests {
  @Test func editSetsTypedMetadataAndSaves() throws {
    let path = try Program.copy("langchain-community-0.4.2/basic_l2")
    defer { try? FileManager.default.removeItem(atPath: path) }
    let dry = try Program.run("edit", path, "doc-001", "--set", "draft=true", "--dry-run", "--json")
    #expect(dry.output.contains("\"edited\":1"))
    #expect(!(try Program.run("show", path, "doc-001", "--json").output.contains("draft")))
    #expect(
      try Program.run("edit", path, "doc-001", "--set", "draft=true", "--set", "note=a b", "--unset", "lang")
        .code == 0)
    let shown = try Program.run("show", path, "doc-001", "--json").output
    #expect(
      shown.contains("\"draft\":true") && shown.contains("\"note\":\"a b\"") && !shown.contains("\"lang\""))
    #expect(try Program.run("edit", path, "doc-001", "--set", "draft").code == 64)
    #expect(try Program.run("edit", path, "doc-001").code == 64)
  }

  @Test func pathsOfOneLetterAndTheFolderOneIsInAreFine() throws {
    let folder = NSTemporaryDirectory() + "fathom-letters-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let line = """
      cd "$1" && printf 'one\\n' > t && "$0" build d t --kind text --embedder hashing && "$0" copy d e \\
        && "$0" export d j --format jsonl && "$0" copy d f.faiss && cd d && "$0" info . && "$0" list . --json && ls ..
      """
    let outcome = try Program.shell(line, folder)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.lines.suffix(6).filter { ["d", "e", "j", "t"].contains($0) } == ["d", "e", "j", "t"])
  }
}
