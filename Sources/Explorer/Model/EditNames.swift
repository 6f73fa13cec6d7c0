/// The edits of a session by name.
public struct EditNames: Sendable, Hashable {
  /// Those that hold, oldest first.
  public var past: [String]
  /// Those that were taken back, the one that redo makes first.
  public var future: [String]

  public init(past: [String], future: [String]) {
    self.past = past
    self.future = future
  }
}
