import Testing

@testable import ExplorerUI

@Suite struct TextFieldTests {
  private func field(_ text: String, _ commands: Command...) -> TextField {
    var field = TextField(text)
    for command in commands { _ = field.edit(command) }
    return field
  }

  @Test func typesAtTheCursor() {
    var field = field("held", .fieldLeft)
    field.insert("lo wor")
    #expect(field.text == "hello word")
    #expect(field.cursor == 9)
  }

  @Test func pastedLinesBecomeOne() {
    var field = TextField()
    field.insert("a\nb\r\nc")
    #expect(field.text == "a b c")
  }

  @Test func combiningMarksJoinTheCharacterBefore() {
    var field = TextField("e")
    field.insert("\u{301}")
    #expect(field.text.count == 1)
    #expect(field.cursor == 1)
    _ = field.edit(.fieldErase)
    #expect(field.isEmpty)
  }

  @Test func erasesWordsAndEnds() {
    #expect(field("one two  ", .fieldEraseWord).text == "one ")
    #expect(field("one two", .fieldWordLeft, .fieldEraseToStart).text == "two")
    #expect(field("one two", .fieldStart, .fieldWordRight, .fieldEraseToEnd).text == "one")
    #expect(field("ab", .fieldStart, .fieldEraseForward).text == "b")
  }

  @Test func cursorStaysInside() {
    #expect(field("ab", .fieldRight).cursor == 2)
    #expect(field("ab", .fieldStart, .fieldLeft).cursor == 0)
    #expect(field("", .fieldErase).text == "")
  }
}
