import VectorStore

/// The metadata filter: its text, what it parses to, and where it is wrong.
public struct FilterPane: Sendable, Equatable {
  static let delay = 80

  public internal(set) var field = TextField()
  /// The last text that parsed; it holds until another one does.
  public internal(set) var active: Filter?
  public internal(set) var problem: FilterError?

  /// What completion knows of the store, and which completion is chosen.
  public internal(set) var completion = FilterCompletion()

  /// What the word at the cursor may become.
  var candidates: [FilterCompletion.Candidate] { completion.candidates(at: FilterPlace(before: field.head)) }

  /// Takes the chosen completion, or the first; false when there is none.
  mutating func complete() -> Bool {
    let all = candidates
    guard let first = all.first else { return false }
    let chosen = completion.chosen.flatMap { all.indices.contains($0) ? all[$0] : nil } ?? first
    field.replace(last: FilterPlace(before: field.head).typed.count, with: chosen.text + " ")
    completion.chosen = nil
    return true
  }

  /// True at the end of a word that may become a known key and is none yet.
  private var isTypingKey: Bool {
    let place = FilterPlace(before: field.text)
    guard case .key(let typed) = place, !typed.isEmpty else { return false }
    let keys = completion.candidates(at: place).map(\.text)
    return !keys.isEmpty && !keys.contains(typed)
  }

  /// Reads the text again; true when the filter that holds has changed.
  ///
  /// Until the line `isDone`, the beginning of a key filters nothing: no document has a key `pa`.
  mutating func parse(isDone: Bool = false) -> Bool {
    let text = field.text.trimmed
    let old = active
    if !isDone, isTypingKey {
      problem = nil
      return false
    }
    if text.isEmpty {
      active = nil
      problem = nil
    } else {
      do throws(FilterError) {
        active = try Filter(parsing: field.text)
        problem = nil
      } catch {
        problem = error
      }
    }
    return active != old
  }
}
