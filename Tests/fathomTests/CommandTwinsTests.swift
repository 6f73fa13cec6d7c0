import ExplorerUI
import Testing

@testable import fathom

struct CommandTwinsTests {
  private let verbs = Fathom.configuration.subcommands.compactMap { $0._commandName }

  @Test func everyVerbHasItsCommandOnTheScreen() {
    let twins = Set(Command.allCases.compactMap(\.verb))
    for verb in verbs where Command.verbsWithoutCommand[verb] == nil {
      #expect(twins.contains(verb), "\(verb)")
    }
  }

  @Test func everyCommandThatNamesAVerbNamesOneThatExists() {
    for command in Command.allCases {
      guard let verb = command.verb else { continue }
      #expect(verbs.contains(verb), "\(command.rawValue)")
    }
    for verb in Command.verbsWithoutCommand.keys { #expect(verbs.contains(verb), "\(verb)") }
  }
}
