import Diagnosis
import VectorStore

extension Session {
  /// The projection of a version, with the groups of the colouring asked for last.
  struct CachedMap: Sendable {
    var revision: Int
    var projection: Projection
    var groups: (coloring: MapColoring, query: SearchRequest.Query?, groups: MapGroups)?
  }

  /// A picture of the store's vectors in the plane in which they differ most.
  ///
  /// The first picture of a version costs what ``Projection/init(_:watch:)`` does, a new colouring one or two passes over
  /// the rows, and every other O(rows) of two numbers.
  public func map(
    _ request: MapRequest, progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) async throws -> MapView {
    do {
      let snapshot = await store.snapshot
      let version = snapshot.version
      let projection = try projection(of: snapshot, progress)
      var notices: [String] = []
      var query: [Float]?
      if let asked = request.query { query = try? await queryVector(of: asked, in: version, &notices) }
      var request = request
      var notice: String?
      if request.coloring == .score, query == nil {
        request.coloring = .plain
        notice = "nothing is asked yet, so there is no score to colour by"
      }
      let groups = try groups(request, query, snapshot, progress)
      let rows = try await rows(filter: request.filter, order: .standard, snapshot)
      let picture = projection.picture(
        of: request.region, width: request.width, height: request.height, rows: rows, groups: groups)
      var view = MapView(picture: picture, shares: projection.plane.shares, total: rows.count)
      view.notice = notice
      if let groups {
        view.groups = zip(groups.names, groups.counts).map { MapView.Group(name: $0, count: $1) }
      }
      view.query = query.flatMap { picture.place(of: projection.point(of: $0)) }
      for (rank, row) in zip(1..., request.hits) where projection.points.indices.contains(row) {
        view.hits[rank] = picture.place(of: projection.points[row])
      }
      if let pointer = request.pointer,
        let row = projection.row(
          nearest: picture.point(column: pointer.column, line: pointer.line), among: rows)
      {
        view.nearest = Row(row: row, document: version.document(atRow: row))
      }
      return view
    } catch let error as CancellationError {
      throw error
    } catch {
      throw ExplorerError(error)
    }
  }

  /// The rows of a region of the map that a filter lets through, in row order.
  public func rows(in region: MapRegion, filter: Filter?) async throws -> [Row] {
    do {
      let snapshot = await store.snapshot
      let projection = try projection(of: snapshot) { _ in }
      return try await rows(filter: filter, order: .standard, snapshot)
        .filter { region.contains(projection.points[$0]) }
        .map { Row(row: $0, document: snapshot.version.document(atRow: $0)) }
    } catch let error as CancellationError {
      throw error
    } catch {
      throw ExplorerError(error)
    }
  }

  private func projection(
    of snapshot: VectorStore.Snapshot, _ progress: @escaping @Sendable (Progress) -> Void
  ) throws -> Projection {
    if let cached = maps.withLock({ $0 }), cached.revision == snapshot.revision { return cached.projection }
    let projection = try Projection(snapshot.version) { done, total in
      progress(Progress(completed: done, total: total, note: "laying out the map"))
    }
    maps.withLock { $0 = CachedMap(revision: snapshot.revision, projection: projection) }
    return projection
  }

  private func groups(
    _ request: MapRequest, _ query: [Float]?, _ snapshot: VectorStore.Snapshot,
    _ progress: @escaping @Sendable (Progress) -> Void
  ) throws -> MapGroups? {
    let asked = request.coloring == .score ? request.query?.query : nil
    if let cached = maps.withLock({ $0?.groups }), cached.coloring == request.coloring, cached.query == asked {
      return cached.groups
    }
    let version = snapshot.version
    let groups: MapGroups
    switch request.coloring {
    case .plain: return nil
    case .key(let key): groups = try MapGroups(of: FieldPath(.string(Text(key))), in: version)
    case .score: groups = try MapGroups(nearnessTo: query ?? [], in: version)
    case .clusters:
      groups = try MapGroups(clusters: MapGroups.most, of: version) { done, total in
        progress(Progress(completed: done, total: total, note: "clustering"))
      }
    }
    maps.withLock { if $0?.revision == snapshot.revision { $0?.groups = (request.coloring, asked, groups) } }
    return groups
  }
}

extension MapPicture {
  fileprivate func place(of point: Projection.Point) -> MapPlace? {
    cell(of: point).map { MapPlace(column: $0.column, line: $0.line) }
  }
}
