import ArgumentParser
import Glibc

/// The root command; without a verb it opens the screen.
@main
struct Fathom: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fathom",
    abstract:
      "Explore, search, clean and merge FAISS indexes, first of all the folders that LangChain writes.",
    discussion: """
      fathom PATH opens a store on the screen. PATH is a folder with index.faiss and index.pkl, one of such \
      files under another name, serialized bytes, or an index file alone. Nothing in a pickle is ever run.
      """,
    version: "fathom 0.1.0",
    subcommands: [
      Explore.self, Info.self, List.self, Show.self, Search.self, Why.self, Build.self, Add.self, Edit.self,
      Delete.self, Merge.self, Copy.self, Export.self, Recover.self,
      Eval.self, Tune.self, Diff.self, Profile.self, Source.self, Inspect.self, Doctor.self,
      Embed.self, Model.self,
    ],
    defaultSubcommand: Explore.self)

  static func main() async {
    holdStandardFiles()
    do {
      var command = try parseAsRoot()
      if var verb = command as? any AsyncParsableCommand {
        try await verb.run()
      } else {
        try command.run()
      }
    } catch {
      let code = exitCode(for: error)
      guard !code.isSuccess else { exit(withError: error) }
      // The parser repeats what was typed as it is.
      let message = fullMessage(for: error)
      if !message.isEmpty { Output.complain(message) }
      exit(withError: code)
    }
  }

  /// Takes the places of stdin, stdout and stderr where the caller has closed them.
  ///
  /// A file opened later would get their numbers, and the program's answer would be written into it.
  private static func holdStandardFiles() {
    for file in STDIN_FILENO...STDERR_FILENO where fcntl(file, F_GETFD) == -1 {
      _ = open("/dev/null", O_RDONLY)
    }
  }
}
