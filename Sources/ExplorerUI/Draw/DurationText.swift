/// Times as people read them.
enum DurationText {
  /// Milliseconds: "0.4 s", "12 s", "3 min 5 s", "2 h 10 min".
  static func of(_ milliseconds: Double) -> String {
    guard milliseconds.isFinite, milliseconds < 1e12 else { return "very long" }
    let seconds = Int((milliseconds / 1000).rounded())
    switch milliseconds {
    case ..<9950: return "\(NumberText.fixed(milliseconds / 1000, decimals: 1)) s"
    case ..<59_500: return "\(seconds) s"
    case ..<3_599_500: return "\(seconds / 60) min \(seconds % 60) s"
    default: return "\(seconds / 3600) h \(seconds % 3600 / 60) min"
    }
  }
}

extension NumberText {
  /// So much a second: "4.2", "1,284".
  static func rate(_ number: Double) -> String {
    number < 9.95 ? fixed(number, decimals: 1) : grouped(Int(min(number, 1e15).rounded()))
  }
}
