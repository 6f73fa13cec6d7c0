/// The memo: nodes by the numbers that PUT and MEMOIZE gave them.
///
/// Numbers that follow each other lie in an array, others in a dictionary, so that a number of
/// four billion costs no more than a small one.
struct Memo {
  /// Numbers that were taken before; what they stand for is in the dictionary, if anybody asked.
  let base: Int
  private var dense: [Graph.NodeID] = []
  private var sparse: [Int: Graph.NodeID] = [:]

  private var earlier: [Int: Graph.NodeID] = [:]

  init(base: Int = 0) { self.base = base }

  /// How many numbers are taken; MEMOIZE takes this one next.
  var count: Int { base + dense.count + sparse.count }

  subscript(number: Int) -> Graph.NodeID? {
    get {
      let place = number - base
      if place < 0 { return earlier[number] }
      return place < dense.count ? dense[place] : sparse[number]
    }
    set {
      let place = number - base
      if place < 0 {
        earlier[number] = newValue
      } else if place < dense.count {
        if let newValue { dense[place] = newValue }
      } else if place == dense.count, let newValue {
        if !sparse.isEmpty { sparse[number] = nil }
        dense.append(newValue)
      } else {
        sparse[number] = newValue
      }
    }
  }
}
