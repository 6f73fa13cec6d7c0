/// The memo: nodes by the numbers that PUT and MEMOIZE gave them.
///
/// Numbers that follow each other lie in an array, others in a dictionary, so that a number of
/// four billion costs no more than a small one.
struct Memo {
  private var dense: [Graph.NodeID] = []
  private var sparse: [Int: Graph.NodeID] = [:]

  /// How many numbers are taken; MEMOIZE takes this one next.
  var count: Int { dense.count + sparse.count }

  subscript(number: Int) -> Graph.NodeID? {
    get { number < dense.count && number >= 0 ? dense[number] : sparse[number] }
    set {
      if number < dense.count {
        if let newValue { dense[number] = newValue }
      } else if number == dense.count, let newValue {
        if !sparse.isEmpty { sparse[number] = nil }
        dense.append(newValue)
      } else {
        sparse[number] = newValue
      }
    }
  }
}
