import Testing

@testable import Faiss

/// Writes index files by hand, field by field, in faiss's layout.
private struct Draft {
  var bytes: [UInt8] = []

  init() {}

  init(_ code: String, dimension: Int32 = 2, count: Int64 = 3, isTrained: UInt8 = 1, metric: Int32 = 1) {
    text(code)
    add(dimension)
    add(count)
    add(Int64(1 << 20))
    add(Int64(1 << 20))
    add(isTrained)
    add(metric)
  }

  mutating func text(_ code: String) { bytes += Array(code.utf8) }

  mutating func add<Value: FixedWidthInteger>(_ value: Value) {
    withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
  }

  mutating func add(_ value: Float) { add(value.bitPattern) }

  mutating func vector<Value: FixedWidthInteger>(_ values: [Value]) {
    add(UInt64(values.count))
    for value in values { add(value) }
  }

  static func flat(count: Int64 = 3, dimension: Int32 = 2, metric: Int32 = 1) -> Draft {
    var draft = Draft(metric == 0 ? "IxFI" : "IxF2", dimension: dimension, count: count, metric: metric)
    draft.vector([UInt32](repeating: Float(1).bitPattern, count: Int(count) * Int(dimension)))
    return draft
  }

  /// Two lists; `labels` are those of the first, the second is empty.
  static func inverted(
    labels: [Int64] = [0, 1, 2], map: [UInt8]? = nil, lists: String = "ilar", probes: UInt64 = 1
  )
    -> Draft
  {
    var draft = Draft("IwFl")
    draft.add(UInt64(2))
    draft.add(probes)
    draft.bytes += flat(count: 2).bytes
    if let map {
      draft.bytes += map
    } else {
      draft.add(UInt8(0))
      draft.vector([Int64]())
    }
    draft.text(lists)
    draft.add(UInt64(2))
    draft.add(UInt64(8))
    draft.text("full")
    draft.vector([UInt64(labels.count), 0])
    for _ in 0..<labels.count * 2 { draft.add(Float(1)) }
    for label in labels { draft.add(label) }
    return draft
  }

  /// A graph of three vectors on two levels, of which the first vector alone is on the upper one.
  static func layered(
    levels: [Int32] = [2, 1, 1], offsets: [UInt64] = [0, 3, 5, 7],
    neighbors: [Int32] = [1, 2, -1, 0, 2, 0, 1],
    entry: Int32 = 0, top: Int32 = 1, candidates: Int32 = 16, storage: Draft = .flat()
  ) -> Draft {
    var draft = Draft("IHNf")
    draft.vector([UInt64(0), 0])
    draft.vector([Int32(0), 2, 3])
    draft.vector(levels)
    draft.vector(offsets)
    draft.vector(neighbors)
    for value in [entry, top, min(40, candidates), candidates, 1] { draft.add(value) }
    draft.bytes += storage.bytes
    return draft
  }
}

private func fault(in draft: Draft) -> FaissError? { refusal(of: draft.bytes) }

@Test func draftsOfSoundIndexesAreAccepted() {
  #expect(fault(in: .flat()) == nil)
  #expect(fault(in: .flat(count: 0)) == nil)
  #expect(fault(in: .inverted()) == nil)
  #expect(fault(in: .layered()) == nil)
}

@Test func aHeaderOutOfBoundsIsMalformed() {
  #expect(fault(in: .flat(count: 0, dimension: 0))?.code == .malformed)
  #expect(fault(in: Draft("IxF2", count: -1))?.message.contains("found -1") == true)
  #expect(fault(in: Draft("IxF2", dimension: -1))?.code == .malformed)
  #expect(fault(in: Draft("IxF2", isTrained: 2))?.message.contains("is_trained") == true)
  #expect(fault(in: Draft("IxF2", metric: 0))?.code == .unsupportedType)
  #expect(fault(in: Draft("IxFl", metric: 99))?.code == .malformed)
}

@Test(arguments: [
  (FaissLimits.Name.dimension, Draft.flat(dimension: 9)), (.probes, .inverted(probes: 9)),
  (.candidates, .layered(candidates: 9)),
])
private func numbersBeyondALimitNameItAndCanBeRaised(name: FaissLimits.Name, draft: Draft) throws {
  var limits = FaissLimits()
  limits[name] = 8
  let error = draft.bytes.withUnsafeBytes { bytes in
    #expect(throws: FaissError.self) { try FaissFile.inspect(bytes, limits: limits) }
  }
  #expect(error?.code == .limit)
  #expect(error?.limit == name)
  #expect(error?.message.contains("at most 8, found 9") == true)
  limits[name] = 9
  try draft.bytes.withUnsafeBytes { _ = try FaissFile.inspect($0, limits: limits) }
}

@Test func newerMetricsNameTheirRelease() throws {
  let error = try #require(fault(in: Draft("IxFl", metric: 23)))
  #expect(error.code == .unsupportedType)
  #expect(error.message.contains("jaccard") && error.message.contains("1.8.0"))
}

@Test func anUntrainedIndexIsRefused() {
  #expect(fault(in: Draft("IxSQ", count: 0, isTrained: 0))?.message.contains("never trained") == true)
}

@Test func fewerFloatsThanTheHeaderSaysAreMalformed() {
  var draft = Draft("IxF2")
  draft.vector([UInt32](repeating: 0, count: 5))
  #expect(fault(in: draft)?.message.contains("expected 6 elements") == true)
}

