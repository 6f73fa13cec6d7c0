import Foundation
import Testing
import VectorStore

@testable import Diagnosis

/// Points of a seeded generator around centres, `[count, dimension]`.
func cloud(_ count: Int, _ dimension: Int, centres: [[Float]] = [], seed: UInt64 = 7) -> [Float] {
  var state = seed
  func next() -> Float {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Float(state >> 40) / Float(1 << 24) - 0.5
  }
  return (0..<count).flatMap { row in
    (0..<dimension).map { column in
      (centres.isEmpty ? 0 : centres[row % centres.count][column]) + next() * 0.1
    }
  }
}

func store(_ vectors: [Float], _ dimension: Int, _ document: (Int) -> Document) -> StoreVersion {
  let count = vectors.count / dimension
  return StoreVersion(
    dimension: dimension, metric: .squaredL2,
    segments: [
      Segment(
        vectors: Vectors(vectors, dimension: dimension), documents: (0..<count).map(document), origin: .file)
    ])
}

func plain(_ row: Int) -> Document { Document(id: DocumentID("id\(row)"), content: Text("text \(row)"), metadata: [:]) }

@Suite struct ProjectionTests {
  /// Rows on a line along (3, 4, 0), with a little along (0, 0, 1): the axes are known without a library.
  @Test func theAxesAreThoseOfLargestVariance() throws {
    let rows: [[Float]] = (-10...10).map { [Float($0) * 3 + 1, Float($0) * 4 + 2, $0 % 2 == 0 ? 0.5 : -0.5] }
    let projection = try Projection(store(rows.flatMap { $0 }, 3, plain))
    let axes = projection.plane.axes.map { abs($0) }
    #expect(abs(axes[0] - 0.6) < 1e-3)
    #expect(abs(axes[1] - 0.8) < 1e-3)
    #expect(abs(axes[5] - 1) < 1e-3)
    #expect(projection.plane.shares[0] > 0.99)
    #expect(abs(projection.plane.shares[0] + projection.plane.shares[1] - 1) < 1e-6)
    for (point, next) in zip(projection.points, projection.points.dropFirst()) {
      let step: Float = abs(next.x - point.x)
      #expect(abs(step - 5) < 1e-2)
    }
  }

  /// What numpy's singular value decomposition says; `scripts/make-projection-fixture.py` made it.
  @Test func theProjectionIsNumPysUpToSigns() throws {
    struct Fixture: Decodable {
      let dimension: Int
      let vectors: [Float]
      let shares: [Double]
      let points: [[Double]]
    }
    let file = URL(filePath: #filePath).appending(path: "../../../Fixtures/projection.json").standardizedFileURL
    let fixture = try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file))
    let projection = try Projection(store(fixture.vectors, fixture.dimension, plain))
    for axis in 0..<2 {
      #expect(abs(projection.plane.shares[axis] - fixture.shares[axis]) < 1e-6)
      let found = projection.points.map { Double(axis == 0 ? $0.x : $0.y) }
      let expected = fixture.points.map { $0[axis] }
      let sign: Double = (found[0] < 0) == (expected[0] < 0) ? 1 : -1
      #expect(zip(found, expected).allSatisfy { abs($0 - sign * $1) < 1e-3 })
    }
  }

  @Test func aRowThatIsNotFiniteHasNoPlaceAndMovesNoOther() throws {
    let clean = cloud(50, 4)
    var damaged = clean
    damaged += [.nan, 0, 0, 0, 0, .infinity, 0, 0]
    let expected = try Projection(store(clean, 4, plain))
    let found = try Projection(store(damaged, 4, plain))
    #expect(found.points.prefix(50) == expected.points[...])
    #expect(found.points.suffix(2).allSatisfy { $0.x.isNaN && $0.y.isNaN })
  }

  @Test(arguments: [0, 1, 2]) func fewRowsHaveAPlaceToo(count: Int) throws {
    let points = try Projection(store(cloud(count, 3), 3, plain)).points
    #expect(points.count == count)
    #expect(points.allSatisfy { $0.x.isFinite })
  }

  @Test func oneDimensionIsALine() throws {
    let projection = try Projection(store([1, 2, 4], 1, plain))
    #expect(projection.plane.count == 1)
    #expect(projection.points.allSatisfy { $0.y == 0 })
  }

  @Test func aPictureShowsEveryRowOnceAndFindsItAgain() throws {
    let projection = try Projection(store(cloud(300, 8), 8, plain))
    let picture = projection.picture(of: nil, width: 40, height: 12, rows: Array(0..<300))
    #expect(picture.shown == 300)
    #expect(picture.cells.reduce(0) { $0 + Int($1.rows) } == 300)
    for row in 0..<300 {
      let cell = try #require(picture.cell(of: projection.points[row]))
      #expect(picture[cell.column, cell.line].dots != 0)
      let region = picture.region(from: cell, to: cell)
      #expect(region.contains(projection.points[row]))
    }
  }

  @Test func theNearestRowIsTheOneThatLiesThere() throws {
    let projection = try Projection(store(cloud(100, 5), 5, plain))
    #expect(projection.row(nearest: projection.points[42], among: Array(0..<100)) == 42)
    #expect(projection.row(nearest: projection.points[42], among: []) == nil)
  }

  @Test func aRegionScaledAroundAPointKeepsItInPlace() {
    let region = MapRegion(x: 0...10, y: 0...10).scaled(by: 0.5, around: .init(x: 2, y: 8))
    #expect(region == MapRegion(x: 1...6, y: 4...9))
    #expect(region.scaled(by: 2, around: .init(x: 2, y: 8)) == MapRegion(x: 0...10, y: 0...10))
  }
}
