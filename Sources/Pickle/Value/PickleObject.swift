/// The recipe of a Python object: what would be called with what, and what would be put into it.
///
/// Nothing is called. ``PickleWriter/fragment(of:)`` writes the same recipe again.
public struct PickleObject: Sendable, Hashable {
  /// How the object comes to be.
  public enum Construction: Sendable, Hashable {
    /// `callee(*arguments)` (opcode REDUCE).
    case reduce([PickleValue])
    /// `callee.__new__(callee, *arguments)` (opcode NEWOBJ).
    case new([PickleValue])
    /// `callee.__new__(callee, *arguments, **keywords)` (opcode NEWOBJ_EX).
    case newEx([PickleValue], [PickleEntry])
    /// An instance made by the opcodes INST or OBJ of protocols 0 and 1.
    case instance([PickleValue])
  }

  /// Usually a ``PickleValue/global(_:)``; an object for the result of `getattr`.
  public var callee: PickleValue
  public var construction: Construction
  /// What the last BUILD gave it.
  public var state: PickleValue?
  /// What APPEND and APPENDS put onto it.
  public var listItems: [PickleValue]
  /// What SETITEM and SETITEMS put into it.
  public var dictItems: [PickleEntry]
  /// What ADDITEMS put into it.
  public var setItems: [PickleValue]

  public init(
    callee: PickleValue, construction: Construction, state: PickleValue? = nil,
    listItems: [PickleValue] = [], dictItems: [PickleEntry] = [], setItems: [PickleValue] = []
  ) {
    self.callee = callee
    self.construction = construction
    self.state = state
    self.listItems = listItems
    self.dictItems = dictItems
    self.setItems = setItems
  }

  /// The class or function, if the callee is one by name.
  public var global: PickleGlobal? {
    if case .global(let global) = callee { global } else { nil }
  }

  /// The positional arguments of the construction.
  public var arguments: [PickleValue] {
    switch construction {
    case .reduce(let arguments), .new(let arguments), .newEx(let arguments, _), .instance(let arguments):
      arguments
    }
  }
}
