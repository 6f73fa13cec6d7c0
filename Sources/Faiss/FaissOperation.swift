import CFaiss

/// What an index may be asked for, depending on its type.
public enum FaissOperation: String, Sendable, CaseIterable {
  case search
  /// Vectors back out of the index, exact or as well as its codes remember them.
  case reconstruct
  case remove
  case add

  var code: CFaissOperation {
    switch self {
    case .search: CFAISS_SEARCH
    case .reconstruct: CFAISS_RECONSTRUCT
    case .remove: CFAISS_REMOVE
    case .add: CFAISS_ADD
    }
  }
}
