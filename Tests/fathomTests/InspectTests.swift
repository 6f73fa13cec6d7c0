import Foundation
import Testing

struct InspectTests {
  private let popen = Program.fixture("hostile/exec_subprocess_popen")
  private let whole = Program.fixture("../pickle-shapes/whole")

  @Test func inspectSaysWhatPythonWouldHaveRun() throws {
    let outcome = try Program.run("inspect", "--pickle", popen)
    #expect(outcome.code == 65)
    #expect(
      outcome.output.contains(
        "a call of subprocess.Popen([\"touch\", \"/tmp/langchain_canary/exec_subprocess_popen\"]), at byte 235"
      ))
    #expect(outcome.lines.contains("     178  STACK_GLOBAL      subprocess.Popen (forbidden)"))
    #expect(outcome.errors.contains("nothing was run"))
  }

  @Test func inspectAnswersInJSONLines() throws {
    let outcome = try Program.run("inspect", "--pickle", popen + "/index.pkl", "--json", "--limit", "2")
    #expect(outcome.lines.count == 3)
    #expect(outcome.lines[0] == "{\"offset\":0,\"opcode\":\"PROTO\",\"argument\":\"4\"}")
    #expect(outcome.lines[2].contains("\"call\":\"subprocess.Popen("))
  }

  @Test func aSoundStoreRunsNothing() throws {
    let outcome = try Program.run(
      "inspect", "--pickle", Program.fixture("langchain-community-0.4.2/basic_l2"))
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("python would run nothing"))
  }

  @Test func foreignTextIsMadeSafe() throws {
    let path = NSTemporaryDirectory() + "fathom-inspect-\(UUID().uuidString).pkl"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data("cos\nsys\u{1b}[2Jtem\n(V\u{1b}]52;c;x\u{7}\u{202e}\ntR.".utf8).write(to: URL(filePath: path))
    for arguments in [["inspect", "--pickle", path], ["info", path], ["info", path, "--json"]] {
      let outcome = try Program.run(arguments)
      #expect(outcome.code == 65)
      #expect(
        !(outcome.output + outcome.errors).unicodeScalars.contains {
          "\u{1b}\u{7}\u{202e}".unicodeScalars.contains($0)
        })
    }
  }

  @Test func nothingOfAnEmbedderIsShownAnywhere() throws {
    for arguments in [
      ["inspect", "--pickle", whole], ["inspect", "--pickle", whole, "--json"], ["info", whole],
      ["info", whole, "--json"], ["list", whole, "--json"],
    ] {
      let outcome = try Program.run(arguments)
      #expect(outcome.code == 0)
      #expect(!(outcome.output + outcome.errors).contains("sk-a-secret"))
    }
  }

  @Test func infoListsTheNamesOfARefusedFile() throws {
    let text = try Program.run("info", popen)
    #expect(text.code == 65)
    #expect(text.output.contains("subprocess.Popen  at byte 178, forbidden"))
    let json = try Program.run("info", popen, "--json")
    #expect(json.output.contains("{\"name\":\"subprocess.Popen\",\"offset\":178,\"verdict\":\"forbidden\"}"))
    #expect(json.output.contains("\"error\":"))
  }
}
