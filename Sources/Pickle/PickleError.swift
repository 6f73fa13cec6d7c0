/// Why a pickle was refused, or why a value could not be written.
public struct PickleError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What kind of refusal it is; the message has the details.
  public enum Code: String, Sendable {
    /// The file ends before the pickle does.
    case truncated
    /// Not a pickle, or one that Python could not load either.
    case malformed
    /// The file names or calls something that is not data.
    case forbiddenGlobal
    /// An opcode that needs an extension registry, persistent ids or buffers outside the file.
    case unsupportedOpcode
    /// Larger or deeper than ``PickleLimits`` allows.
    case limit
    /// A value contains itself.
    case cycle
    /// Whoever asked for it wants it no more.
    case cancelled
  }

  /// What a ``PickleWatch`` throws to end the reading.
  public static let cancelled = PickleError(code: .cancelled, message: "the reading was cancelled", offset: 0)

  public var code: Code
  /// Lower case: what was found, where, and what to do.
  public var message: String
  /// The byte of the file where the cause stands; 0 when a value was to be written.
  public var offset: Int
  /// The limit that was met, if ``PickleLimits`` has it.
  public var limit: PickleLimits.Name?

  public init(code: Code, message: String, offset: Int) {
    self.code = code
    self.message = message
    self.offset = offset
  }

  public var description: String { message }
}

extension PickleError {
  static func malformed(_ what: String, at offset: Int) -> PickleError {
    PickleError(
      code: .malformed,
      message: "\(what) at byte \(offset); the file is damaged or no pickle, so restore it from a copy",
      offset: offset)
  }

  static func truncated(_ what: String, at offset: Int) -> PickleError {
    PickleError(
      code: .truncated, message: "\(what) at byte \(offset); the file is cut off, so copy it again",
      offset: offset)
  }

  /// - Parameter product: what files with such names are, where they are known.
  static func forbidden(_ what: String, at offset: Int, product: String? = nil) -> PickleError {
    PickleError(
      code: .forbiddenGlobal,
      message: "\(what) at byte \(offset), which is code and not data; "
        + (product.map { "the file seems to hold \($0) and is no LangChain store; " } ?? "")
        + "nothing was run, but do not load this file in python unless you know who made it",
      offset: offset)
  }

  /// - Parameter name: nil for what cannot be raised.
  static func limit(_ what: String, _ name: PickleLimits.Name?, at offset: Int) -> PickleError {
    let known = name.map { ", the limit \($0.rawValue)" } ?? ""
    var error = PickleError(code: .limit, message: "\(what) at byte \(offset)\(known)", offset: offset)
    error.limit = name
    return error
  }

  static func cycle(at offset: Int) -> PickleError {
    PickleError(
      code: .cycle,
      message: "the value begun at byte \(offset) contains itself; remove the reference where it was made",
      offset: offset)
  }
}
