import VectorStore

/// The metadata filter: its text, what it parses to, and where it is wrong.
public struct FilterPane: Sendable, Equatable {
  static let delay = 80

  public internal(set) var field = TextField()
  /// The last text that parsed; it holds until another one does.
  public internal(set) var active: Filter?
  public internal(set) var problem: FilterError?

  /// Reads the text again; true when the filter that holds has changed.
  mutating func parse() -> Bool {
    let text = field.text.trimmed
    let old = active
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
