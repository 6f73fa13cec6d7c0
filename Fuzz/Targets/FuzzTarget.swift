/// A door through which foreign bytes come in, with what must hold for all of them.
///
/// `make fuzz` runs the targets under libFuzzer, the tests run them over their seeds and simple mutations of these.
public struct FuzzTarget: Sendable {
  public let name: String
  /// What the fuzzer may put in, beside what it finds in the program.
  public let words: [String]
  private let madeSeeds: @Sendable () async throws -> [[UInt8]]
  private let body: @Sendable (UnsafeRawBufferPointer) throws -> Void

  init(
    _ name: String, words: [String] = [], seeds: @escaping @Sendable () async throws -> [[UInt8]],
    run: @escaping @Sendable (UnsafeRawBufferPointer) throws -> Void
  ) {
    self.name = name
    self.words = words
    madeSeeds = seeds
    body = run
  }

  /// Well-formed bytes to begin with, and all that fuzzing once found.
  public func seeds() async throws -> [[UInt8]] {
    try await madeSeeds() + SeedFiles.bytes(in: "Fuzz/Findings/\(name)")
  }

  /// Reads the bytes as the program does; errors that the program says are no findings.
  ///
  /// - Throws: ``Finding``; a trap or a signal is one too.
  public func run(_ bytes: UnsafeRawBufferPointer) throws { try body(bytes) }

  public static let all: [FuzzTarget] = [
    .pickle, .faiss, .store, .filter, .lines, .records, .csv, .safetensors, .journal, .json,
    .numpy, .javaScript, .server, .printable, .keys, .themes,
  ]
}

/// What must hold, and does not.
public struct Finding: Error, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }

  static func expect(_ holds: Bool, _ description: @autoclosure () -> String) throws {
    guard holds else { throw Finding(description()) }
  }
}
