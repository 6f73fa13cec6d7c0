/// One acknowledged edit, or a save that was about to replace the store's files.
struct JournalEntry: Sendable {
  enum Kind: Sendable {
    case edit(StorePatch)
    case undo(StorePatch)
    case redo(StorePatch)
    /// All entries up to the revision are in files of this fingerprint.
    case saving(fingerprint: String)
  }

  var kind: Kind
  /// The store's revision after the edit.
  var revision: Int
  /// The edit as people read it.
  var name: String

  /// Calls `write` with pieces of the entry's bytes, in order; vectors go through one row at a time.
  func encode(_ write: ([UInt8]) throws(VectorStoreError) -> Void) throws(VectorStoreError) {
    var encoder = JournalEncoder()
    switch kind {
    case .edit: encoder.tag(1)
    case .undo: encoder.tag(2)
    case .redo: encoder.tag(3)
    case .saving: encoder.tag(4)
    }
    encoder.integer(revision)
    encoder.text(name)
    switch kind {
    case .saving(let fingerprint): encoder.text(fingerprint)
    case .edit(let patch), .undo(let patch), .redo(let patch): try patch.encode(&encoder, write)
    }
    try write(encoder.bytes)
  }

  init(kind: Kind, revision: Int, name: String) {
    self.kind = kind
    self.revision = revision
    self.name = name
  }

  init(_ bytes: [UInt8], dimension: Int) throws(JournalDecoder.Damage) {
    var decoder = JournalDecoder(bytes)
    let tag = try decoder.tag()
    revision = try decoder.integer()
    name = try decoder.text()
    switch tag {
    case 1: kind = .edit(try StorePatch(&decoder, dimension: dimension))
    case 2: kind = .undo(try StorePatch(&decoder, dimension: dimension))
    case 3: kind = .redo(try StorePatch(&decoder, dimension: dimension))
    case 4: kind = .saving(fingerprint: try decoder.text())
    default: throw JournalDecoder.Damage()
    }
    guard decoder.isAtEnd else { throw JournalDecoder.Damage() }
  }
}

extension StorePatch {
  private static let pieceSize = 1 << 20

  fileprivate func encode(
    _ encoder: inout JournalEncoder, _ write: ([UInt8]) throws(VectorStoreError) -> Void
  ) throws(VectorStoreError) {
    encoder.integer(oldCount)
    for run in runs {
      switch run {
      case .kept(let rows):
        encoder.tag(1)
        encoder.integer(rows.lowerBound)
        encoder.integer(rows.upperBound)
      case .inserted(let piece):
        encoder.tag(2)
        if case .merged(let name) = piece.segment.origin { encoder.text(name) } else { encoder.text("") }
        encoder.integer(piece.live.count)
        let rowSize = piece.segment.vectors.dimension * 4
        try piece.segment.vectors.withRows { rows throws(VectorStoreError) in
          for position in piece.live.members {
            encoder.document(piece.edited[position] ?? piece.segment.documents.document(at: position))
            encoder.raw(UnsafeRawBufferPointer(start: rows + position * rowSize, count: rowSize))
            try Self.pass(&encoder, write)
          }
        }
        try piece.segment.documents.check()
      }
    }
    encoder.tag(0)
    encoder.integer(edited.count)
    for (row, document) in edited {
      encoder.integer(row)
      encoder.document(document)
      try Self.pass(&encoder, write)
    }
  }

  /// Hands over what has been encoded once it is a piece.
  private static func pass(
    _ encoder: inout JournalEncoder, _ write: ([UInt8]) throws(VectorStoreError) -> Void
  ) throws(VectorStoreError) {
    guard encoder.bytes.count > pieceSize else { return }
    try write(encoder.bytes)
    encoder.clear()
  }

  fileprivate init(_ decoder: inout JournalDecoder, dimension: Int) throws(JournalDecoder.Damage) {
    self.init(oldCount: try decoder.integer())
    var tag = try decoder.tag()
    while tag != 0 {
      switch tag {
      case 1:
        let (start, end) = (try decoder.integer(), try decoder.integer())
        guard start >= 0, start <= end else { throw JournalDecoder.Damage() }
        runs.append(.kept(start..<end))
      case 2: runs.append(.inserted(try Self.piece(&decoder, dimension: dimension)))
      default: throw JournalDecoder.Damage()
      }
      tag = try decoder.tag()
    }
    for _ in 0..<(try decoder.count()) { edited.append((try decoder.integer(), try decoder.document())) }
  }

  private static func piece(
    _ decoder: inout JournalDecoder, dimension: Int
  ) throws(JournalDecoder.Damage) -> StoreVersion.Piece {
    let source = try decoder.text()
    var documents: [Document] = []
    var vectors: [Float] = []
    for _ in 0..<(try decoder.count()) {
      documents.append(try decoder.document())
      vectors += try decoder.floats(dimension)
    }
    let segment = Segment(
      vectors: Vectors(vectors, dimension: dimension), documents: documents,
      origin: source.isEmpty ? .added : .merged(from: source))
    return StoreVersion.Piece(segment: segment, live: RowSet(all: documents.count))
  }
}
