import ArgumentParser
import Explorer
import Foundation

struct Inspect: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take a pickle apart, and say what it would have run under Python. Nothing is run.",
    discussion: """
      Each opcode is a line: its byte, its name, its argument. Then come the names that the file uses and the calls \
      that loading it would make of code or unknown classes. Texts after the name of an unknown class are told by \
      their size: its objects may hold keys. The exit code is 65 for a file that Fathom would not open.
      """)

  @Option(
    help: ArgumentHelp("The pickle: a .pkl file, or the folder of a store.", valueName: "path"))
  var pickle: String
  @Option(help: "Print at most this many opcodes.") var limit: Int?
  @Flag(help: "Answer in JSON Lines: the opcodes, then one object with names and calls.") var json = false

  func validate() throws {
    guard limit ?? 0 >= 0 else { throw ValidationError("--limit counts from 0") }
  }

  func run() async throws {
    try await answering {
      var left = limit ?? .max
      let found = try Session.inspect(pickle: pickle, environment: ProcessInfo.processInfo.environment) {
        step in
        guard left > 0 else { return }
        left -= 1
        try json ? Output.json(Report.line(step)) : Output.line(step.line)
      }
      if json {
        try Output.json(Report.object(found))
      } else {
        try found.lines.forEach { try Output.line($0) }
      }
      if let refusal = found.refusal { throw refusal }
    }
  }
}
