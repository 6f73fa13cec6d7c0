/// Which names a pickle may hold: known data is read, code is refused, the rest is kept as opaque data.
///
/// Names are compared whole. An allowed module says nothing about its other names: `numpy.load` and
/// `datetime.sys.modules` are attacks in allowed clothes.
public struct GlobalPolicy: Sendable {
  /// Whether a name of an unknown module is refused instead of kept as opaque data.
  public var refusesUnknown: Bool

  public init(refusesUnknown: Bool = false) { self.refusesUnknown = refusesUnknown }

  /// Data of LangChain's stores, and unknown classes as opaque values.
  public static let langchain = GlobalPolicy()
  /// Data of LangChain's stores and nothing else.
  public static let strict = GlobalPolicy(refusesUnknown: true)

  /// What a name means.
  ///
  /// - Parameter translated: the pickle is of protocol 0 to 2, where Python also takes the names of Python 2.
  public func verdict(module: String, name: String, translated: Bool = false) -> GlobalUse.Verdict {
    if KnownGlobals.role(module: module, name: name) != nil { return .known }
    let root = module.split(separator: ".", maxSplits: 1).first.map(String.init) ?? ""
    if CodeModules.contains(root, translated: translated) || Self.isDisguised(root)
      || Self.reachesCode(name)
    {
      return .forbidden
    }
    return refusesUnknown ? .forbidden : .opaque
  }

  /// A dotted name walks attributes, so that `userapp` `os.system` is code although `userapp` is not.
  private static func reachesCode(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    if parts.contains(where: { $0.hasPrefix("__") && $0.hasSuffix("__") }) { return true }
    return parts.dropLast().contains { CodeModules.contains(String($0), translated: false) }
  }

  /// Latin letters beside Greek, Cyrillic or wide ones: a look-alike of a module, not a name of one.
  private static func isDisguised(_ root: String) -> Bool {
    let scalars = root.unicodeScalars
    let lookAlikes: [ClosedRange<UInt32>] = [0x370...0x52F, 0x1D400...0x1D7FF, 0xFF00...0xFFEF]
    return scalars.contains { $0.isASCII && $0.properties.isAlphabetic }
      && scalars.contains { scalar in lookAlikes.contains { $0.contains(scalar.value) } }
  }
}
