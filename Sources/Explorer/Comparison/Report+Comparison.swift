import Diagnosis
import VectorStore

extension Report {
  /// The object of `diff --json`.
  public static func object(_ comparison: StoreComparison) -> String {
    func content(_ document: Document?) -> MetadataValue {
      document.map { ["content": .string($0.content), "metadata": .dictionary($0.metadata)] } ?? .null
    }
    let entries = comparison.entries.map { entry -> MetadataValue in
      [
        "kind": .string(Text(entry.kind.rawValue)), "row": .int(entry.row),
        "id": .string(Text(entry.document?.id.text ?? "")), "before": content(entry.before),
        "after": content(entry.after), "distance": entry.distance.map { .float($0) } ?? .null,
      ]
    }
    let answers = comparison.answers.map { answer -> MetadataValue in
      [
        "question": .string(Text(answer.question)), "k": .int(answer.churn.k),
        "kept": .int(answer.churn.kept),
        "overlap": .float(answer.churn.overlap),
        "ranks": .list(
          answer.churn.entries.map { entry in
            [
              "id": .string(Text(entry.id.text)), "before": entry.before.map { .int($0) } ?? .null,
              "after": entry.after.map { .int($0) } ?? .null,
            ]
          }),
      ]
    }
    let counts = comparison.counts
    return MetadataValue.dictionary([
      "before": .string(Text(comparison.names.before)), "after": .string(Text(comparison.names.after)),
      "same": .bool(comparison.isSame), "removed": .int(counts.removed), "added": .int(counts.added),
      "changed": .int(counts.changed), "moved": .int(counts.moved), "shared": .int(counts.shared),
      "entries": .list(entries), "answers": .list(answers),
      "notices": .list(comparison.notices.map { .string(Text($0)) }),
    ]).json
  }
}
