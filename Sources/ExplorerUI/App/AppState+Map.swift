import Diagnosis
import Explorer
import Terminal

extension AppState {
  /// The map, when it is the innermost window; setting it puts it back.
  private var map: MapOverlay? {
    get { if case .map(let map) = overlays.last { map } else { nil } }
    set { if let newValue, map != nil { overlays[overlays.count - 1] = .map(newValue) } }
  }

  /// Commands of the map's own.
  mutating func perform(_ command: Command, on map: MapOverlay) -> [Effect] {
    var map = map
    switch command {
    case .mapLeft: map.move(-1, 0, arrangement)
    case .mapRight: map.move(1, 0, arrangement)
    case .mapZoomIn: map.zoom(by: 0.5, arrangement)
    case .mapZoomOut: map.zoom(by: 2, arrangement)
    case .mapWhole:
      map.region = nil
      map.corner = nil
    case .mapSelect:
      map.corner = map.corner == nil ? map.place(in: map.canvas(arrangement)) : nil
    case .mapMark:
      guard let region = map.selected(arrangement) else { return [] }
      map.corner = nil
      self.map = map
      return [.collectRegion(region, filter: activeFilter)]
    case .mapColor:
      overlays.append(.choose(.coloring(metadataKeys, current: map.coloring)))
      return loadKeysOnce()
    case .mapOpen:
      guard let nearest = map.view?.nearest else { return [] }
      overlays.removeLast()
      return [.findRow(nearest.row, filter: activeFilter, order: documents.order)]
    default: break
    }
    self.map = map
    return []
  }

  /// Moves the pointer of the map.
  func moved(_ map: MapOverlay, _ command: Command) -> MapOverlay {
    var map = map
    let height = map.canvas(arrangement).height
    switch command {
    case .down: map.move(0, 1, arrangement)
    case .up: map.move(0, -1, arrangement)
    case .pageDown, .halfDown: map.move(0, height / 2, arrangement)
    case .pageUp, .halfUp: map.move(0, -height / 2, arrangement)
    case .top: map.move(0, -map.place(in: map.canvas(arrangement)).line, arrangement)
    case .bottom: map.move(0, height - 1 - map.place(in: map.canvas(arrangement)).line, arrangement)
    default: break
    }
    return map
  }

  /// A click puts the pointer there; a second one on the same cell, or a double click, opens the document.
  mutating func press(_ mouse: Mouse, on map: MapOverlay) -> [Effect] {
    var map = map
    let canvas = map.canvas(arrangement)
    map.pointer = MapPlace(column: mouse.point.x - canvas.x, line: mouse.point.y - canvas.y)
    map.corner = nil
    self.map = map
    return mouse.action == .doubleClick ? perform(.mapOpen, on: map) : []
  }

  /// Dragging selects the points between where it began and where it is.
  mutating func drag(to point: Point, on map: MapOverlay) {
    var map = map
    let canvas = map.canvas(arrangement)
    if map.corner == nil { map.corner = map.place(in: canvas) }
    map.pointer = MapPlace(column: point.x - canvas.x, line: point.y - canvas.y)
    map.pointer = map.place(in: canvas)
    self.map = map
  }

  /// The wheel shows less or more, around where the mouse is.
  mutating func wheel(_ mouse: Mouse, on map: MapOverlay) {
    var map = map
    let canvas = map.canvas(arrangement)
    map.pointer = MapPlace(column: mouse.point.x - canvas.x, line: mouse.point.y - canvas.y)
    map.zoom(by: mouse.action == .wheelUp ? 0.8 : 1.25, arrangement)
    self.map = map
  }

  /// Asks for the picture that the map should show now, if it is another one than asked for last.
  mutating func followMap() -> [Effect] {
    guard var map else { return [] }
    let wanted = map.wanted(self)
    guard wanted != map.request else { return [] }
    map.request = wanted
    self.map = map
    return [.drawMap(wanted)]
  }

  /// Shows a picture, unless another one was asked for since.
  mutating func mapDrawn(_ request: MapRequest, _ view: MapView) {
    guard var map, map.request == request else { return }
    map.view = view
    self.map = map
  }

  mutating func color(by coloring: MapColoring) {
    map?.coloring = coloring
  }
}
