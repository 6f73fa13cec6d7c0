import Diagnosis
import Explorer
import Terminal
import VectorStore

/// The documents as points in the plane in which their vectors differ most.
public struct MapOverlay: Sendable, Equatable {
  /// Nil shows everything.
  public internal(set) var region: MapRegion?
  public internal(set) var coloring = MapColoring.plain
  /// The cell of the picture that keys act on.
  var pointer: MapPlace?
  /// Where a selection of points was started.
  var corner: MapPlace?
  /// What was asked for last.
  var request: MapRequest?
  public internal(set) var view: MapView?

  private static let legendWidth = 28
  private static let legendFrom = 90

  func rect(_ arrangement: Arrangement) -> Rect {
    arrangement.overlay(width: arrangement.size.width, height: arrangement.size.height)
  }

  private func hasLegend(_ arrangement: Arrangement) -> Bool {
    rect(arrangement).width >= Self.legendFrom && coloring != .plain
  }

  /// The cells that the points are drawn in.
  func canvas(_ arrangement: Arrangement) -> Rect {
    var canvas = rect(arrangement).inset(by: 1)
    canvas.height = max(1, canvas.height - 2)
    if hasLegend(arrangement) { canvas.width -= Self.legendWidth }
    return canvas
  }

  /// What is to be shown now, in the whole state.
  func wanted(_ state: AppState) -> MapRequest {
    let canvas = canvas(state.arrangement)
    var request = MapRequest(width: canvas.width, height: canvas.height)
    request.region = region
    request.coloring = coloring
    request.filter = state.activeFilter
    if state.results.result != nil {
      request.query = state.query.request(filter: nil)
      request.hits = state.results.hits.map(\.row)
    }
    request.pointer = place(in: canvas)
    request.revision = state.summary.revision
    return request
  }

  /// The pointer's cell, in the middle at first and never outside.
  func place(in canvas: Rect) -> MapPlace {
    MapPlace(
      column: max(0, min(pointer?.column ?? canvas.width / 2, canvas.width - 1)),
      line: max(0, min(pointer?.line ?? canvas.height / 2, canvas.height - 1)))
  }

  /// The region between the corner and the pointer; the visible one without a corner.
  func selected(_ arrangement: Arrangement) -> MapRegion? {
    guard let picture = view?.picture else { return nil }
    guard let corner else { return picture.region }
    let place = place(in: canvas(arrangement))
    return picture.region(from: (corner.column, corner.line), to: (place.column, place.line))
  }

  /// Moves the pointer, and what is shown where it would leave.
  mutating func move(_ columns: Int, _ lines: Int, _ arrangement: Arrangement) {
    let canvas = canvas(arrangement)
    var place = place(in: canvas)
    place.column += columns
    place.line += lines
    if let shown = view?.picture.region {
      if !(0..<canvas.width).contains(place.column) { pan(columns < 0 ? -0.25 : 0.25, 0, from: shown) }
      if !(0..<canvas.height).contains(place.line) { pan(0, lines < 0 ? 0.25 : -0.25, from: shown) }
    }
    pointer = place
    pointer = self.place(in: canvas)
  }

  private mutating func pan(_ right: Float, _ up: Float, from shown: MapRegion) {
    region = shown.moved(right, up)
    corner = nil
  }

  /// Shows less or more, around the pointer.
  mutating func zoom(by factor: Float, _ arrangement: Arrangement) {
    guard let picture = view?.picture else { return }
    let place = place(in: canvas(arrangement))
    region = picture.region.scaled(
      by: factor, around: picture.point(column: place.column, line: place.line))
    corner = nil
  }
}