/// Those of 1.9, bf16 and signed bytes, are read by our own code where they stand alone.
@Test(arguments: [(12, "1.14.2"), (16, "1.14.3"), (20, "1.15.0")])
func newerScalarQuantizersNameTheirRelease(type: Int32, release: String) throws {
  var bytes = try IndexFixtures.bytes("sq_sq8")
  bytes.put(type, at: 37)
  let error = try #require(refusal(of: bytes))
  #expect(error.code == .unsupportedType)
  #expect(error.message.contains("faiss \(release)"))
}

@Test func unknownScalarQuantizersAreMalformed() throws {
  var bytes = try IndexFixtures.bytes("sq_sq8")
  bytes.put(Int32(200), at: 37)
  #expect(refusal(of: bytes)?.code == .malformed)
}

@Test(arguments: [(0, 8), (3, 8), (4, 0), (4, 17), (4, 63), (1 << 40, 8)])
func impossibleProductQuantizersAreMalformed(parts: UInt64, bits: UInt64) throws {
  var bytes = try IndexFixtures.bytes("pq4x8_ip")
  bytes.put(parts, at: 45)
  bytes.put(bits, at: 53)
  #expect(refusal(of: bytes)?.code == .malformed)
}

@Test func graphsMustHoldTogether() {
  #expect(fault(in: .layered(entry: 3))?.message.contains("entry point") == true)
  #expect(fault(in: .layered(entry: 1))?.message.contains("on the level 1") == true)
  #expect(fault(in: .layered(top: 2))?.message.contains("on the level 2") == true)
  #expect(fault(in: .layered(levels: [3, 1, 1]))?.message.contains("levels") == true)
  #expect(fault(in: .layered(levels: [0, 1, 1]))?.message.contains("levels") == true)
  #expect(fault(in: .layered(offsets: [0, 2, 5, 7]))?.message.contains("offset") == true)
  #expect(fault(in: .layered(neighbors: [1, 3, -1, 0, 2, 0, 1]))?.message.contains("found 3") == true)
  #expect(fault(in: .layered(neighbors: [1, -2, -1, 0, 2, 0, 1]))?.message.contains("found -2") == true)
  #expect(fault(in: .layered(neighbors: [1, 2, -1, 0, 2, 0]))?.message.contains("7 neighbours") == true)
}

@Test func anEdgeMustLeadToAVectorOnItsLevel() {
  #expect(fault(in: .layered(neighbors: [1, 2, 1, 0, 2, 0, 1]))?.message.contains("below it") == true)
}

@Test func aGraphsVectorsMustFitIt() {
  #expect(fault(in: .layered(storage: .flat(count: 2)))?.message.contains("found 2") == true)
  #expect(fault(in: .layered(storage: .flat(dimension: 3)))?.message.contains("found 3") == true)
  #expect(fault(in: .layered(storage: .flat(metric: 0)))?.message.contains("metric") == true)
  #expect(fault(in: .layered(storage: .inverted()))?.message.contains("IVF flat") == true)
}

@Test func listsMustHoldEveryVector() {
  #expect(fault(in: .inverted(labels: [0, 1]))?.message.contains("found 2") == true)
}

@Test func listsElsewhereAreRefusedWithTheReason() throws {
  let error = try #require(fault(in: .inverted(lists: "ilod")))
  #expect(error.code == .unsupportedType)
  #expect(error.message.contains("another file"))
}

@Test func listsOfAnotherKindAreMalformed() {
  #expect(fault(in: .inverted(lists: "ilbl"))?.code == .malformed)
}

@Test(arguments: [(Int64(0), true), (2, true), (3, false), (1 << 32, false), (-2, false)])
func aDirectMapMustLeadIntoALists(place: Int64, isSound: Bool) {
  var map = Draft()
  map.add(UInt8(1))
  map.vector([place, -1, -1])
  #expect((fault(in: .inverted(map: map.bytes)) == nil) == isSound)
}

@Test func labelsOfTheFilesChoosingAreNoted() throws {
  #expect(try !inspect(Draft.inverted().bytes).hasOwnLabels)
  #expect(try inspect(Draft.inverted(labels: [5, 6, 7]).bytes).hasOwnLabels)
}

@Test func anIdMapNeedsPositionsInsideIt() {
  var draft = Draft("IxMp")
  draft.bytes += Draft.inverted(labels: [5, 6, 7]).bytes
  draft.vector([Int64(1), 2, 3])
  #expect(fault(in: draft)?.message.contains("labels of its own") == true)
}

@Test func anIdMapNamesEveryVector() {
  var draft = Draft("IxMp")
  draft.bytes += Draft.flat().bytes
  draft.vector([Int64(1), 2])
  #expect(fault(in: draft)?.message.contains("the id map") == true)
}

@Test func nestingHasAnEnd() {
  var draft = Draft()
  for _ in 0..<100_000 {
    draft.bytes += Draft("IxPT").bytes
    draft.add(Int32(0))
  }
  #expect(fault(in: draft)?.code == .limit)
}

@Test func aSearchThatNeverEndsIsRefused() {
  var draft = Draft("INSf")
  draft.add(Int32(8))
  draft.add(Int8(0))
  for value in [Int32(1), 1, 1, 1, 3, 2, 1, 1, 4, 0] { draft.add(value) }
  draft.add(UInt8(1))
  for edges in [[Int32(1), -1], [2, -1], [0, -1]] { edges.forEach { draft.add($0) } }
  draft.bytes += Draft.flat().bytes
  #expect(fault(in: draft)?.message.contains("without end") == true)
}
