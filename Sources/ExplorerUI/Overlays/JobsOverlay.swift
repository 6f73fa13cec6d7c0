import Terminal

/// What runs, with how far it is, and what has run, with how it ended.
public struct JobsOverlay: Sendable, Equatable {
  public internal(set) var list = ListPosition()
  /// The number of the selected job, which stays selected when others end.
  private var number: Int?

  private static let barWidth = 14
  /// What the facts of a job in full take, as a rule.
  private static let factsWidth = 66

  func rect(_ arrangement: Arrangement) -> Rect { arrangement.overlay(width: 110, height: 20) }
  func height(_ arrangement: Arrangement) -> Int { max(1, rect(arrangement).height - 4) }

  /// The job that keys act on.
  func selected(of jobs: [Job]) -> Job? { jobs.indices.contains(list.selected) ? jobs[list.selected] : nil }

  /// Moves the selection, or puts it on a job by its place.
  mutating func move(_ command: Command, in jobs: [Job], height: Int) {
    _ = list.move(command, count: jobs.count, height: height)
    number = selected(of: jobs)?.number
  }

  mutating func select(_ place: Int, in jobs: [Job], height: Int) {
    list.select(place, count: jobs.count, height: height)
    number = selected(of: jobs)?.number
  }

  /// Keeps the selection on its job, wherever that stands now.
  mutating func follow(_ jobs: [Job], height: Int) {
    let place = number.flatMap { number in jobs.firstIndex { $0.number == number } }
    select(place ?? list.selected, in: jobs, height: height)
  }

  func draw(_ painter: inout Painter, _ state: AppState) {
    let rect = rect(state.arrangement)
    painter.window(rect, title: "jobs", bottom: painter.hints(Overlay.jobs(self).footer, state.keymap))
    let inner = rect.inset(by: 1)
    let jobs = state.jobs.listed
    if jobs.isEmpty {
      painter.write("nothing runs, and nothing long has run", x: inner.x + 1, y: inner.y + 1, .dim, in: inner)
    }
    for (offset, job) in jobs.dropFirst(list.top).prefix(height(state.arrangement)).enumerated() {
      let line = Rect(x: inner.x, y: inner.y + 1 + offset, width: inner.width, height: 1)
      painter.respond(line, .entry(list.top + offset))
      draw(job, in: line, state.jobs.spinner ?? 0, &painter)
      if list.top + offset == list.selected { painter.select(line, focused: true) }
    }
    let others = state.tabBar.tabs.enumerated().filter {
      $0.offset != state.tabBar.place && $0.element.isBusy
    }
    if !others.isEmpty {
      let names = others.map { "\($0.offset + 1) \($0.element.name)" }.joined(separator: ", ")
      let bottom = Rect(x: inner.x + 1, y: inner.maxY - 1, width: inner.width - 2, height: 1)
      painter.write("at work too: \(names)", x: bottom.x, y: bottom.y, .dim, in: bottom, cut: true)
    }
  }

  private func draw(_ job: Job, in line: Rect, _ picture: Int, _ painter: inout Painter) {
    let (sign, role): (String, StyleName) =
      switch job.outcome {
      case nil: (painter.glyphs.spinner(picture), .spinner)
      case .done?: (painter.glyphs.done, .success)
      case .cancelled?: (painter.glyphs.cancelled, .dim)
      case .failed?: (painter.glyphs.failed, .danger)
      }
    painter.write(sign, x: line.x + 1, y: line.y, role, in: line)
    let space = Rect(x: line.x + 3, y: line.y, width: line.width - 4, height: 1)
    let title = title(of: job)
    // The title has a third of the line at least; of the facts, what does not fit is left out whole.
    let least = min(painter.columns(of: title), space.width / 3)
    var facts = job.outcome == nil ? Self.facts(of: job) : Self.ending(of: job)
    while facts.count > 1, least + 2 + painter.columns(of: facts.joined(separator: " · ")) > space.width {
      facts.removeLast()
    }
    let text = facts.joined(separator: " · ")
    let width = max(0, min(painter.columns(of: text), space.width - least - 2))
    let place = Rect(x: space.maxX - width, y: line.y, width: width, height: 1)
    painter.write(text, x: place.x, y: line.y, job.outcome == nil ? .text : .dim, in: place, cut: true)
    let titlePlace = Rect(x: space.x, y: line.y, width: max(1, place.x - 2 - space.x), height: 1)
    let used = painter.write(title, x: space.x, y: line.y, .text, in: titlePlace, cut: true)
    drawBar(of: job, from: space.x + used + 2, to: place.x - 2, in: space, &painter)
  }

  private func title(of job: Job) -> String {
    guard job.outcome == nil else { return job.title }
    let note = job.note.isEmpty || job.title.hasPrefix(job.note) ? "" : " · \(job.note)"
    return job.title + note + (job.isCancelled ? " · stopping" : "")
  }

  /// A bar at a place of its own, where title and facts leave that free.
  private func drawBar(of job: Job, from start: Int, to end: Int, in space: Rect, _ painter: inout Painter) {
    let bar = Rect(
      x: space.maxX - Self.factsWidth - 2 - Self.barWidth, y: space.y, width: Self.barWidth, height: 1)
    guard job.outcome == nil, let share = job.share, bar.x >= start, bar.maxX <= end else { return }
    painter.fill(bar, .inactiveSelection)
    painter.write(painter.glyphs.bar(share, columns: bar.width), x: bar.x, y: bar.y, .scoreBar, in: bar)
  }

  /// How far a job is, the most needed first.
  private static func facts(of job: Job) -> [String] {
    let time = "\(DurationText.of(Double(job.elapsed))) so far"
    guard let progress = job.progress, progress.total > 0 else { return [time] }
    var facts = ["\(Int((job.share ?? 0) * 100)) %"]
    if let left = job.left { facts.append("\(DurationText.of(left)) left") }
    if progress.total > 1 {
      facts.append("\(NumberText.grouped(progress.completed)) of \(NumberText.grouped(progress.total))")
    }
    if let rate = job.rate { facts.append("\(NumberText.rate(rate))/s") }
    return facts + [time]
  }

  private static func ending(of job: Job) -> [String] {
    let time = DurationText.of(Double(job.elapsed))
    switch job.outcome {
    case .cancelled?: return ["cancelled", "after \(time)"]
    case .failed(let text)?: return ["failed after \(time): \(text)"]
    default: return ["done", "in \(time)"]
    }
  }
}
