import CFuzzer
import Foundation
import FuzzTargets

/// Runs one target under libFuzzer; `scripts/fuzz.sh` builds and calls it.
///
///     FUZZ_TARGET=pickle fuzz --seeds FOLDER         writes the target's seeds and words there
///     FUZZ_TARGET=pickle fuzz FOLDER -max_total_time=60 …
@main enum Runner {
  private static let target = FuzzTarget.all.first {
    $0.name == ProcessInfo.processInfo.environment["FUZZ_TARGET"]
  }

  static func main() async throws {
    guard let target else {
      for target in FuzzTarget.all { print(target.name) }
      return
    }
    let arguments = CommandLine.arguments
    if arguments.count == 3, arguments[1] == "--seeds" {
      try await write(seedsOf: target, to: arguments[2])
      return
    }
    var count = CommandLine.argc
    var values = CommandLine.unsafeArgv as UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    exit(withUnsafeMutablePointer(to: &values) { run(&count, $0) })
  }

  private static func run(
    _ count: inout CInt,
    _ values: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>
  ) -> CInt {
    LLVMFuzzerRunDriver(&count, values) { bytes, count in
      do {
        try Runner.target?.run(UnsafeRawBufferPointer(start: bytes, count: count))
      } catch {
        fatalError("\(error)")
      }
      return 0
    }
  }

  private static func write(seedsOf target: FuzzTarget, to folder: String) async throws {
    for (number, seed) in try await target.seeds().enumerated() {
      try Data(seed).write(to: URL(filePath: "\(folder)/seed-\(number)"))
    }
    let words = target.words.map { word in
      "\"" + word.utf8.map { "\\x" + String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        + "\"\n"
    }
    try Data(words.joined().utf8).write(to: URL(filePath: folder + ".words"))
  }
}
