/// Runs the opcodes of a pickle over a stack of node numbers; builds a ``Graph`` and calls nothing.
struct Machine {
  let bytes: UnsafeRawBufferPointer
  let limits: PickleLimits
  /// Whether forbidden names and calls are only noted, to tell what a file that is refused would do (``PickleSurvey``).
  let isSurvey: Bool
  /// Where a survey found BUILD, and on what.
  private(set) var builds: [(offset: Int, target: Graph.NodeID)] = []
  var graph = Graph()
  var names: NameTable
  var stack: [Graph.NodeID] = []
  var marks: [Int] = []
  /// The lowest place on the stack that the opcodes after the last MARK may touch.
  var fence = 0
  var memo = Memo()
  var position = 0
  /// The byte of the opcode that is being run, for errors.
  var at = 0
  var opcode = Opcode.stop
  var protocolVersion: Int?
  /// Learns how far it is, and where it learns so next.
  var watch: PickleWatch?
  private var nextStep = PickleStep.byteStride
  private var usesBinary = false

  init(
    bytes: UnsafeRawBufferPointer, limits: PickleLimits, policy: GlobalPolicy, isSurvey: Bool = false
  ) {
    self.bytes = bytes
    self.limits = limits
    self.isSurvey = isSurvey
    names = NameTable(policy: policy)
  }

  /// The protocol that the file declares, else 1 if it has opcodes that protocol 0 lacks.
  var version: Int { protocolVersion ?? (usesBinary ? 1 : 0) }

  /// Runs up to STOP and answers the node on top of the stack.
  mutating func run() throws(PickleError) -> Graph.NodeID {
    while true {
      if let root = try advance() { return root }
    }
  }

  /// Runs one opcode, ``opcode`` from ``at`` up to ``position``; STOP answers the node on top of the stack.
  mutating func advance() throws(PickleError) -> Graph.NodeID? {
    at = position
    guard position < bytes.count else {
      throw .truncated(bytes.isEmpty ? "the file is empty" : "the pickle ends without STOP", at: at)
    }
    guard let opcode = Opcode(rawValue: bytes[position]) else { throw unknownOpcode() }
    if position >= nextStep { try tell() }
    self.opcode = opcode
    position += 1
    if opcode == .stop { return try pop() }
    try step(opcode)
    guard graph.nodes.count < Int(UInt32.max), graph.children.count < Int(UInt32.max) else {
      throw .limit("more than 4 billion values", nil, at: at)
    }
    return nil
  }

  /// Notes a BUILD for a survey.
  mutating func note(build target: Graph.NodeID) { builds.append((at, target)) }

  private mutating func tell() throws(PickleError) {
    nextStep = position + PickleStep.byteStride
    try watch?(.bytes(position, of: bytes.count))
  }

  private mutating func step(_ opcode: Opcode) throws(PickleError) {
    switch opcode {
    case .shortBinunicode: try pushText(readLength1())
    case .binunicode: try pushText(readLength4())
    case .binunicode8: try pushText(readLength8())
    case .memoize: memo[memo.count] = try top()
    case .binget:
      usesBinary = true
      try recall(Int(readByte()))
    case .longBinget: try recall(readLength4())
    case .binput:
      usesBinary = true
      memo[Int(try readByte())] = try top()
    case .longBinput: memo[try readLength4()] = try top()
    case .none: stack.append(Graph.none)
    case .newtrue: stack.append(Graph.yes)
    case .newfalse: stack.append(Graph.no)
    case .binint1: stack.append(Graph.int(try readByte()))
    case .binint2: push(.int(Int(try read(UInt16.self))))
    case .binint: push(.int(Int(try read(Int32.self))))
    case .binfloat: push(.float(Double(bitPattern: UInt64(bigEndian: try read(rawBits: UInt64.self)))))
    case .mark:
      marks.append(stack.count)
      fence = stack.count
    case .emptyTuple: stack.append(Graph.emptyTuple)
    case .emptyDict: push(.dict(emptyChain))
    case .emptyList: push(.list(emptyChain))
    case .emptySet: push(.set(emptyChain))
    case .tuple1: try pushTuple(from: stack.count - 1)
    case .tuple2: try pushTuple(from: stack.count - 2)
    case .tuple3: try pushTuple(from: stack.count - 3)
    case .tuple: try pushTuple(from: takeMark())
    case .setitems: try setItems(from: takeMark())
    case .setitem: try setItems(from: stack.count - 2)
    case .appends: try appendItems(from: takeMark())
    case .append: try appendItems(from: stack.count - 1)
    case .additems: try addItems(from: takeMark())
    case .stackGlobal: try stackGlobal()
    case .newobj: try newObject()
    case .reduce: try reduce()
    case .build: try build()
    case .shortBinbytes: try pushBytes(readLength1())
    case .binbytes: try pushBytes(readLength4())
    case .binbytes8: try pushBytes(readLength8())
    default: try rareStep(opcode)
    }
  }

