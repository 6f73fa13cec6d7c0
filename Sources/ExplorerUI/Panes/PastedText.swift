/// Pasted text made fit for a line: what programs write to terminals is left out, and control characters.
struct PastedText: Equatable {
  /// Longer than any vector written out.
  static let limit = 200_000

  let text: String
  /// True when there was more than a line takes.
  let isCut: Bool

  init(_ pasted: String) {
    var clean = String.UnicodeScalarView()
    var rest = pasted.unicodeScalars[...]
    var count = 0
    while count < PastedText.limit, let scalar = rest.popFirst() {
      if scalar == "\u{1B}" || scalar == "\u{9B}" {
        PastedText.skipSequence(scalar, &rest)
      } else if scalar == "\n" || scalar == "\t" || !PastedText.isControl(scalar) {
        clean.append(scalar == "\t" ? " " : scalar)
        count += 1
      }
    }
    text = String(clean)
    isCut = !rest.isEmpty
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
  }

  /// Colours and movements (CSI), titles and links (OSC and its like), two-character sequences (ECMA-48).
  private static func skipSequence(_ first: Unicode.Scalar, _ rest: inout Substring.UnicodeScalarView) {
    var kind = first
    if first == "\u{1B}" {
      guard let next = rest.first, (0x20...0x7E).contains(next.value) else { return }
      kind = next
      rest.removeFirst()
    }
    switch kind {
    case "[", "\u{9B}":
      while let next = rest.first, (0x20...0x3F).contains(next.value) { rest.removeFirst() }
      if let end = rest.first, (0x40...0x7E).contains(end.value) { rest.removeFirst() }
    case "]", "P", "X", "^", "_":
      // Its end may be missing: no line break belongs to one.
      while let next = rest.first, next != "\u{7}", next != "\u{1B}", next != "\n" { rest.removeFirst() }
      if rest.first == "\u{7}" { rest.removeFirst() }
      if rest.first == "\u{1B}", rest.dropFirst().first == "\\" { rest.removeFirst(2) }
    default: break
    }
  }
}
