/// The opcodes that combine values on the stack, for layouts that the container calls do not give.
extension PickleWriter {
  /// Pops the argument tuple and the class, pushes the instance (NEWOBJ).
  public mutating func newObject() { write(.newobj) }

  /// Pops the argument tuple and the function, pushes the result (REDUCE).
  public mutating func reduce() { write(.reduce) }

  /// Pops the state and gives it to the object below (BUILD).
  public mutating func build() { write(.build) }

  /// Pushes an instance of a class made without arguments.
  public mutating func writeInstance(module: String, name: String) {
    writeGlobal(module: module, name: name)
    write(.emptyTuple)
    write(.newobj)
  }

  /// Begins a dict whose items are written by hand; ``endDict()`` or ``flushDict()`` adds them.
  ///
  /// - Important: no more than ``batchCount`` items between two flushes keeps Python's stack small.
  public mutating func beginDict() {
    write(.emptyDict)
    write(.mark)
  }

  /// Adds the items so far to the dict and goes on with it.
  public mutating func flushDict() {
    write(.setitems)
    write(.mark)
  }

  /// Adds the items since the last flush and ends the dict.
  public mutating func endDict() { write(.setitems) }

  /// Makes the last two values a pair.
  public mutating func makePair() { write(.tuple2) }

  /// Makes the last three values a tuple.
  public mutating func makeTriple() { write(.tuple3) }
}
