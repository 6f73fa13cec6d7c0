import Explorer
import Terminal
import VectorStore

/// One line of the document pane: pieces of text, each in its role.
struct DetailLine: Sendable, Equatable {
  struct Piece: Sendable, Equatable {
    var column: Int
    var text: String
    var role: StyleName
  }
  var pieces: [Piece] = []

  init(_ text: String = "", _ role: StyleName = .text) {
    if !text.isEmpty { pieces = [Piece(column: 0, text: text, role: role)] }
  }

  var text: String { pieces.map(\.text).joined(separator: " ") }
}

/// A document laid out for the width of its pane.
///
/// Made anew when its subject changes, not at every frame: documents can be megabytes long.
struct DetailText: Sendable, Equatable {
  /// What the lines depend on.
  struct Subject: Sendable, Equatable {
    var document: DocumentID
    var row: Int
    var revision: Int
    var score: Float?
    var rank: Int?
    /// How near it is in other numbers, and whether one is odd.
    var measures: String?
    var isOdd = false
    var hasVector: Bool
    var width: Int
    var wraps: Bool
  }

  let subject: Subject
  /// Everything the pane says, top to bottom.
  let lines: [DetailLine]
  /// The length of the content as Python counts it, in code points: what a splitter's chunk size means.
  let characters: Int

  init(_ subject: Subject, _ document: Document, _ loaded: DocumentDetail?) {
    self.subject = subject
    characters = document.content.string.unicodeScalars.count
    let width = subject.width
    var lines = TextWidth.wrap(Printable.line(document.id.text), to: width).map { DetailLine($0, .id) }
    lines.append(DetailLine(Self.place(subject), .dim))
    if let measures = subject.measures {
      lines += TextWidth.wrap(measures, to: width).map { DetailLine($0, subject.isOdd ? .warning : .dim) }
    }
    lines.append(DetailLine())
    if !document.metadata.isEmpty {
      lines += Self.lines(document.metadata, width: width, wraps: subject.wraps)
      lines.append(DetailLine())
    }
    for paragraph in Printable.paragraphs(document.content.string) {
      let wrapped = subject.wraps ? TextWidth.wrap(paragraph, to: width) : [paragraph]
      lines += (wrapped.isEmpty ? [""] : wrapped).map { DetailLine($0) }
    }
    if let loaded {
      lines.append(DetailLine())
      lines += TextWidth.wrap(Self.vector(loaded), to: width).map { DetailLine($0, .dim) }
      if !loaded.vector.isEmpty {
        lines.append(DetailLine(Sparkline(loaded.vector, columns: min(width, 64)).text, .scoreBar))
      }
    }
    self.lines = lines
  }

  private static func vector(_ detail: DocumentDetail) -> String {
    guard !detail.vector.isEmpty else { return "this index cannot give its vectors back" }
    func number(_ value: Float, _ decimals: Int) -> String {
      NumberText.fixed(Double(value), decimals: decimals)
    }
    let range = "\(number(detail.minimum, 3)) to \(number(detail.maximum, 3))"
    return "vector \(detail.dimension) d · norm \(number(detail.norm, 4)) · \(range)"
  }

  private static func place(_ subject: Subject) -> String {
    guard let score = subject.score, let rank = subject.rank else { return "row \(subject.row)" }
    return "row \(subject.row) · \(NumberText.fixed(Double(score), decimals: 4)) · rank \(rank)"
  }

  /// Key, value and type of each entry; a long value goes on below itself, or is cut.
  private static func lines(_ metadata: Metadata, width: Int, wraps: Bool) -> [DetailLine] {
    let keys = metadata.entries.map { Printable.line($0.key.displayText) }
    let keyWidth = min(width / 3, keys.map(TextWidth.columns(of:)).max() ?? 0)
    return zip(keys, metadata.entries).flatMap { key, entry in
      let type = entry.value.typeName
      let typeColumn = max(keyWidth + 2, width - type.count)
      let space = max(1, typeColumn - keyWidth - 4)
      let text = entry.value.displayText
      let values =
        wraps
        ? TextWidth.wrap(Printable.line(text), to: space)
        : [TextWidth.truncate(Printable.line(String(text.prefix(space * 2))), to: space)]
      var lines = values.map { value in
        var line = DetailLine()
        line.pieces = [.init(column: keyWidth + 2, text: value, role: .text)]
        return line
      }
      lines[0].pieces.insert(
        .init(column: 0, text: TextWidth.truncate(key, to: keyWidth), role: .metadataKey), at: 0)
      lines[0].pieces.append(.init(column: typeColumn, text: type, role: .metadataType))
      return lines
    }
  }
}

extension AppState {
  /// Columns that the document pane has for text.
  var detailWidth: Int { max(1, arrangement[.detail].width - 4) }
  var detailHeight: Int { max(1, arrangement[.detail].height - 2) }

  /// Lays the current document out where that has to be done again; a hidden pane keeps what it has.
  mutating func layOutDetail() {
    guard let row = currentRow else {
      detail.text = nil
      return
    }
    guard !arrangement[.detail].isEmpty else { return }
    let loaded = detail.loaded.flatMap { $0.row.document.id == row.document.id ? $0 : nil }
    let hit = results.hits.first { $0.document.id == row.document.id }
    let measures = hit.map { ScoreLens.summary(of: $0, results.result?.metric ?? summary.metric) } ?? []
    let subject = DetailText.Subject(
      document: row.document.id, row: row.row, revision: summary.revision, score: hit?.score, rank: hit?.rank,
      measures: measures.isEmpty ? nil : measures.map(\.text).joined(separator: " · "),
      isOdd: measures.contains(where: \.isOdd), hasVector: loaded != nil, width: detailWidth,
      wraps: detail.wraps)
    if detail.text?.subject != subject { detail.text = DetailText(subject, row.document, loaded) }
  }
}
