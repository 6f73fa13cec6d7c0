import Diagnosis
import Explorer
import VectorStore

@testable import ExplorerUI

extension FakeStore {
  /// What a session answers about a store whose vectors are the page, the row and the length of each content.
  func view(_ effect: Effect) -> Action? {
    switch effect {
    case .findRow(let row, let filter, _):
      let rows = rows(filter)
      guard let found = self.rows(nil).first(where: { $0.row == row }) else { return nil }
      return .rowFound(PlacedRow(row: found, place: rows.firstIndex { $0.row == row }))
    case .loadSource(let id):
      var source = SourceText()
      for row in rows(nil) { source.append(row.document, row: row.row, start: nil) }
      return .sourceLoaded(id, source)
    case .loadProfile(let filter):
      let rows = rows(filter)
      let keys = ["lang", "page", "source"].map { key in
        KeyProfile(
          key,
          Dictionary(rows.compactMap { $0.document.metadata[key] }.map { ($0, 1) }, uniquingKeysWith: +))
      }
      return .profileLoaded(MetadataProfile(documents: rows.count, keys: keys))
    case .drawMap(let request): return (try? map(request)).map { .mapDrawn(request, $0) }
    case .collectRegion(let region, let filter):
      guard let projection = try? Projection(version) else { return nil }
      return .collected(
        rows(filter).filter { region.contains(projection.points[$0.row]) }.map { Marks.Mark($0) }, .add)
    default: return nil
    }
  }

  private var version: StoreVersion {
    let all = rows(nil)
    let vectors = all.flatMap { row -> [Float] in
      let page: Float = if case .int(let page)? = row.document.metadata["page"] { Float(page) } else { 0 }
      return [page * 2, Float(row.row), Float(row.document.content.string.count % 9)]
    }
    return StoreVersion(
      dimension: 3, metric: .squaredL2,
      segments: [
        Segment(
          vectors: Vectors(vectors, dimension: 3), documents: all.map(\.document), origin: .file)
      ])
  }

  private func map(_ request: MapRequest) throws -> MapView {
    let version = version
    let projection = try Projection(version)
    let rows = rows(request.filter)
    let groups: MapGroups? =
      switch request.coloring {
      case .key(let key): try MapGroups(of: FieldPath(.string(Text(key))), in: version)
      case .clusters: try MapGroups(clusters: 3, of: version)
      case .plain, .score: nil
      }
    let picture = projection.picture(
      of: request.region, width: request.width, height: request.height, rows: rows.map(\.row), groups: groups)
    var view = MapView(picture: picture, shares: projection.plane.shares, total: rows.count)
    if let groups { view.groups = zip(groups.names, groups.counts).map { .init(name: $0, count: $1) } }
    for (rank, row) in zip(1..., request.hits) {
      view.hits[rank] = picture.cell(of: projection.points[row])
        .map { MapPlace(column: $0.column, line: $0.line) }
    }
    if let pointer = request.pointer {
      let point = picture.point(column: pointer.column, line: pointer.line)
      view.nearest = projection.row(nearest: point, among: rows.map(\.row)).map { near in
        self.rows(nil)[near]
      }
    }
    return view
  }
}
