import Diagnosis
import Explorer
import Foundation
import Terminal
import VectorStore

/// A question before something that loses or changes much.
public struct ConfirmOverlay: Sendable, Equatable {
  public enum Question: Sendable, Equatable {
    case delete([Marks.Mark])
    case quit
    case reload
    /// Another program has written the files.
    case overwrite
    /// There is a file where an export was to go.
    case replaceFile(ExportRequest, path: String)
    /// What a health check found, and what its fix would do.
    case repair(Diagnosis.Finding, revision: Int)
    /// Edits that an earlier session left unsaved.
    case recover(UnsavedReport)

    var scope: Scope {
      switch self {
      case .quit: .quitGuard
      case .recover: .recovery
      case .delete, .reload, .overwrite, .replaceFile, .repair: .confirm
      }
    }

    var commands: [Command] {
      switch self {
      case .quit: [.guardSave, .guardDiscard, .guardStay]
      case .recover(let edits):
        edits.fits
          ? [.recoverApply, .recoverLook, .recoverDiscard, .recoverLater] : [.recoverDiscard, .recoverLater]
      case .delete, .reload, .overwrite, .replaceFile, .repair: [.accept, .decline]
      }
    }
  }

  public let question: Question

  private static let longestList = 10

  private func title(_ state: AppState) -> String {
    switch question {
    case .delete(let marks): "delete \(CountText.of(marks.count, "document"))?"
    case .quit: "unsaved changes"
    case .reload: "read the store again?"
    case .overwrite: "overwrite what another program wrote?"
    case .replaceFile: "replace the file?"
    case .repair(let finding, _): "fix \(finding.check.title)?"
    case .recover: "unsaved edits were found"
    }
  }

  private static func lines(_ edits: UnsavedReport) -> [(text: String, role: StyleName)] {
    let count = CountText.of(edits.names.count, "edit")
    let verb = edits.names.count == 1 ? "was" : "were"
    let first = "\(count) of \(edits.date.formatted(.iso8601)) \(verb) not saved when Fathom ended:"
    let names = edits.names.prefix(longestList).map {
      (text: "  " + Printable.line($0), role: StyleName.text)
    }
    let rest = edits.names.count - names.count
    let last =
      edits.fits
      ? ["nothing on disk changes before you save"]
      : ["the files changed since, so they cannot be applied; they are kept in", edits.file]
    return [(first, .warning)] + names + (rest > 0 ? [("  and \(rest) more", .dim)] : [])
      + [("", .text)] + last.map { ($0, .dim) }
  }

  private func lines(_ state: AppState) -> [(text: String, role: StyleName)] {
    switch question {
    case .delete(let marks):
      let shown = marks.prefix(ConfirmOverlay.longestList).map { mark -> (text: String, role: StyleName) in
        let id = TextWidth.pad(Printable.line(mark.id.short), to: 8, alignment: .left)
        return ("\(NumberText.padded(mark.row, to: 7))  \(id)  \(mark.line)", StyleName.text)
      }
      let rest = marks.count - shown.count
      var lines = shown
      if rest > 0 { lines.append(("and \(NumberText.grouped(rest)) more", .dim)) }
      lines.append(("", .text))
      let count = state.summary.count
      let counts = "\(NumberText.grouped(count)) → \(NumberText.grouped(count - marks.count)) documents"
      let way = "nothing on disk changes before you save; \(state.key(.undo)) takes it back"
      lines.append(("\(counts); \(way)", .dim))
      return lines
    case .quit:
      return [
        ("\(state.summary.name) has changes that are not saved:", .text),
        (ChangeText.summary(state.summary), .warning),
      ]
    case .reload:
      return [
        ("Reading \(state.summary.name) from disk again drops what is not saved:", .text),
        (ChangeText.summary(state.summary), .warning),
      ]
    case .overwrite:
      return [
        ("\(state.summary.name) changed on disk since it was opened; nothing was written.", .warning),
        ("Overwriting puts this store in its place and keeps what is there now as .bak.", .text),
        ("", .text),
        (
          "\(state.key(.decline)) writes nothing; then \(state.key(.saveAs)) saves elsewhere, "
            + "\(state.key(.reload)) shows what is there now", .dim
        ),
      ]
    case .replaceFile(_, let path):
      return [
        ("\(path) exists; nothing was written.", .warning),
        ("Exporting puts a new file in its place, and what it holds now is gone.", .text),
      ]
    case .repair(let finding, _):
      let count = CountText.of(finding.marked.count, "document")
      let words =
        switch finding.check.fix {
        case .clean:
          "Cleans the content of \(count); what is left of them is embedded again where that can be."
        case .normalize: "Scales the vectors of \(count) to length 1."
        case .newIDs: "Gives \(count) an id of their own."
        default: "Deletes \(count)."
        }
      return [
        (words, .text), (finding.sentence, .dim), ("", .text),
        ("nothing on disk changes before you save; \(state.key(.undo)) takes it back", .dim),
      ]
    case .recover(let edits): return Self.lines(edits)
    }
  }

  /// The lines as they fit into `width`: documents are cut, sentences go on in the next line.
  private func wrapped(_ state: AppState, width: Int) -> [(text: String, role: StyleName)] {
    lines(state).flatMap { line in
      let isEntry = line.text.hasPrefix("  ") || line.text.isEmpty
      return (isEntry ? [line.text] : TextWidth.wrap(Printable.line(line.text), to: width))
        .map { ($0, line.role) }
    }
  }

  func draw(_ painter: inout Painter, _ state: AppState) {
    let widest = state.arrangement.overlay(width: 92, height: 5)
    let lines = wrapped(state, width: max(1, widest.width - 4))
    let rect = state.arrangement.overlay(width: 92, height: lines.count + 4)
    let keys: [Command] = Overlay.confirm(self).footer
    painter.window(
      rect, title: title(state), bottom: painter.hints(keys, state.keymap), danger: question.scope == .confirm
    )
    let inner = rect.inset(by: 1)
    for (offset, line) in lines.prefix(inner.height - 2).enumerated() {
      let place = Rect(x: inner.x + 1, y: inner.y + 1 + offset, width: inner.width - 2, height: 1)
      painter.write(line.text, x: place.x, y: place.y, line.role, in: place, cut: true)
    }
  }
}
