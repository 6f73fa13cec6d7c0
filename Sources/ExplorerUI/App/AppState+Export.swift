import Explorer
import VectorStore

extension AppState {
  /// The word behind the file's name that asks for vectors too, as on the command line.
  private static let vectorsFlag = "--vectors"

  /// `:export FILE`: the marked documents; else the results, when they are the list that is looked at; else the
  /// documents under the filter, as they are sorted.
  mutating func export(_ argument: String?) -> [Effect] {
    guard let text = required(argument, for: .export) else { return [] }
    let hasVectors = text.hasSuffix(" " + Self.vectorsFlag)
    let path = hasVectors ? String(text.dropLast(Self.vectorsFlag.count)).trimmed : text
    do throws(ExplorerError) {
      let format = try ExportFormat(path: path)
      return [.export(exportRequest(format, hasVectors: hasVectors), path: path)]
    } catch {
      say(error.message, .error)
      return []
    }
  }

  private func exportRequest(_ format: ExportFormat, hasVectors: Bool) -> ExportRequest {
    if !marks.isEmpty {
      return ExportRequest(.ids(marks.all.map(\.id)), as: format, hasVectors: hasVectors)
    }
    if activeList == .results, !results.hits.isEmpty {
      return ExportRequest(
        .results(results.hits), as: format, hasVectors: hasVectors,
        search: query.request(filter: activeFilter))
    }
    return ExportRequest(
      .documents(filter: activeFilter, order: documents.order), as: format, hasVectors: hasVectors)
  }
}
