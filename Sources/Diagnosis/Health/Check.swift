/// What a health check looks for; the raw value is the stable name that scripts use.
public enum Check: String, Sendable, Hashable, CaseIterable {
  case repeatedID = "repeated-id"
}