  private mutating func rareStep(_ opcode: Opcode) throws(PickleError) {
    switch opcode {
    case .proto: try readProtocol()
    case .frame:
      let length = try readLength8()
      guard length <= bytes.count - position else {
        throw .truncated("FRAME declares \(length) bytes, \(bytes.count - position) are left", at: at)
      }
    case .long1: try pushInteger(readLength1())
    case .long4:
      let length = try read(Int32.self)
      guard length >= 0 else { throw .malformed("LONG4 declares \(length) bytes", at: at) }
      try pushInteger(Int(length))
    case .bytearray8:
      let slice = try takeSlice(readLength8())
      push(.byteArray(slice))
    case .frozenset:
      let start = try takeMark()
      push(.frozenSet(try takeChain(from: start)))
    case .newobjEx: try newObjectWithKeywords()
    case .pop: try discard()
    case .popMark: drop(from: try takeMark())
    case .dup:
      let id = try top()
      graph.share(id)
      stack.append(id)
    case .int, .long, .float, .string, .unicode, .binstring, .shortBinstring, .get, .put:
      try textStep(opcode)
    case .dict:
      let start = try takeMark()
      let chain = try takeChain(from: start)
      guard graph.count(chain) % 2 == 0 else { throw oddItems() }
      push(.dict(chain))
    case .list:
      let start = try takeMark()
      push(.list(try takeChain(from: start)))
    case .global, .inst: try namedStep(opcode)
    case .obj: try instance()
    case .persid, .binpersid, .ext1, .ext2, .ext4, .nextBuffer, .readonlyBuffer: throw unsupported()
    default: throw .malformed("\(opcode.name) cannot stand here", at: at)
    }
  }

  private mutating func readProtocol() throws(PickleError) {
    let version = Int(try readByte())
    guard version <= 5 else { throw .malformed("unsupported pickle protocol \(version)", at: at) }
    if protocolVersion == nil { protocolVersion = version }
    names.translates = version < 3
  }

  private func unsupported() -> PickleError {
    let what =
      switch opcode {
      case .persid, .binpersid: "a persistent id, which only the program that wrote the file can resolve"
      case .ext1, .ext2, .ext4: "a code of the extension registry, which may stand for any function"
      default: "a buffer outside the file"
      }
    return PickleError(
      code: .unsupportedOpcode,
      message: "\(opcode.name) at byte \(at) needs \(what); save the store again with langchain",
      offset: at)
  }

  private func unknownOpcode() -> PickleError {
    let byte = bytes[at].hexadecimal
    let looks =
      switch at == 0 ? bytes.first : nil {
      case 0x3C: "\(byte) begins no pickle but perhaps a page of HTML,"
      case 0x7B, 0x5B: "\(byte) begins no pickle but perhaps JSON,"
      case 0x1F: "\(byte) begins no pickle but perhaps gzip data,"
      case 0x78: "\(byte) begins no pickle but perhaps zlib data, as joblib writes it,"
      default: "\(byte) is no pickle opcode"
      }
    return .malformed(looks, at: at)
  }
}
