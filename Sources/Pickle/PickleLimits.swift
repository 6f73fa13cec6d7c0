/// How large and how deep a pickle may be; beyond these a file is refused with `.limit`.
///
/// Memory while reading grows with the file alone, whatever lengths it declares. These bound what
/// its values may unfold to.
public struct PickleLimits: Sendable, Equatable {
  /// What a person calls each limit.
  public enum Name: String, Sendable, CaseIterable {
    case depth = "pickle-depth"
    case integerBytes = "pickle-integer"
    case decimalDigits = "pickle-digits"
    case expansion = "pickle-values"
    case expansionPerByte = "pickle-values-per-byte"
  }

  /// The deepest nesting of containers and objects.
  ///
  /// Values above ``deepest`` count as that, because values are released recursively.
  public var depth = 500
  /// The longest integer in bytes.
  public var integerBytes = 64 << 10
  /// The most digits of an integer or a decimal that is written as text.
  public var decimalDigits = 4300
  /// Values that any file may unfold to, each shared value counted wherever it appears.
  public var expansion = 1_000_000
  /// Values that each byte of the file adds to ``expansion``.
  public var expansionPerByte = 16

  public init() {}

  public subscript(name: Name) -> Int {
    get { self[keyPath: Self.path(name)] }
    set { self[keyPath: Self.path(name)] = newValue }
  }

  private static func path(_ name: Name) -> WritableKeyPath<PickleLimits, Int> {
    switch name {
    case .depth: \.depth
    case .integerBytes: \.integerBytes
    case .decimalDigits: \.decimalDigits
    case .expansion: \.expansion
    case .expansionPerByte: \.expansionPerByte
    }
  }

  /// The limits for files of unknown origin.
  public static let standard = PickleLimits()

  /// The depth that is never exceeded.
  public static let deepest = 1000

  func expansion(forFileOf byteCount: Int) -> Int {
    let (scaled, overflow) = byteCount.multipliedReportingOverflow(by: expansionPerByte)
    let (sum, over) = scaled.addingReportingOverflow(expansion)
    return overflow || over ? .max : sum
  }
}
