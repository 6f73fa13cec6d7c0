/// What the opcodes build: nodes in one array that refer to each other by number.
///
/// Pickles share values and fill containers after others refer to them, so values are made from the
/// finished graph (``Materialiser``). Nodes own no memory: a hostile file a hundred thousand levels
/// deep is an array like any other, and texts stay in the file until they are wanted.
struct Graph {
  typealias NodeID = UInt32

  /// A part of the file.
  struct Slice {
    var offset: Int
    var count: UInt32
  }

  /// The children of a container: links of runs in ``Graph/children``; link 0 stands for none.
  struct Chain {
    var first: UInt32 = 0
    var last: UInt32 = 0
    /// Where the container began; the last offset that fits for what lies behind it.
    var offset: UInt32
  }

  struct Link {
    var start: Int
    var count: UInt32
    var next: UInt32
  }

  enum Node {
    case none
    case bool(Bool)
    case int(Int)
    case bigInt(Slice)
    case float(Double)
    case text(Slice)
    case bytes(Slice)
    case byteArray(Slice)
    /// Texts and integers whose bytes are not those of the file (protocol 0), in ``Graph/made``.
    case madeText(UInt32)
    case madeInteger(UInt32)
    case tuple(Chain)
    case frozenSet(Chain)
    case list(Chain)
    case set(Chain)
    case dict(Chain)
    case global(UInt32, offset: UInt32)
    case object(UInt32)
  }

  enum Making: UInt8 { case reduce, new, newEx, instance }

  struct Object {
    var callee: NodeID
    var making: Making
    /// A node with the arguments; a tuple.
    var arguments: NodeID
    var keywords: NodeID = Graph.none
    var state: NodeID?
    /// Whether its result may be called: what it makes is opaque, or a method got by `getattr`.
    var isCallable: Bool
    var list: Chain
    var dict: Chain
    var set: Chain
    var offset: Int
  }

  static let none: NodeID = 0
  static let no: NodeID = 1
  static let yes: NodeID = 2
  static let emptyTuple: NodeID = 3
  private static let firstByte: NodeID = 4
  /// Nodes that every graph has: the constants and the integers 0 to 255.
  static let constants = 260

  private(set) var nodes: [Node]
  var objects: [Object] = []
  private(set) var children: [NodeID] = []
  private(set) var links = [Link(start: 0, count: 0, next: 0)]
  private(set) var made: [[UInt8]] = []
  /// For each node 0, or its place + 1 among the nodes that are referred to more than once.
  private(set) var shared: [UInt32]
  private(set) var sharedCount: UInt32 = 0

  init() {
    nodes = [.none, .bool(false), .bool(true), .tuple(Chain(offset: 0))]
    nodes += (0...255).map { .int($0) }
    shared = Array(repeating: 0, count: nodes.count)
  }

  static func int(_ byte: UInt8) -> NodeID { firstByte + NodeID(byte) }

  mutating func add(_ node: Node) -> NodeID {
    let id = NodeID(truncatingIfNeeded: nodes.count)
    nodes.append(node)
    shared.append(0)
    return id
  }

  mutating func make(_ bytes: [UInt8]) -> UInt32 {
    made.append(bytes)
    return UInt32(truncatingIfNeeded: made.count - 1)
  }

  /// Notes that a node has another reference to it.
  mutating func share(_ id: NodeID) {
    guard id >= Self.constants, shared[Int(id)] == 0 else { return }
    sharedCount += 1
    shared[Int(id)] = sharedCount
  }

  mutating func replace(_ id: NodeID, with node: Node) { nodes[Int(id)] = node }

  /// The chain with more children at its end.
  mutating func extend(_ chain: Chain, with items: ArraySlice<NodeID>) -> Chain {
    guard !items.isEmpty else { return chain }
    let start = children.count
    children.append(contentsOf: items)
    let last = Int(chain.last)
    if last != 0, links[last].start + Int(links[last].count) == start {
      links[last].count += UInt32(truncatingIfNeeded: items.count)
      return chain
    }
    let link = UInt32(truncatingIfNeeded: links.count)
    links.append(Link(start: start, count: UInt32(truncatingIfNeeded: items.count), next: 0))
    if last != 0 { links[last].next = link }
    return Chain(first: last == 0 ? link : chain.first, last: link, offset: chain.offset)
  }

  /// How many children a chain has.
  func count(_ chain: Chain) -> Int {
    var count = 0
    var link = Int(chain.first)
    while link != 0 {
      count += Int(links[link].count)
      link = Int(links[link].next)
    }
    return count
  }

  /// The first children of a chain, at most `limit`.
  func prefix(_ chain: Chain, _ limit: Int) -> ArraySlice<NodeID> {
    let link = links[Int(chain.first)]
    return children[link.start..<link.start + Int(link.count)].prefix(limit)
  }
}
