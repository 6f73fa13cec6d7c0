/// What lies on the stack of the pass.
extension OutlineScan {
  enum Kind: UInt8 {
    case other, scalar, integer, text, dict, list, set, tuple, emptyTuple, global, made, document
    /// The docstore's dict, the docstore, the map of the rows, both together.
    case documents, docstore, rowMap, root
  }

  /// What a dict was seen to hold.
  struct Fields: OptionSet {
    let rawValue: UInt8
    static let content = Fields(rawValue: 1)
    static let metadata = Fields(rawValue: 2)
    static let inner = Fields(rawValue: 4)
    /// What a document needs is not as it must be.
    static let isBad = Fields(rawValue: 8)
    static let docstore = Fields(rawValue: 16)
  }

  struct Slot {
    var kind: Kind
    var fields: Fields = []
    /// Containers inside each other.
    var height: UInt8 = 0
    /// The first opcode of the value.
    var start: Int
    /// A text's opcode, an integer, a name's place.
    var value = 0
    /// The bytes of the dict that the document's metadata are; empty when there is none.
    var metadata = 0..<0
    /// The opcode of the text that the document's content is.
    var content = 0
  }
}
