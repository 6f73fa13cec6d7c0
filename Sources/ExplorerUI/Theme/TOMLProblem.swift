import TOMLKit

/// What TOMLKit's errors say, as one sentence with line and column where there are any.
enum TOMLProblem {
  static func describe(_ error: any Error) -> String {
    switch error {
    case let error as TOMLParseError:
      return "line \(error.source.begin.line), column \(error.source.begin.column): \(error.description)"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
      DecodingError.keyNotFound(_, let context), DecodingError.dataCorrupted(let context):
      let path = context.codingPath.map(\.stringValue).joined(separator: ".")
      return path.isEmpty ? context.debugDescription : "\(path): \(context.debugDescription)"
    default:
      return "\(error)"
    }
  }
}
