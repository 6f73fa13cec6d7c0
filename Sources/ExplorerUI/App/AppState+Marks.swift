import Explorer
import VectorStore

extension AppState {
  mutating func changeMarks(_ command: Command) -> [Effect] {
    let list = focus == .results ? results.list : documents.list
    switch command {
    case .mark:
      if let range = list.range {
        clearAnchors()
        return change(.add, in: range)
      }
      guard let row = currentRow else { return [] }
      marks.apply(.invert, to: [Marks.Mark(row)])
      return perform(.down, argument: nil)
    case .markRange:
      if let range = list.range {
        clearAnchors()
        return change(.add, in: range)
      }
      if focus == .results {
        results.list.anchor = list.selected
      } else {
        documents.list.anchor = list.selected
      }
      let key = key(.markRange)
      say("move to the other end of the range, then \(key) or Space marks it; Esc drops it")
      return []
    case .markAll: return change(.add, in: nil)
    case .invertMarks: return change(.invert, in: nil)
    default: return []
    }
  }

  private mutating func clearAnchors() {
    documents.list.anchor = nil
    results.list.anchor = nil
  }

  /// Results are all here; documents may have to be read to be marked.
  private mutating func change(_ change: Marks.Change, in range: ClosedRange<Int>?) -> [Effect] {
    guard focus == .results else {
      return [.collect(range: range, filter: activeFilter, change, order: documents.order)]
    }
    let hits = results.hits
    let chosen = range.map { Array(hits[$0.clamped(to: 0...max(0, hits.count - 1))]) } ?? hits
    marks.apply(change, to: chosen.map { Marks.Mark(Row(row: $0.row, document: $0.document)) })
    return []
  }
}

extension Marks.Mark {
  init(_ row: Row) {
    self.init(id: row.document.id, row: row.row, content: row.document.content.string)
  }
}
