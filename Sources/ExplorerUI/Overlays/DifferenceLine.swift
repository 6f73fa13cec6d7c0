import Diagnosis
import Terminal
import VectorStore

/// A line of one of two texts, in stretches that the other text has or has not.
struct DifferenceLine: Sendable, Equatable {
  struct Run: Sendable, Equatable {
    var text: String
    var isShared: Bool
  }

  private(set) var runs: [Run]

  init(_ runs: [(String, Bool)] = []) { self.runs = runs.map { Run(text: $0.0, isShared: $0.1) } }

  /// The lines of two documents at a width: metadata key by key, then the contents with the words that differ.
  static func columns(_ left: Document, _ right: Document, width: Int) -> ([DifferenceLine], [DifferenceLine])
  {
    let keys =
      left.metadata.entries.map(\.key)
      + right.metadata.entries.map(\.key).filter { left.metadata[$0] == nil }
    func metadata(_ own: Metadata, _ other: Metadata) -> [DifferenceLine] {
      keys.map { key in
        guard let value = own[key] else { return DifferenceLine() }
        let text = Printable.line("\(key.displayText)  \(value.displayText)")
        return DifferenceLine([(TextWidth.truncate(text, to: width), own[key] == other[key])])
      } + (keys.isEmpty ? [] : [DifferenceLine()])
    }
    let difference = WordDifference(left.content.string, right.content.string)
    return (
      metadata(left.metadata, right.metadata) + wrapped(difference.old, width: width),
      metadata(right.metadata, left.metadata) + wrapped(difference.new, width: width)
    )
  }

  /// Runs broken into lines of at most `width` columns, between words where that can be.
  static func wrapped(_ runs: [WordDifference.Run], width: Int) -> [DifferenceLine] {
    var lines: [DifferenceLine] = []
    var line = DifferenceLine()
    var used = 0
    func endLine() {
      lines.append(line)
      (line, used) = (DifferenceLine(), 0)
    }
    for run in runs {
      let paragraphs = run.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      for (number, paragraph) in paragraphs.enumerated() {
        if number > 0 { endLine() }
        for word in words(String(paragraph)) {
          let columns = TextWidth.columns(of: word)
          if used > 0, used + columns > width { endLine() }
          let pieces = columns > width ? TextWidth.wrap(word, to: width) : [word]
          for (place, piece) in pieces.enumerated() {
            if place > 0 { endLine() }
            line.append(piece, isShared: run.isShared)
            used += TextWidth.columns(of: piece)
          }
        }
      }
    }
    if !line.runs.isEmpty { endLine() }
    return lines
  }

  private mutating func append(_ text: String, isShared: Bool) {
    if let last = runs.indices.last, runs[last].isShared == isShared {
      runs[last].text += text
    } else {
      runs.append(Run(text: text, isShared: isShared))
    }
  }

  /// Printable words with the space that follows each; wide characters may part anywhere.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    for character in Printable.line(text) {
      let isWide = TextWidth.columns(of: String(character)) > 1
      if isWide, !word.isEmpty {
        words.append(word)
        word = ""
      }
      word.append(character)
      if character == " " || isWide {
        words.append(word)
        word = ""
      }
    }
    return word.isEmpty ? words : words + [word]
  }
}
