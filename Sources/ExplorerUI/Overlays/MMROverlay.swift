import Explorer
import Terminal
import VectorStore

/// What MMR makes of the query with one lambda and fetch_k after another: both orders side by side, with reasons.
public struct MMROverlay: Sendable, Equatable {
  public internal(set) var lambda: Double
  public internal(set) var fetchK: Int
  /// What is asked, with these settings put in.
  let request: SearchRequest
  /// Grows with every question; answers to older ones are dropped.
  var generation = 0
  /// Nil until the first answer.
  var explanation: MMRExplanation?
  /// The lambda that `explanation` was made with.
  private(set) var explainedLambda = 0.5
  /// The candidate whose connection is drawn.
  public internal(set) var list = ListPosition()

  static let step = 0.05

  init(_ request: SearchRequest, lambda: Double, fetchK: Int) {
    self.request = request
    self.lambda = lambda
    self.fetchK = fetchK
  }

  /// The question with the settings of now.
  var question: SearchRequest {
    var request = request
    request.mmr = SearchRequest.MMROptions(lambda: lambda, fetchK: fetchK)
    if request.langchain { request.fetchK = fetchK }
    return request
  }

  mutating func change(_ command: Command) {
    switch command {
    case .lessLambda: lambda = max(0, Self.rounded(lambda - Self.step))
    case .moreLambda: lambda = min(1, Self.rounded(lambda + Self.step))
    case .fewerCandidates: fetchK = max(1, fetchK <= 10 ? fetchK - 1 : fetchK - 5)
    case .moreCandidates: fetchK = min(10_000, fetchK < 10 ? fetchK + 1 : fetchK + 5)
    default: break
    }
    generation += 1
  }

  private static func rounded(_ number: Double) -> Double { (number * 100).rounded() / 100 }

  mutating func take(_ new: MMRExplanation, _ generation: Int, height: Int) {
    guard generation == self.generation else { return }
    explanation = new
    explainedLambda = lambda
    list.select(list.selected, count: new.candidates.count, height: height)
  }

  func rect(_ arrangement: Arrangement) -> Rect {
    arrangement.overlay(width: 116, height: arrangement.size.height - 4)
  }

  /// Candidates shown at once: the frame, the settings, the titles and the reason are not among them.
  func height(_ arrangement: Arrangement) -> Int { max(1, rect(arrangement).height - 2 - 2 - 3) }
}

extension AppState {
  /// Opens the playground with the settings of the query.
  mutating func openPlayground() -> [Effect] {
    guard let request = query.request(filter: activeFilter) else { return [] }
    overlays.append(
      .mmr(MMROverlay(request, lambda: query.settings.lambda, fetchK: query.settings.fetchK)))
    return explainMMR()
  }

  mutating func changePlayground(_ command: Command) -> [Effect] {
    guard case .mmr(var overlay) = overlays.last else { return [] }
    overlay.change(command)
    overlays[overlays.count - 1] = .mmr(overlay)
    return explainMMR()
  }

  private func explainMMR() -> [Effect] {
    guard case .mmr(let overlay) = overlays.last else { return [] }
    return [.explainMMR(generation: overlay.generation, overlay.question)]
  }

  mutating func mmrExplained(_ generation: Int, _ explanation: MMRExplanation) {
    guard case .mmr(var overlay) = overlays.last else { return }
    overlay.take(explanation, generation, height: overlay.height(arrangement))
    overlays[overlays.count - 1] = .mmr(overlay)
  }

  /// Takes the settings over into the query.
  mutating func usePlayground(_ overlay: MMROverlay) -> [Effect] {
    overlays.removeLast()
    query.settings.usesMMR = true
    (query.settings.lambda, query.settings.fetchK) = (overlay.lambda, overlay.fetchK)
    say(query.settings.summary(separator: " · "))
    return search(keepingSelection: true)
  }
}
