/// A class or function that a pickle names; never imported.
public struct PickleGlobal: Sendable, CustomStringConvertible {
  /// The module as Python 3 calls it: names of Python 2 in a pickle of protocol 0 to 2 are translated.
  public let module: String
  /// The name in the module; dotted for a nested class.
  public let name: String
  /// The byte of the file that names it; 0 for one made by hand.
  ///
  /// It does not count in comparisons.
  public let offset: Int

  public init(module: String, name: String, offset: Int = 0) {
    self.module = module
    self.name = name
    self.offset = offset
  }

  /// Module and name with a dot between them.
  public var description: String { "\(module).\(name)" }

  /// Whether it is exactly this name of this module.
  public func matches(_ module: String, _ name: String) -> Bool {
    self.name == name && self.module == module
  }
}

extension PickleGlobal: Hashable {
  public static func == (left: Self, right: Self) -> Bool {
    left.name == right.name && left.module == right.module
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(module)
    hasher.combine(name)
  }
}
