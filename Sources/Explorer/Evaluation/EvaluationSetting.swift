import VectorStore

/// One way to search that an evaluation tries, as people write it: `k=10 mmr lambda=0.3 fetch_k=50 filter='page > 3'`.
public struct EvaluationSetting: Sendable, Hashable {
  /// What tables call it: the words that it was written with.
  public var name: String
  /// How to search; its query is put in question by question.
  public var request: SearchRequest
  /// Nil: that of the session.
  public var embedder: EmbedderName?

  public static let forms =
    "k=N, filter=F, fetch_k=N, mmr, lambda=X, threshold=X, nprobe=N, efSearch=N, embedder=NAME, langchain"

  /// Reads a setting; no words are k 4, LangChain's own.
  ///
  /// Throws `.usage` that names the word that cannot be read.
  public init(written text: String) throws(ExplorerError) {
    request = SearchRequest(query: .text(""), k: 4)
    name = text.split(separator: " ").joined(separator: " ")
    let line = CommandWords(text)
    if let quote = line.openQuote {
      throw ExplorerError(.usage, "the setting \"\(text)\" has a quote \(quote) that is not closed")
    }
    var (usesMMR, lambda, fetchK) = (false, 0.5, Int?.none)
    for word in line.words {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let value = parts.count == 2 ? parts[1] : nil
      switch (parts[0], value) {
      case ("mmr", nil): usesMMR = true
      case ("langchain", nil): request.langchain = true
      case ("k", let value?): request.k = try Self.count(value, word)
      case ("fetch_k", let value?), ("fetch-k", let value?): fetchK = try Self.count(value, word)
      case ("lambda", let value?): (lambda, usesMMR) = (try Self.number(value, word), true)
      case ("threshold", let value?): request.scoreThreshold = Float(try Self.number(value, word))
      case ("nprobe", let value?): request.effort = .nprobe(try Self.count(value, word))
      case ("efSearch", let value?): request.effort = .efSearch(try Self.count(value, word))
      case ("embedder", let value?): embedder = try EmbedderName(parsing: value)
      case ("filter", let value?): request.filter = try Self.filter(value)
      default: throw Self.unreadable(word, "expected one of \(Self.forms)")
      }
    }
    request.mmr = usesMMR ? SearchRequest.MMROptions(lambda: lambda, fetchK: fetchK ?? 20) : nil
    request.fetchK = fetchK
    if name.isEmpty { name = "k=\(request.k)" }
  }

  /// Several settings with a bar between them; one at least.
  public static func list(written text: String) throws(ExplorerError) -> [EvaluationSetting] {
    var settings: [EvaluationSetting] = []
    for part in text.split(separator: "|", omittingEmptySubsequences: false) {
      settings.append(try EvaluationSetting(written: String(part)))
    }
    return settings
  }

  private static func count(_ text: String, _ word: String) throws(ExplorerError) -> Int {
    guard let number = Int(text), number > 0 else { throw unreadable(word, "a number from 1 on is expected") }
    return number
  }

  private static func number(_ text: String, _ word: String) throws(ExplorerError) -> Double {
    guard let number = Double(text), number.isFinite else { throw unreadable(word, "a number is expected") }
    return number
  }

  private static func filter(_ text: String) throws(ExplorerError) -> Filter {
    do throws(FilterError) { return try Filter(parsing: text) } catch {
      throw ExplorerError(.usage, "the filter of a setting cannot be read\n" + error.caret(in: text))
    }
  }

  private static func unreadable(_ word: String, _ reason: String) -> ExplorerError {
    ExplorerError(.usage, "\"\(word)\" in a setting cannot be read: \(reason)")
  }
}
