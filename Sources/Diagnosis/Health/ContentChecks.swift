import VectorStore

/// What is wrong with contents one by one.
enum ContentChecks {
  /// O(rows).
  static func findings(
    _ survey: DocumentSurvey, in version: StoreVersion, _ thresholds: HealthThresholds
  ) -> [Finding] {
    var findings: [Finding] = []
    for (flaw, check) in ContentFlaws.checks {
      let rows = survey.notes.indices.filter { survey.notes[$0].flaws.contains(flaw) }
      guard !rows.isEmpty else { continue }
      // Where most documents are so, it is what the store is made of.
      if check == .noLetters, rows.count * 2 > survey.notes.count { continue }
      findings.append(Finding(check, sentence(check, rows, version), rows: rows))
    }
    let shortest = shortest(survey.notes, thresholds)
    let scraps = survey.notes.indices.filter { row in
      let note = survey.notes[row]
      return note.weight < shortest && note.flaws.isDisjoint(with: [.empty, .blank])
    }
    if !scraps.isEmpty {
      let words = "fewer than \(shortest) characters: \(Example.contents(of: scraps, in: version))"
      findings.append(Finding(.tooShort, words, rows: scraps))
    }
    return findings
  }

  /// The length below which a content is a scrap in this store.
  static func shortest(_ notes: [DocumentSurvey.Note], _ thresholds: HealthThresholds) -> Int {
    let weights = notes.map(\.weight).filter { $0 > 0 }.sorted()
    guard !weights.isEmpty else { return 0 }
    return min(thresholds.shortest, Int(weights[weights.count / 2]) / 4)
  }

  private static func sentence(_ check: Check, _ rows: [Int], _ version: StoreVersion) -> String {
    let examples = Example.contents(of: rows, in: version)
    return switch check {
    case .emptyContent: "there is nothing in them; whatever vector they have, they answer nothing"
    case .blankContent: "nothing but spaces"
    case .noLetters: "page numbers, rules, signs: \(examples)"
    case .dotLeaders: "lines of a table of contents, or rules: \(examples)"
    case .controlCharacters: "characters that no text has, such as NUL or ESC; your application gets them raw"
    case .hiddenCharacters:
      "zero-width characters, marks of direction or tags, which nobody sees: \(examples)"
    case .privateGlyphs: "characters that only a font of the source has: \(examples)"
    case .cidGlyphs: "glyphs that a PDF reader could not name: \(examples)"
    case .wrongEncoding: "UTF-8 that was read as Latin-1, or characters that were lost: \(examples)"
    case .letterSpaced: "a space after every letter, which no model reads as words: \(examples)"
    default: "the model read their beginnings only, so what follows cannot be found: \(examples)"
    }
  }
}
