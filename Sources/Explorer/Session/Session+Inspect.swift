import StoreFormats

extension Session {
  /// Takes a pickle apart without a session: what it names and what it would have run under Python.
  ///
  /// `pickle` is the file, or the folder of a store. Each opcode is handed to `each` as it is read.
  public static func inspect(
    pickle path: String, environment: [String: String]? = nil,
    each: @escaping (PickleInspection.Step) throws -> Void
  ) throws -> PickleInspection {
    let limits = try readLimits(environment)
    do { return try PickleInspection(path: path, limits: limits.pickle, each: each) } catch {
      throw ExplorerError(error)
    }
  }
}

extension PickleInspection.Step {
  /// A line for people: byte, opcode, argument.
  public var line: String {
    let number = String(offset)
    let start = String(repeating: " ", count: max(0, 8 - number.count)) + number + "  " + opcode
    guard !argument.isEmpty else { return start }
    return start + String(repeating: " ", count: max(1, 28 - start.count)) + argument
  }
}

extension PickleInspection {
  /// What there is to say after the opcodes, for people.
  public var lines: [String] {
    let names =
      ["", "protocol \(protocolVersion), \(globals.count) names:"] + globals.map { "  \($0.sentence)" }
    guard !calls.isEmpty else {
      return names + ["", "python would run nothing but the known classes of data above"]
    }
    let more = callCount > calls.count ? ["  and \(callCount - calls.count) more"] : []
    return names + ["", "python would have run:"]
      + calls.map { "  a call of \($0.text), at byte \($0.offset) (\($0.verdict))" } + more
  }

  /// Why Fathom would not open a store with this pickle; nil when it would try.
  public var refusal: ExplorerError? {
    if isForbidden {
      return ExplorerError(.badData, "\(path): it names code, so it is not opened; nothing was run")
    }
    return failure.map { ExplorerError(.badData, "\(path): \($0)") }
  }
}

extension PickleSummary.Global {
  /// One line: "os.system  at byte 17, forbidden".
  public var sentence: String { "\(name)  at byte \(offset), \(verdict)" }
}
