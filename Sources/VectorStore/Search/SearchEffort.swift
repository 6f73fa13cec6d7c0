import Faiss

/// How thoroughly an approximate index looks: the setting of faiss that trades time for recall.
public enum SearchEffort: Sendable, Hashable, CustomStringConvertible {
  /// How many inverted lists a search visits.
  case nprobe(Int)
  /// How many candidates a search of an HNSW graph keeps; faiss keeps k where that is more.
  case efSearch(Int)

  /// Reads "nprobe 8", "efSearch=64"; nil for what is neither, or not at least 1.
  public init?(written text: String) {
    let words = text.split { $0 == " " || $0 == "=" }
    guard words.count == 2, let value = Int(words[1]), value >= 1 else { return nil }
    switch words[0].lowercased() {
    case "nprobe": self = .nprobe(value)
    case "efsearch": self = .efSearch(value)
    default: return nil
    }
  }

  /// What faiss calls the setting.
  public var name: String {
    switch self {
    case .nprobe: "nprobe"
    case .efSearch: "efSearch"
    }
  }

  public var value: Int {
    switch self {
    case .nprobe(let value), .efSearch(let value): value
    }
  }

  /// The same setting with another value.
  public func with(_ value: Int) -> SearchEffort {
    switch self {
    case .nprobe: .nprobe(value)
    case .efSearch: .efSearch(value)
    }
  }

  /// "nprobe 8".
  public var description: String { "\(name) \(value)" }

  var nprobe: Int? { if case .nprobe(let value) = self { value } else { nil } }
  var efSearch: Int? { if case .efSearch(let value) = self { value } else { nil } }
}

extension StoreVersion {
  /// The index that answers an unfiltered search itself; nil where vectors are scanned.
  var answeringIndex: IndexedVectors? {
    guard parts.count == 1, parts[0].live.isFull, let indexed = parts[0].segment.vectors.indexed,
      indexed.answersSearches
    else { return nil }
    return indexed
  }

  /// Whether an unfiltered search is answered by an index that may miss what a scan would find.
  public var isAnsweredByIndex: Bool { answeringIndex != nil }

  /// What the index is set to; nil where an unfiltered search has no such setting.
  public var effort: SearchEffort? {
    guard let index = answeringIndex?.index else { return nil }
    return index.nprobe.map { .nprobe($0) } ?? index.efSearch.map { .efSearch($0) }
  }

  /// The greatest effort that makes a difference: all lists, or all rows.
  public var largestEffort: Int { max(1, answeringIndex?.index.listCount ?? count) }
}
