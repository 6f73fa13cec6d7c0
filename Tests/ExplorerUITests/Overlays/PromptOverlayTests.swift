import Testing

@testable import ExplorerUI

@Suite struct PromptOverlayTests {
  @Test func readsNamesAliasesAndArguments() throws {
    #expect(try #require(PromptOverlay.parse("edit.undo")).command == .undo)
    #expect(try #require(PromptOverlay.parse("q!")).command == .forceQuit)
    let k = try #require(PromptOverlay.parse(" k  20 "))
    #expect(k.command == .setK && k.argument == "20")
    #expect(PromptOverlay.parse("nonsense") == nil)
  }

  @Test func writingWithAFolderSavesElsewhere() throws {
    #expect(try #require(PromptOverlay.parse("w")).command == .save)
    let elsewhere = try #require(PromptOverlay.parse("w /tmp/my folder"))
    #expect(elsewhere.command == .saveAs && elsewhere.argument == "/tmp/my folder")
  }

  @Test func completesAsFarAsItIsCertain() {
    var prompt = PromptOverlay(purpose: .command, field: TextField("docu"))
    prompt.complete()
    #expect(prompt.field.text == "document")
    prompt = PromptOverlay(purpose: .command, field: TextField("edit.u"))
    prompt.complete()
    #expect(prompt.field.text == "edit.undo")
  }
}
