import Faiss
import Pickle

/// How much a file may ask of the program: the limits of all readers, under the names that messages say.
public struct ReadLimits: Sendable, Equatable {
  public var pickle = PickleLimits()
  public var index = FaissLimits()

  /// The environment variable in which a person raises them.
  public static let variable = "FATHOM_LIMITS"
  public static let standard = ReadLimits()

  public init() {}

  /// Limits as a person writes them: `pickle-depth=1000,index-memory=4G`; the others stay as they are.
  ///
  /// Throws ``StoreFormatError`` `.limit` with the names there are.
  public init(parsing text: String) throws(StoreFormatError) {
    for setting in text.split(separator: ",") {
      let parts = setting.split(separator: "=", omittingEmptySubsequences: false)
        .map { String($0.drop(while: \.isWhitespace)) }
      guard parts.count == 2, let value = Self.number(parts[1]) else {
        throw StoreFormatError(.limit, "\(Self.variable): expected name=number, found \"\(setting)\"")
      }
      if let name = PickleLimits.Name(rawValue: parts[0]) {
        pickle[name] = value
      } else if let name = FaissLimits.Name(rawValue: parts[0]) {
        index[name] = value
      } else {
        let names = PickleLimits.Name.allCases.map(\.rawValue) + FaissLimits.Name.allCases.map(\.rawValue)
        throw StoreFormatError(
          .limit,
          "\(Self.variable): there is no limit \"\(parts[0])\"; choose \(names.joined(separator: ", "))")
      }
    }
  }

  /// Digits, and K, M or G for 2^10, 2^20 and 2^30.
  private static func number(_ text: String) -> Int? {
    let shift =
      switch text.last {
      case "K": 10
      case "M": 20
      case "G": 30
      default: 0
      }
    guard let value = Int(shift == 0 ? Substring(text) : text.dropLast()), value >= 0,
      value <= Int.max >> shift
    else { return nil }
    return value << shift
  }
}

extension StoreFormatError {
  /// How a limit that was met is raised, to be said after what was met.
  static func advice(_ limit: String?) -> String {
    limit.map { "; if the file can be trusted, raise it: \(ReadLimits.variable)=\($0)=NUMBER" } ?? ""
  }
}
