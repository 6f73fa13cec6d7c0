import Explorer
import Terminal

/// The first line: the store, what it is, what has changed, what runs.
func drawHeader(_ state: AppState, _ painter: inout Painter) {
  let line = state.arrangement.header
  let summary = state.summary
  painter.fill(line, .header)
  var end = line.maxX - 1
  if let text = runningText(state, painter.glyphs) {
    end -= painter.columns(of: text)
    painter.write(text, x: end, y: line.y, .spinner, in: line)
    end -= 3
  }
  var x = line.x + 1
  if line.width >= 100 { x += painter.write("fathom", x: x, y: line.y, .dim, in: line) + 2 }
  let nameSpace = Rect(
    x: x, y: line.y, width: max(8, (end - x) / (state.tabBar.tabs.isEmpty ? 3 : 2)), height: 1)
  if state.tabBar.tabs.isEmpty {
    let name = state.hasStore ? summary.name : "no store"
    x += painter.write(name, x: x, y: line.y, .headerName, in: nameSpace, cut: true) + 2
  } else {
    x += drawTabs(state.tabBar, in: nameSpace, &painter)
  }
  guard state.hasStore else { return }
  if summary.isModified {
    let text = "[+] \(ChangeText.summary(summary))"
    let width = painter.columns(of: text)
    if x + width <= end {
      end -= width
      painter.write(text, x: end, y: line.y, .headerChanges, in: line)
      end -= 3
    } else {
      painter.write("[+]", x: x, y: line.y, .headerChanges, in: line)
      x += 5
    }
  } else if summary.isReadOnly {
    end -= 9
    painter.write("read only", x: end, y: line.y, .dim, in: line)
    end -= 3
  }
  var facts = [CountText.of(summary.count, "document"), "\(summary.dimension) d", summary.indexType]
  switch summary.embedder {
  case .ready(let name, _): facts.append(name)
  case .missing: facts.append("no embedder")
  case .unknown: break
  }
  // What does not fit is left out whole, the least needed first.
  while !facts.isEmpty, x + painter.columns(of: facts.joined(separator: " · ")) > end { facts.removeLast() }
  painter.write(facts.joined(separator: " · "), x: x, y: line.y, .header, in: line)
}

/// The open stores by number and name; the one on the screen always fits.
private func drawTabs(_ bar: TabBar, in space: Rect, _ painter: inout Painter) -> Int {
  var x = space.x
  for (place, text) in bar.shown(width: space.width, busy: painter.glyphs.ellipsis) where x < space.maxX - 3 {
    let isCurrent = place == bar.place
    let used = painter.write(
      text, x: x, y: space.y, isCurrent ? .headerName : .dim,
      in: Rect(x: x, y: space.y, width: space.maxX - x, height: 1), cut: true)
    painter.respond(Rect(x: x, y: space.y, width: used, height: 1), .tab(place))
    x += used + 2
  }
  return x - space.x
}

private func runningText(_ state: AppState, _ glyphs: Glyphs) -> String? {
  guard let picture = state.jobs.spinner, let job = state.jobs.foremost?.job else { return nil }
  var text =
    "\(glyphs.spinner(picture)) \(job.progress.map(\.note).flatMap { $0.isEmpty ? nil : $0 } ?? job.title)"
  if let progress = job.progress, progress.total > 0 {
    text += " \(min(100, progress.completed * 100 / progress.total)) %"
  }
  return text
}
