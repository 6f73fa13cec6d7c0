import Explorer
import Terminal
import VectorStore

extension MMROverlay {
  /// The columns between the two lists.
  private static let gutter = 13

  func draw(_ painter: inout Painter, _ state: AppState) {
    let rect = rect(state.arrangement)
    painter.window(
      rect, title: "MMR · \(state.query.title)", bottom: painter.hints(Overlay.mmr(self).footer, state.keymap)
    )
    let inner = rect.inset(by: 1)
    drawSettings(Rect(x: inner.x + 1, y: inner.y, width: inner.width - 2, height: 1), &painter)
    guard let explanation else {
      painter.write("choosing…", x: inner.x + 1, y: inner.y + 2, .dim, in: inner)
      return
    }
    guard !explanation.candidates.isEmpty else {
      painter.write("nothing to choose from", x: inner.x + 1, y: inner.y + 2, .dim, in: inner)
      return
    }
    let height = height(state.arrangement)
    let width = (inner.width - 2 - Self.gutter) / 2
    let left = Rect(x: inner.x + 1, y: inner.y + 2, width: width, height: height)
    let right = Rect(x: left.maxX + Self.gutter, y: left.y, width: width, height: height)
    painter.write("by similarity", x: left.x, y: left.y - 1, .overlayTitle, in: inner)
    painter.write("by MMR", x: right.x, y: left.y - 1, .overlayTitle, in: inner)
    drawCandidates(explanation, in: left, &painter)
    drawPicks(explanation, in: right, &painter)
    connect(explanation, left, right, &painter)
    drawReason(explanation, in: Rect(x: left.x, y: left.maxY, width: inner.width - 2, height: 3), &painter)
  }

  private func drawSettings(_ line: Rect, _ painter: inout Painter) {
    var x = line.x
    func write(_ text: String, _ role: StyleName, _ command: Command? = nil) {
      let used = painter.write(text, x: x, y: line.y, role, in: line)
      if let command { painter.respond(Rect(x: x, y: line.y, width: used, height: 1), .command(command)) }
      x += used
    }
    write("lambda ", .dim)
    write(NumberText.fixed(lambda, decimals: 2), .accent)
    write(" [-]", .footerKey, .lessLambda)
    let bar = Rect(x: x + 1, y: line.y, width: 20, height: 1)
    painter.fill(bar, .inactiveSelection)
    painter.write(painter.glyphs.bar(lambda, columns: bar.width), x: bar.x, y: bar.y, .scoreBar, in: bar)
    x = bar.maxX + 1
    write("[+]", .footerKey, .moreLambda)
    write("   fetch_k ", .dim)
    write("\(fetchK)", .accent)
    write(" [-]", .footerKey, .fewerCandidates)
    write(" [+]", .footerKey, .moreCandidates)
    write("   k \(request.k)", .dim)
    if request.langchain { write("   as LangChain", .dim) }
  }

  private func drawCandidates(_ explanation: MMRExplanation, in rect: Rect, _ painter: inout Painter) {
    for (offset, hit) in explanation.candidates.dropFirst(list.top).prefix(rect.height).enumerated() {
      let line = Rect(x: rect.x, y: rect.y + offset, width: rect.width, height: 1)
      let index = list.top + offset
      painter.respond(line, .entry(index))
      let place = explanation.choice.candidates[index].place
      draw(
        rank: hit.rank, Double(hit.score), hit.document, isDim: place == nil, in: line, &painter)
      if let place {
        painter.writeRight(
          "\(painter.glyphs.arrow) \(place + 1)", maxX: line.maxX + 5, y: line.y, .dim,
          in: Rect(x: line.maxX, y: line.y, width: Self.gutter, height: 1))
      }
      if index == list.selected { painter.select(line, focused: true) }
    }
  }

  private func drawPicks(_ explanation: MMRExplanation, in rect: Rect, _ painter: inout Painter) {
    let choice = explanation.choice
    for (offset, index) in choice.picked.dropFirst(firstPick(explanation, rect.height)).prefix(rect.height)
      .enumerated()
    {
      let line = Rect(x: rect.x, y: rect.y + offset, width: rect.width, height: 1)
      painter.respond(line, .entry(index))
      let place = (choice.candidates[index].place ?? 0) + 1
      draw(
        rank: place, Double(choice.candidates[index].value), explanation.candidates[index].document,
        isDim: false, in: line, &painter)
      painter.writeRight(
        "\(index + 1) \(painter.glyphs.arrow)", maxX: line.x - 1, y: line.y, .dim,
        in: Rect(x: line.x - Self.gutter, y: line.y, width: Self.gutter, height: 1))
      if index == list.selected { painter.select(line, focused: false) }
    }
  }

  /// The first pick shown: the selected one is in sight.
  private func firstPick(_ explanation: MMRExplanation, _ height: Int) -> Int {
    guard explanation.choice.candidates.indices.contains(list.selected),
      let place = explanation.choice.candidates[list.selected].place
    else { return 0 }
    return max(0, place - height + 1)
  }

  private func draw(
    rank: Int, _ score: Double, _ document: Document, isDim: Bool, in line: Rect, _ painter: inout Painter
  ) {
    painter.writeRight("\(rank)", maxX: line.x + 4, y: line.y, .row, in: line)
    painter.writeRight(
      NumberText.fixed(score, decimals: 4), maxX: line.x + 13, y: line.y, isDim ? .dim : .score, in: line)
    let id = Rect(x: line.x + 14, y: line.y, width: min(8, max(0, line.width - 14)), height: 1)
    painter.write(document.id.short, x: id.x, y: id.y, .id, in: id)
    let place = Rect(x: line.x + 24, y: line.y, width: max(0, line.width - 24), height: 1)
    painter.write(
      document.content.string.preview(place.width), x: place.x, y: place.y, isDim ? .dim : .text, in: place,
      cut: true)
  }

  /// A line from the selected candidate to its place among the picks.
  private func connect(_ explanation: MMRExplanation, _ left: Rect, _ right: Rect, _ painter: inout Painter) {
    guard explanation.choice.candidates.indices.contains(list.selected),
      let place = explanation.choice.candidates[list.selected].place
    else { return }
    let from = left.y + list.selected - list.top
    let to = right.y + place - firstPick(explanation, right.height)
    guard to < right.maxY else { return }
    let x = left.maxX + Self.gutter / 2
    let gutter = Rect(x: left.maxX, y: left.y, width: Self.gutter, height: left.height)
    let glyphs = painter.glyphs
    func write(_ sign: String, y: Int) { painter.write(sign, x: x, y: y, .accent, in: gutter) }
    if from == to {
      write(glyphs.path.across, y: from)
      return
    }
    let isDown = to > from
    write(isDown ? glyphs.path.rightDown : glyphs.path.rightUp, y: from)
    for y in (min(from, to) + 1)..<max(from, to) { write(glyphs.path.along, y: y) }
    write(isDown ? glyphs.path.downRight : glyphs.path.upRight, y: to)
  }

  private func drawReason(_ explanation: MMRExplanation, in rect: Rect, _ painter: inout Painter) {
    guard explanation.candidates.indices.contains(list.selected) else { return }
    let reason = explanation.reason(for: list.selected, lambda: explainedLambda) {
      NumberText.fixed($0, decimals: 2)
    }
    let text = "\(explanation.candidates[list.selected].document.id.short): \(reason)"
    for (offset, line) in TextWidth.wrap(painter.plain(text), to: rect.width).prefix(rect.height - 1)
      .enumerated()
    {
      painter.write(line, x: rect.x, y: rect.y + 1 + offset, .text, in: rect)
    }
  }
}
