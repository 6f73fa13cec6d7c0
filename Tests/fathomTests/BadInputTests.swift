import Foundation
import Testing

/// Every mistake has a clear message on stderr and its exit code, and changes nothing.
struct BadInputTests {
  private let basic = Program.fixture("langchain-community-0.4.2/basic_l2")

  @Test(arguments: [
    ("/nowhere/at/all", Int32(66), "no such file"),
    ("hostile/missing_index_faiss", 66, "index.faiss: not found"),
    ("hostile/missing_index_pkl", 66, "index.pkl: not found"),
    ("hostile/exec_in_mapping", 65, "at byte"),
    ("hostile/trunc_pkl_05", 65, "cut off"),
    ("hostile/json_instead", 65, "index.pkl"),
    ("hostile/faiss_trunc_20", 65, "index.faiss"),
    ("hostile/faiss_html", 65, "index.faiss"),
    ("hostile/faiss_ntotal_2e60", 65, "index.faiss"),
    ("hostile/shape_doc_is_str", 65, "expected a Document"),
  ])
  func aStoreThatCannotBeOpenedIsExplained(name: String, code: Int32, words: String) throws {
    let path = name.hasPrefix("/") ? name : Program.fixture(name)
    for verb in ["info", "list"] {
      let outcome = try Program.run(verb, path)
      #expect(outcome.code == code)
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
      #expect(!outcome.output.contains("rows"))
      #expect(verb == "info" || outcome.output.isEmpty)
    }
  }

  @Test func aMapUnlikeTheIndexOpensWithAWarning() throws {
    let outcome = try Program.run("list", Program.fixture("hostile/pair_fewer_vectors"), "--json")
    #expect(outcome.code == 0)
    #expect(outcome.lines.count == 2)
    #expect(outcome.errors.contains("2 vectors and the map 3 ids"))
  }

  @Test func anEmptyStoreAnswersWithNothing() throws {
    let path = Program.fixture("langchain-community-0.4.2/empty_store")
    #expect(try Program.run("list", path, "--json").output == "")
    let search = try Program.run("search", path, "words", "--json")
    #expect(search.code == 0)
    #expect(search.output.contains("\"hits\":[]"))
  }

  @Test func aWrongFilterShowsWhere() throws {
    let outcome = try Program.run("list", basic, "--filter", "page >= and lang = \"en\"")
    #expect(outcome.code == 64)
    #expect(outcome.errors.contains("^"))
  }

  @Test func aVectorOfAnotherDimensionSaysBoth() throws {
    let outcome = try Program.run("search", basic, "--vector", "[1, 2, 3]")
    #expect(outcome.code == 64)
    #expect(outcome.errors.contains("3 dimensions, the index has 8"))
    #expect(try Program.run("search", basic, "--vector", "nonsense").code == 64)
  }

  @Test func aTextWithoutAnEmbedderSaysWhatToDo() throws {
    let outcome = try Program.run("search", basic, "anything", "--json")
    #expect(outcome.code == 69)
    #expect(outcome.errors.contains("8 dimensions"))
    #expect(outcome.errors.contains("--embedder"))
    #expect(try Program.run("search", basic, "anything", "--embedder", "nonsense").code == 64)
  }

  @Test func anUnknownIDChangesNothing() throws {
    let path = try Program.copy("langchain-community-0.4.2/basic_l2")
    defer { try? FileManager.default.removeItem(atPath: path) }
    let outcome = try Program.run("delete", path, "doc-001", "nobody")
    #expect(outcome.code == 66)
    #expect(outcome.errors.contains("\"nobody\""))
    #expect(try Program.run("list", path, "--json").lines.count == 40)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: path).sorted() == [
        "expected.json", "index.faiss", "index.pkl",
      ])
  }

  @Test func anIDCutShortIsCompletedInTheMessageOnly() throws {
    let outcome = try Program.run("show", basic, "doc-00")
    #expect(outcome.code == 66)
    #expect(outcome.errors.contains("several begin so"))
    #expect(try Program.run("show", basic, "doc-03").errors.contains("write more of it"))
    #expect(
      try Program.run("show", Program.fixture("hostile/pair_fewer_vectors"), "nothing-like-it").code == 66)
  }

  @Test(arguments: [">/dev/full", ">&-"])
  func anAnswerThatCannotBeWrittenIsAnErrorNotACrash(redirection: String) throws {
    let outcome = try Program.shell("\"$0\" list \"$1\" \(redirection)", basic)
    #expect(outcome.code == 74)
    #expect(outcome.errors.contains("cannot be written"))
  }

  @Test func aClosedStandardOutputNeverBecomesAFileOfTheStore() throws {
    let path = try Program.copy("langchain-community-0.4.2/basic_l2")
    defer { try? FileManager.default.removeItem(atPath: path) }
    _ = try Program.shell("\"$0\" delete \"$1\" doc-001 <&- >&- 2>&-", path)
    #expect(try Program.run("list", path, "--json").lines.count == 39)
  }

  @Test func usageMistakesAreExitCode64() throws {
    #expect(try Program.run("search", basic).code == 64)
    #expect(try Program.run("delete", basic).code == 64)
    #expect(try Program.run("list", basic, "--nonsense").code == 64)
  }

  @Test func theScreenDoesNotStartWithoutATerminal() throws {
    let outcome = try Program.run(basic, environment: ["TERM": "xterm-256color"])
    #expect(outcome.code == 64)
    #expect(outcome.errors.contains("terminal"))
    #expect(outcome.output.isEmpty)
  }

  @Test(arguments: [#"a\377b"#, #"a\0b"#])
  func aLineThatIsNoTextIsNotEmbedded(line: String) throws {
    let outcome = try Program.shell(#"printf "ok\n$1\n" | "$0" embed --embedder hashing"#, line)
    #expect(outcome.code == 65)
    #expect(outcome.errors.contains("line 2 of stdin: expected UTF-8"))
  }
}
