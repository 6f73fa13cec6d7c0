/// What a pickle names, and what it would have Python do; nothing of it is done.
///
/// Unlike ``PickleReader`` it goes on after names that are code, up to STOP or to what cannot be read, so that a
/// refused file can be explained. Names and calls come from strangers: print them as foreign text.
public struct PickleSurvey: Sendable {
  /// A call that loading the file would make, of code or of a class that is not known.
  public struct Call: Sendable, Hashable {
    /// The byte of the opcode that calls.
    public let offset: Int
    /// As Python would write it: `posix.system("id")`.
    ///
    /// Long arguments are cut. Of opaque classes no text is told: such objects may hold keys.
    public let text: String
    /// Of what is called; `.known` never.
    public let verdict: GlobalUse.Verdict
  }

  /// 0 to 5.
  public let protocolVersion: Int
  /// The distinct names in order of their first byte; a known one that is called as it may not be is forbidden.
  public let globals: [GlobalUse]
  /// The first of the calls, by byte: forbidden ones before the others are kept, at most ``mostCalls``.
  public let calls: [Call]
  /// How many there are in all.
  public let callCount: Int
  /// Why it could not be read to its STOP; nil when it could.
  public let failure: PickleError?

  public static let mostCalls = 1000

  public init(_ bytes: UnsafeRawBufferPointer) {
    let nobody: ((PickleInstruction) throws(Never) -> Void)? = nil
    self.init(bytes, each: nobody)
  }

  /// Goes through a pickle once; each opcode is handed to `each` as soon as it is understood, which costs several
  /// times the rest.
  ///
  /// Memory grows with the file, as it does for reading it. Throws what `each` throws.
  public init<Failure: Error>(
    _ bytes: UnsafeRawBufferPointer, limits: PickleLimits = .standard,
    each: ((PickleInstruction) throws(Failure) -> Void)?
  ) throws(Failure) {
    var machine = Machine(bytes: bytes, limits: limits, policy: .langchain, isSurvey: true)
    var failure: PickleError?
    var hidesTexts = false
    while failure == nil {
      var isDone = false
      do { isDone = try machine.advance() != nil } catch { failure = error }
      if failure == nil, let each { try each(PickleInstruction(machine, hidesTexts: hidesTexts)) }
      if !hidesTexts, machine.names.uses.last?.verdict == .opaque { hidesTexts = true }
      if isDone { break }
    }
    self.failure = failure
    protocolVersion = machine.version
    globals = machine.names.uses
    (calls, callCount) = Self.calls(of: machine)
  }

  private static func calls(of machine: Machine) -> (kept: [Call], count: Int) {
    var found: [(offset: Int, node: Graph.NodeID?, object: Int?, verdict: GlobalUse.Verdict)] = []
    for (place, object) in machine.graph.objects.enumerated() {
      let verdict = machine.verdict(ofCallee: object.callee)
      if verdict != .known { found.append((object.offset, nil, place, verdict)) }
    }
    for build in machine.builds {
      let verdict = machine.verdict(ofBuild: build.target)
      if verdict != .known { found.append((build.offset, build.target, nil, verdict)) }
    }
    // Whoever asks wants to see the code, however much else there is.
    let isCode = { (verdict: GlobalUse.Verdict) in verdict == .forbidden }
    let kept = (found.filter { isCode($0.verdict) } + found.filter { !isCode($0.verdict) }).prefix(mostCalls)
      .sorted { $0.offset < $1.offset }
    let calls = kept.map { call in
      var text = ValueText(machine, hidesTexts: call.verdict == .opaque)
      if let place = call.object { text.add(object: place) }
      if let target = call.node {
        text.add(target)
        text.add(verbatim: ".__setstate__(…)")
      }
      return Call(offset: call.offset, text: text.text, verdict: call.verdict)
    }
    return (calls, found.count)
  }
}

extension Machine {
  /// Of the name that a call begins with: what a method of a result does is as bad as what made the result.
  fileprivate func verdict(ofCallee id: Graph.NodeID) -> GlobalUse.Verdict {
    var id = id
    while true {
      switch graph.nodes[Int(id)] {
      case .global(let place, _): return names.uses[Int(place)].verdict
      case .object(let place): id = graph.objects[Int(place)].callee
      default: return .forbidden
      }
    }
  }

  /// BUILD on a class or module changes the program itself.
  fileprivate func verdict(ofBuild id: Graph.NodeID) -> GlobalUse.Verdict {
    guard case .object(let place) = graph.nodes[Int(id)] else { return .forbidden }
    return verdict(ofCallee: graph.objects[Int(place)].callee)
  }
}
