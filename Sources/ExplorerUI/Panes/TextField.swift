/// One line of text being typed, with a cursor between its characters.
public struct TextField: Sendable, Equatable {
  public private(set) var text: String
  /// Characters before the cursor.
  public private(set) var cursor: Int

  public init(_ text: String = "") {
    self.text = text
    cursor = text.count
  }

  public var isEmpty: Bool { text.isEmpty }

  /// Types or pastes text at the cursor; line breaks become blanks.
  public mutating func insert(_ new: String) {
    let line = String(new.map { $0.isNewline ? " " : $0 })
    text.insert(contentsOf: line, at: place(cursor))
    // Counted from the end: a combining mark may join the character before the cursor.
    cursor = text.count - (text.count - cursor - line.count)
    cursor = min(cursor, text.count)
  }

  mutating func moveCursor(to place: Int) { cursor = max(0, min(place, text.count)) }

  /// The text before the cursor.
  var head: String { String(text.prefix(cursor)) }

  /// Puts text in place of the characters before the cursor.
  mutating func replace(last count: Int, with new: String) {
    erase(from: max(0, cursor - count), to: cursor)
    insert(new)
  }

  /// Carries out an editing command; false when it is none.
  public mutating func edit(_ command: Command) -> Bool {
    switch command {
    case .fieldLeft: cursor = max(0, cursor - 1)
    case .fieldRight: cursor = min(text.count, cursor + 1)
    case .fieldWordLeft: cursor = wordStart()
    case .fieldWordRight: cursor = wordEnd()
    case .fieldStart: cursor = 0
    case .fieldEnd: cursor = text.count
    case .fieldErase: erase(from: max(0, cursor - 1), to: cursor)
    case .fieldEraseForward: erase(from: cursor, to: min(text.count, cursor + 1))
    case .fieldEraseWord: erase(from: wordStart(), to: cursor)
    case .fieldEraseToStart: erase(from: 0, to: cursor)
    case .fieldEraseToEnd: erase(from: cursor, to: text.count)
    default: return false
    }
    return true
  }

  private mutating func erase(from start: Int, to end: Int) {
    text.removeSubrange(place(start)..<place(end))
    cursor = start
  }

  private func place(_ offset: Int) -> String.Index {
    text.index(text.startIndex, offsetBy: offset, limitedBy: text.endIndex) ?? text.endIndex
  }

  private func wordStart() -> Int {
    let characters = Array(text)
    var place = cursor
    while place > 0, characters[place - 1].isWhitespace { place -= 1 }
    while place > 0, !characters[place - 1].isWhitespace { place -= 1 }
    return place
  }

  private func wordEnd() -> Int {
    let characters = Array(text)
    var place = cursor
    while place < characters.count, characters[place].isWhitespace { place += 1 }
    while place < characters.count, !characters[place].isWhitespace { place += 1 }
    return place
  }
}
