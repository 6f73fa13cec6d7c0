import Explorer
import Foundation
import Terminal
import Testing
import VectorStore

@testable import ExplorerUI

@Suite struct CopyingTests {
  private func copied(_ app: AppDriver) throws -> String {
    let sequence = try #require(app.sequences.last)
    let text = String(decoding: sequence.bytes, as: UTF8.self)
    let base64 = text.dropFirst("\u{1B}]52;c;".count).dropLast()
    return String(decoding: try #require(Data(base64Encoded: String(base64))), as: UTF8.self)
  }

  @Test func aChordCopiesWhatIsSelected() async throws {
    let app = try await AppDriver()
    try await app.press("y i")
    #expect(try copied(app) == Samples.animals[0].id.text)
    #expect(
      app.state.message?.text == "copied the id, 36 B, through the terminal, if it allows that (OSC 52)")
    try await app.press("j y t")
    #expect(try copied(app) == Samples.animals[1].content.string)
    try await app.press("y v")
    #expect(try copied(app) == "[0.6,-0.8]")
    try await app.press("y m")
    #expect(try copied(app) == MetadataValue.dictionary(Samples.animals[1].metadata).json)
  }

  @Test func marksAreCopiedTogether() async throws {
    let app = try await AppDriver()
    try await app.press("<space> <space> y i")
    #expect(try copied(app).split(separator: "\n").count == 2)
  }

  @Test func aScoreIsCopiedWithItsRank() async throws {
    let app = try await AppDriver()
    try await app.press("s cats <enter> y s")
    let fields = try copied(app).split(separator: "\t")
    #expect(fields.count == 5)
    #expect(fields[0] == "1")
    try await app.press("X y s")
    #expect(app.state.message?.text == "there are no results to copy")
  }

  @Test func aTextTooLongForTheTerminalGoesIntoAFile() async throws {
    var rows = Samples.animals
    rows[0].content = Text(String(repeating: "long ", count: 30_000))
    let app = try await AppDriver(store: FakeStore(rows))
    try await app.press("y t")
    #expect(app.sequences.isEmpty)
    #expect(app.state.message?.text.hasSuffix("into a file") == true)
  }

  @Test func theSearchIsCopiedAsLangChainWritesIt() throws {
    var request = SearchRequest(query: .text("it's \"so\""))
    request.filter = try Filter(parsing: "page >= 3 and draft = false")
    request.comparedFetchK = 20
    #expect(
      CopySubject.python(request, path: "/data/my.faiss") == """
        from langchain_community.vectorstores import FAISS

        # embeddings: the model that made the index
        db = FAISS.load_local("/data", embeddings, index_name="my", allow_dangerous_deserialization=True)
        hits = db.similarity_search_with_score("it's \\"so\\"", k=4, filter={"$and": [{"page": {"$gte": 3}}, {"draft": False}]}, fetch_k=20)

        """)
    request.mmr = SearchRequest.MMROptions(lambda: 0.3, fetchK: 40)
    request.filter = try Filter(parsing: "source ~ \"x\"")
    let text = CopySubject.python(request, path: "store")
    #expect(
      text.contains(
        "max_marginal_relevance_search(\"it's \\\"so\\\"\", k=4, filter=lambda metadata: True, fetch_k=40, lambda_mult=0.3)"
      ))
    #expect(text.contains("# LangChain has no words for this filter"))
  }

  @Test func theSearchIsCopiedAsACommand() throws {
    var request = SearchRequest(query: .text("it's so"))
    request.filter = try Filter(parsing: "page >= 3")
    request.mmr = SearchRequest.MMROptions(lambda: 0.3, fetchK: 40)
    #expect(
      CopySubject.commandLine(request, path: "my store")
        == "fathom search 'my store' 'it'\\''s so' -k 4 --filter 'page >= 3' --mmr --lambda 0.3 --fetch-k 40\n"
    )
  }
}

/// The programs of a desktop.
@Suite final class ClipboardTests {
  private let folder = NSTemporaryDirectory() + "fathom-clipboard-\(UUID().uuidString)"

  init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func program(_ name: String, _ body: String) throws {
    let path = "\(folder)/\(name)"
    try Data("#!/bin/sh\n\(body)\n".utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }

  private func environment(_ more: [String: String]) -> [String: String] {
    ["PATH": "\(folder):/usr/bin:/bin", "HOME": folder].merging(more) { $1 }
  }

  @Test func aProgramOfTheDesktopTakesTheText() async throws {
    try program("wl-copy", "cat > '\(folder)/got'")
    let outcome = await Clipboard(environment: environment(["WAYLAND_DISPLAY": "wayland-0"])).copy(
      "two\nlines")
    #expect(outcome == .taken(by: "wl-copy"))
    #expect(try String(contentsOfFile: "\(folder)/got", encoding: .utf8) == "two\nlines")
  }

  @Test func theNextOneIsTriedWhenOneFails() async throws {
    try program("xclip", "exit 1")
    try program("xsel", "cat > '\(folder)/got'")
    #expect(await Clipboard(environment: environment(["DISPLAY": ":0"])).copy("x") == .taken(by: "xsel"))
  }

  @Test func overSSHTheTerminalIsAsked() async throws {
    try program("xclip", "cat > '\(folder)/got'")
    let clipboard = Clipboard(environment: environment(["DISPLAY": ":0", "SSH_CONNECTION": "1"]))
    #expect(await clipboard.copy("x") == .forTerminal)
    #expect(await Clipboard(environment: environment([:])).copy("x") == .forTerminal)
  }

  @Test func aKeptCopyIsForNobodyElse() throws {
    let path = try Clipboard(environment: environment([:])).keep("secret")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "secret")
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
  }
}
