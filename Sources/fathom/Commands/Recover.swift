import ArgumentParser
import Explorer
import Foundation
import VectorStore

struct Recover: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show, apply or discard edits that a session on the screen left unsaved when it was cut off.",
    discussion: """
      Every edit on the screen is on disk before it is shown as done. After a crash, a kill or a power cut the next \
      start offers them again; this verb does the same for scripts. Without a flag it shows them.
      """)

  @OptionGroup var store: StoreOptions
  @Flag(help: "Make the edits again, and save.") var apply = false
  @Flag(help: "Forget them.") var discard = false

  func validate() throws {
    if apply, discard { throw ValidationError("give --apply or --discard, not both") }
  }

  func run() async throws {
    try await answering {
      let session = try await store.open(for: .exploring)
      guard let edits = session.unsavedEdits else {
        if apply || discard {
          throw ExplorerError(.noInput, "no session has left edits of \(store.path) unsaved")
        }
        if store.json { return try Output.json("null") }
        return try Output.line("nothing is unsaved")
      }
      var saved: SaveReport?
      if apply {
        try await session.applyUnsavedEdits()
        saved = try await session.saveOnLine()
      }
      let plan = edits.fits && !apply ? try await session.previewUnsavedEdits() : nil
      if discard { session.discardUnsavedEdits() }
      if store.json {
        return try Output.json(Report.object(edits, plan: plan, saved: saved, isDiscarded: discard))
      }
      let verb = apply ? "applied" : discard ? "discarded" : "unsaved"
      for name in edits.names { try Output.line("\(verb): \(name)") }
      for entry in plan?.entries ?? [] {
        try Output.line("  \(entry.kind.rawValue) row \(entry.row) \(entry.id.text)")
      }
      if !edits.fits, !discard {
        Output.warn(
          "the store's files changed since, so the edits cannot be applied; they are in \(edits.file)")
      }
      if let saved {
        try Output.line("saved \(saved.documents) documents" + (saved.backup.map { ", backup \($0)" } ?? ""))
      }
    }
  }
}
