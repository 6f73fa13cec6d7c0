import Explorer
import VectorStore

/// The query line: what is searched for and how.
public struct QueryPane: Sendable, Equatable {
  /// While typing, a search starts after this many milliseconds without a key.
  static let delay = 120
  static let historyLimit = 200

  public internal(set) var field = TextField()
  /// Documents whose vectors are the query, after "more like this"; empty when the text is.
  public internal(set) var like: [DocumentID] = []
  public internal(set) var settings = SearchSettings()
  /// Grows with every search; answers to older ones are dropped.
  public internal(set) var generation = 0
  public internal(set) var history: [String] = []
  private var historyPlace: Int?

  /// True while there is something to search for.
  public var isActive: Bool { !like.isEmpty || !trimmed.isEmpty }

  var trimmed: String { field.text.trimmed }

  /// What is asked, for the title of a window.
  var title: String { like.isEmpty ? trimmed : "like " + like.prefix(3).map(\.short).joined(separator: ", ") }

  /// The words that results show underlined.
  var terms: [String] {
    like.isEmpty
      ? trimmed.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init).filter { $0.count > 2 }
      : []
  }

  /// True for a query vector written or pasted as a list of numbers.
  var isVector: Bool { if case .vector = SearchRequest.Query(written: trimmed) { true } else { false } }

  func request(filter: Filter?) -> SearchRequest? {
    guard isActive else { return nil }
    let query: SearchRequest.Query = like.isEmpty ? SearchRequest.Query(written: trimmed) : .like(like)
    var request = SearchRequest(query: query)
    request.k = settings.k
    request.filter = filter
    request.mmr =
      settings.usesMMR ? SearchRequest.MMROptions(lambda: settings.lambda, fetchK: settings.fetchK) : nil
    request.fetchK = settings.asLangChain ? settings.fetchK : nil
    request.langchain = settings.asLangChain
    request.scoreThreshold = settings.threshold
    request.comparedFetchK = settings.fetchK
    request.effort = settings.effort
    request.hasMeasures = true
    return request
  }

  mutating func type(_ text: String) {
    like = []
    historyPlace = nil
    field.insert(text)
  }

  mutating func set(_ text: String) {
    like = []
    field = TextField(text)
  }

  mutating func remember() {
    guard !trimmed.isEmpty else { return }
    let line = trimmed
    history.removeAll { $0 == line }
    history.append(line)
    if history.count > QueryPane.historyLimit { history.removeFirst() }
    historyPlace = nil
  }

  /// True while Up goes back in time instead of up in the results.
  var isBrowsingHistory: Bool { historyPlace != nil || (field.isEmpty && like.isEmpty && !history.isEmpty) }

  /// Brings back an earlier (-1) or later (+1) query; false when there is none.
  mutating func browse(_ step: Int) -> Bool {
    let place = (historyPlace ?? history.count) + step
    guard place >= 0, place <= history.count else { return false }
    set(place < history.count ? history[place] : "")
    historyPlace = place < history.count ? place : nil
    return true
  }
}

/// How a search ranks and fetches.
public struct SearchSettings: Sendable, Equatable {
  static let kRange = 1...1000

  public var k = 10
  public var usesMMR = false
  /// MMR's weight of nearness against variety.
  public var lambda = 0.5
  /// The rows that MMR and LangChain's filter start from.
  public var fetchK = 20
  /// LangChain's filter after fetching, instead of the exact one.
  public var asLangChain = false
  /// The worst score that is shown.
  public var threshold: Float?
  /// How hard an approximate index looks; nil: as it is set.
  public var effort: SearchEffort?
  /// The numbers that results are shown in.
  public var lens = ScoreLens.index

  /// "k 10 · exact · similarity", as the border of the query pane says it.
  func summary(separator: String) -> String {
    var parts = ["k \(k)"]
    parts.append(asLangChain ? "as LangChain, fetch_k \(fetchK)" : "exact")
    parts.append(
      usesMMR ? "MMR lambda \(NumberText.short(lambda))" + (asLangChain ? "" : " of \(fetchK)") : "similarity"
    )
    if let threshold { parts.append("threshold \(NumberText.short(Double(threshold)))") }
    if let effort { parts.append(effort.description) }
    return parts.joined(separator: separator)
  }
}

extension String {
  /// Without the blanks around it.
  var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
