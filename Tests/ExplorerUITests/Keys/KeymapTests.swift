import Terminal
import Testing

@testable import ExplorerUI

@Suite struct KeymapTests {
  @Test func mistakesAreSaidWithLineAndColumn() {
    let text = """
      # mine
      "edit.undo" = ["u"]

      [documents]
      delte = ["x"]
        sort = ["Hyper-x"]
      """
    for text in [text, text.replacing("\n", with: "\r\n")] {
      let problems = KeymapFile(text: text).problems
      #expect(
        problems.contains {
          $0.hasPrefix("keys.toml: line 5, column 1: there is no command \"documents.delte\"")
        })
      #expect(
        problems.contains {
          $0.hasPrefix("keys.toml: line 6, column 3: documents.sort: \"Hyper-x\" is no key")
        })
    }
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
    let file = KeymapFile(text: "edit.undo = \"C-x\"\n[search]\nlike = [\"C-y\", \"B\"]")
    #expect(file.problems.isEmpty)
    #expect(file.keymap.labels(of: .undo) == ["C-x"])
    #expect(file.keymap.labels(of: .moreLikeThis) == ["C-y", "B"])
  }

  @Test func suggestsTheNameThatWasMeant() {
    let problems = KeymapFile(text: #""documents.delte" = ["x"]"#).problems
    #expect(
      problems == [
        #"keys.toml: line 1, column 1: there is no command "documents.delte"; did you mean "documents.delete"?"#
      ])
  }

  @Test func whatIsNoKeyLeavesTheOthersAlone() {
    let file = KeymapFile(text: "edit.undo = 3\nedit.redo = [\"x\", true]\n\"edit.delete\" = \"C-x\"")
    #expect(
      file.problems == [
        "keys.toml: line 3, column 1: there is no command \"edit.delete\"",
        "keys.toml: line 2, column 19: edit.redo: expected a text in quotes, found true",
        "keys.toml: line 1, column 1: edit.undo: expected a key or a list of keys, found 3",
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
    #expect(
      file.problems == [#"keys.toml: line 1, column 1: "z" now does edit.undo; pane.zoom has no key left"#])
    #expect(file.keymap.match([.character("z")], in: [.global]) == .command(.undo))
  }

  @Test func saysWhichKeysDoSomethingElse() {
    let text = "\"store.export\" = [\"space\"]\n\"edit.undo\" = [\"u\", \"g u\"]\n"
    #expect(
      KeymapFile(text: text).problems == [
        #"keys.toml: line 2, column 1: edit.undo: "g" does move.top in moving, without waiting for more"#,
        #"keys.toml: line 1, column 1: store.export: "Space" does mark.toggle in documents and results"#,
      ])
  }

  @Test func saysWhichChordsAKeyHides() {
    let problems = KeymapFile(text: #""edit.undo" = ["u", "y"]"#).problems
    #expect(problems.count == 1)
    #expect(problems[0].hasPrefix("keys.toml: line 1, column 1: edit.undo hides the keys of copy.id (y i), "))
    #expect(problems[0].hasSuffix("copy.command (y c)"))
  }

  @Test func brokenFileChangesNothing() {
    let file = KeymapFile(text: "\"edit.undo\" = [\"x\"\n")
    #expect(file.problems.count == 1)
    #expect(file.problems[0].hasPrefix("keys.toml: line "))
    #expect(file.keymap == Keymap())
  }
}
