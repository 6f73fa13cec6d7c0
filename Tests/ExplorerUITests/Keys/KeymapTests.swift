import Terminal
import Testing

@testable import ExplorerUI

@Suite struct KeymapTests {
  @Test func mistakesAreSaidWithTheirLine() {
    let text = """
      # mine
      "edit.undo" = ["u"]

      [documents]
      delte = ["x"]
      sort = ["Hyper-x"]
      """
    let problems = KeymapFile(text: text).problems
    #expect(problems.contains { $0.hasPrefix("keys.toml: line 5: there is no command \"documents.delte\"") })
    #expect(problems.contains { $0.hasPrefix("keys.toml: line 6: documents.sort: \"Hyper-x\" is no key") })
  }

  @Test func innerScopesWin() {
    let keymap = Keymap()
    #expect(keymap.match([.control("u")], in: [.field, .movement]) == .command(.fieldEraseToStart))
    #expect(keymap.match([.control("u")], in: [.list, .movement]) == .command(.halfUp))
  }

  @Test func lettersAreTextWhileTyping() {
    #expect(Keymap().match([.character("d")], in: [.panes], typing: true) == .none)
    #expect(Keymap().match([.character("d")], in: [.panes]) == .command(.delete))
  }

  @Test func chordsWaitForTheirNextKey() {
    let keymap = KeymapFile(text: #""documents.delete" = ["g d"]"#).keymap
    #expect(keymap.match([.character("g")], in: [.panes]) == .prefix)
    #expect(keymap.match([.character("g"), .character("d")], in: [.panes]) == .command(.delete))
    #expect(keymap.match([.character("d")], in: [.panes]) == .none)
  }

  @Test func labelsAreSpelledOut() {
    #expect(Keymap().label(of: .save) == "Ctrl-s")
    #expect(Keymap().label(of: .mark) == "Space")
    #expect(Keymap().label(of: .bottom) == "G")
  }
}

@Suite struct KeymapFileTests {
  @Test func overridesOnlyWhatItNames() {
    let file = KeymapFile(text: #""edit.undo" = "C-x""#)
    #expect(file.problems.isEmpty)
    #expect(file.keymap.labels(of: .undo) == ["C-x"])
    #expect(file.keymap.labels(of: .redo) == ["C-r"])
  }

  @Test func acceptsDottedNamesAndTables() {
    let file = KeymapFile(text: "edit.undo = \"C-x\"\n[search]\nlike = [\"C-y\", \"M\"]")
    #expect(file.problems.isEmpty)
    #expect(file.keymap.labels(of: .undo) == ["C-x"])
    #expect(file.keymap.labels(of: .moreLikeThis) == ["C-y", "M"])
  }

  @Test func suggestsTheNameThatWasMeant() {
    let problems = KeymapFile(text: #""documents.delte" = ["x"]"#).problems
    #expect(
      problems == [
        #"keys.toml: line 1: there is no command "documents.delte"; did you mean "documents.delete"?"#
      ])
  }

  @Test func reportsAKeyThatIsNone() {
    let problems = KeymapFile(text: #""edit.undo" = ["Hyper-x"]"#).problems
    #expect(problems.count == 1)
    #expect(problems[0].contains("edit.undo") && problems[0].contains("Hyper-x"))
  }

  @Test func reportsAKeyGivenTwice() {
    let file = KeymapFile(text: "\"edit.undo\" = [\"x\"]\n\"edit.redo\" = [\"x\"]")
    #expect(file.problems.contains { $0.contains("given to edit.redo and to edit.undo") })
    #expect(file.keymap.match([.character("x")], in: [.global]) == .command(.redo))
  }

  @Test func saysWhichCommandLostItsOnlyKey() {
    let file = KeymapFile(text: #""edit.undo" = ["z"]"#)
    #expect(file.problems == [#"keys.toml: line 1: "z" now does edit.undo; pane.zoom has no key left"#])
    #expect(file.keymap.match([.character("z")], in: [.global]) == .command(.undo))
  }

  @Test func brokenFileChangesNothing() {
    let file = KeymapFile(text: "\"edit.undo\" = [\"x\"\n")
    #expect(file.problems.count == 1)
    #expect(file.problems[0].hasPrefix("keys.toml: line "))
    #expect(file.keymap == Keymap())
  }
}
