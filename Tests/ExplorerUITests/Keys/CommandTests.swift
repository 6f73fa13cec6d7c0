import Terminal
import Testing

@testable import ExplorerUI

@Suite struct CommandTests {
  @Test(arguments: Command.allCases) func everyCommandHasATitleAndHelp(_ command: Command) {
    #expect(!command.title.isEmpty)
    #expect(command.help.hasSuffix("."))
    #expect(command.help.count > command.title.count)
  }

  @Test(arguments: Command.allCases) func everyDefaultKeyIsAKey(_ command: Command) {
    for notation in command.definition.keys {
      #expect(Key.sequence(notation)?.isEmpty == false, "\(notation)")
    }
  }

  @Test(arguments: Command.allCases) func everyCommandIsReachable(_ command: Command) {
    let isInPrompt = PromptOverlay.parse(command.rawValue)?.command == command
    #expect(!command.definition.keys.isEmpty || isInPrompt)
  }

  @Test(arguments: Command.allCases) func everyCommandIsInHelpAndFoundByItsName(_ command: Command) {
    var help = HelpOverlay(scopes: [])
    #expect(help.lines(Keymap()).contains { $0.command == command })
    help.field = TextField(command.title)
    #expect(help.lines(Keymap()).contains { $0.command == command })
  }

  @Test(arguments: Command.allCases.filter { !$0.isLocal && $0 != .palette })
  func everyCommandThatIsNotLocalIsInPaletteAndPrompt(_ command: Command) {
    var palette = PaletteOverlay()
    #expect(palette.commands.contains(command))
    palette.field = TextField(command.title)
    #expect(palette.commands.prefix(3).contains(command), "\(palette.commands.prefix(3).map(\.title))")
    #expect(PromptOverlay.parse(command.rawValue)?.command == command)
  }

  @Test(arguments: Command.allCases) func everyKeyFindsItsCommandInHelp(_ command: Command) {
    for key in Keymap().labels(of: command) {
      var help = HelpOverlay(scopes: [])
      help.field = TextField(Keymap.spelled(key))
      #expect(help.lines(Keymap()).contains { $0.command == command }, "\(key)")
    }
  }

  @Test(arguments: Command.allCases) func everyKeyCanBeGivenToAnother(_ command: Command) {
    let file = KeymapFile(text: "\"\(command.rawValue)\" = [\"F24\", \"M-z x\"]")
    #expect(file.problems == [])
    #expect(file.keymap.labels(of: command) == ["F24", "M-z x"])
  }

  @Test func everyFooterAndMenuShowsCommandsThatExistAndCanBeReached() {
    for pane in PaneID.allCases {
      for command in pane.footer {
        #expect(AppState.scopes(of: pane).contains(command.scope), "\(pane): \(command.rawValue)")
      }
    }
  }

  @Test func noTwoCommandsOfAScopeShareAKey() {
    for scope in Scope.allCases {
      var owners: [String: Command] = [:]
      for command in Command.allCases where command.scope == scope {
        for key in command.definition.keys {
          #expect(owners[key] == nil, "\(key): \(command.rawValue) and \(owners[key]?.rawValue ?? "")")
          owners[key] = command
        }
      }
    }
  }

  @Test func noAliasNamesTwoCommands() {
    let names = Command.allCases.flatMap { [$0.rawValue] + $0.definition.aliases }
    #expect(Set(names).count == names.count)
  }

  @Test func theKeyThatDeletesIsNotTheOneThatConfirms() {
    let keymap = Keymap()
    #expect(Set(keymap.labels(of: .delete)).isDisjoint(with: keymap.labels(of: .accept)))
  }

  @Test func escapeNeverQuits() {
    let keymap = Keymap()
    for command in [Command.quit, .forceQuit, .interrupt, .guardDiscard, .guardSave] {
      #expect(!keymap.labels(of: command).contains("esc"), "\(command.rawValue)")
    }
  }
}
