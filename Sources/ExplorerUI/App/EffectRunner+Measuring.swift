import Explorer
import VectorStore

extension EffectRunner {
  /// Effects that say how well the store answers, and why.
  static func measure(
    _ effect: Effect, _ session: Session, send: @escaping @Sendable (Action) -> Void
  ) async throws {
    switch effect {
    case .locate(let generation, let request, let ids):
      send(.located(generation: generation, try await session.whereabouts(of: ids, for: request)))
    case .explainMMR(let generation, let request):
      send(.mmrExplained(generation: generation, try await session.explainMMR(request)))
    case .evaluate(let file, let settings):
      let questions = try QuestionFile(path: UserFolders.expanded(file)).questions
      send(
        .evaluated(
          try await session.evaluate(questions, settings) { send(.progress(.evaluation, $0)) }))
    case .tune(var request, let file):
      request.questions = try file.map {
        try QuestionFile(path: UserFolders.expanded($0), needsExpectations: false).questions
      }
      send(.tuned(try await session.tune(request) { send(.progress(.evaluation, $0)) }))
    case .compareStores(let path, let file):
      let questions = try file.map {
        try QuestionFile(path: UserFolders.expanded($0), needsExpectations: false).questions
      }
      let comparison = try await session.compare(
        with: UserFolders.expanded(path), questions: questions ?? []
      ) { send(.progress(.comparison, $0)) }
      send(.compared(comparison))
    default: break
    }
  }
}
