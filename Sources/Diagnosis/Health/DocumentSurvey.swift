import VectorStore

/// What one pass over all documents notes of each, for the checks that compare them.
struct DocumentSurvey: Sendable {
  /// By row.
  var notes: [Note] = []
  var pieces = Boilerplate.Table()
  var metadata = MetadataSurvey()

  struct Note: Sendable {
    var flaws: ContentFlaws
    var weight: Int32
    /// Hashes, the same for equal contents, equal contents with equal metadata, and contents that differ in case and
    /// spaces only.
    var content: Int
    var document: Int
    var folded: Int
  }

  /// Reads every document once; O(bytes), on two threads.
  ///
  /// `isTooLong` says whether the model of the store cuts a content off; nil when that is not known.
  init(
    _ version: StoreVersion, isTooLong: (@Sendable (String) -> Bool)?, report: @Sendable (Int) -> Void
  ) async throws {
    let blocks = try await version.mapBlocks(report: report) { block in
      var survey = DocumentSurvey()
      for position in block.positions {
        survey.take(block.part.document(at: position), isTooLong: isTooLong)
      }
      return survey
    }
    notes.reserveCapacity(version.count)
    for block in blocks {
      notes += block.notes
      pieces.append(contentsOf: block.pieces)
      metadata.merge(block.metadata)
    }
  }

  private init() {}

  private mutating func take(_ document: Document, isTooLong: ((String) -> Bool)?) {
    let text = document.content.string
    let scan = ContentScan(text)
    var flaws = scan.flaws
    if document.content.exact != nil { flaws.insert(.encoding) }
    if isTooLong?(text) == true { flaws.insert(.tooLong) }
    var contentHash = Hasher()
    contentHash.combine(document.content)
    var documentHash = contentHash
    documentHash.combine(document.metadata)
    notes.append(
      Note(
        flaws: flaws, weight: Int32(clamping: scan.weight), content: contentHash.finalize(),
        document: documentHash.finalize(), folded: Self.folded(text).hashValue))
    pieces.append(Boilerplate.pieces(of: Array(text.unicodeScalars)).map(\.hash))
    metadata.take(document.metadata)
  }

  /// The text in lower case with single spaces, none at its ends.
  static func folded(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var needsSpace = false
    for scalar in text.lowercased().unicodeScalars {
      if scalar.isSpace {
        needsSpace = !result.isEmpty
      } else {
        if needsSpace { result.append(" ") }
        needsSpace = false
        result.append(scalar)
      }
    }
    return String(result)
  }
}
