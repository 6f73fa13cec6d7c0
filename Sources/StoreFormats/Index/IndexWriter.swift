import Faiss
import VectorStore

/// Writes the vectors of a version as an index file.
///
/// Flat stores stream their live rows. Another type keeps its type: faiss removes the rows that
/// went and adds those that came. Which types can do that is ``FaissIndex/supports(_:)``'s to say.
struct IndexWriter {
  let version: StoreVersion
  private let edited: FaissIndex?

  /// Prepares the edited index of a store that is not flat.
  ///
  /// Throws `.unsupported` naming the type and the operation when faiss cannot edit it.
  init(_ version: StoreVersion) throws(StoreFormatError) {
    self.version = version
    do { edited = try version.editedIndex() } catch { throw StoreFormatError(.unsupported, error.message) }
  }

  /// The label of each row, as `index_to_docstore_id` must number it.
  var labels: [Int] { edited?.labels ?? Array(0..<version.count) }

  /// faiss's class of the index written.
  var className: String {
    edited?.className ?? (version.metric == .innerProduct ? "IndexFlatIP" : "IndexFlatL2")
  }

  /// The index file in memory, as `serialize_to_bytes` embeds it.
  func bytes() throws(StoreFormatError) -> [UInt8] {
    guard edited == nil else { return try editedBytes() }
    var sink = FileSink.inMemory()
    try write(to: &sink)
    return sink.takeBytes()
  }

  private func editedBytes() throws(StoreFormatError) -> [UInt8] {
    do { return try edited?.serialized() ?? [] } catch {
      throw StoreFormatError(.cannotWrite, "faiss could not write the index: \(error.message)")
    }
  }

  /// Appends the bytes of the index file to `sink`.
  func write(to sink: inout FileSink) throws(StoreFormatError) {
    guard edited == nil else { return try sink.append(editedBytes()) }
    try sink.append(FlatHeader(version).bytes)
    try Self.writeRows(of: version, to: &sink)
  }

  /// Appends the vectors of all rows, `[count, dimension]`.
  static func writeRows(of version: StoreVersion, to sink: inout FileSink) throws(StoreFormatError) {
    var written = 0
    for part in version.parts where part.live.count > 0 {
      var failure: StoreFormatError?
      do {
        try part.segment.vectors.withRows { rows in
          failure = Self.copyRuns(of: part, rows, rowSize: version.dimension * 4, &written, to: &sink)
        }
      } catch {
        throw StoreFormatError(.cannotWrite, error.message)
      }
      if let failure { throw failure }
    }
  }

  /// Neighbouring live rows leave in one piece.
  private static func copyRuns(
    of part: StoreVersion.Part, _ rows: UnsafeRawPointer, rowSize: Int, _ written: inout Int,
    to sink: inout FileSink
  ) -> StoreFormatError? {
    var run = 0..<0
    do throws(StoreFormatError) {
      for position in part.live.members {
        try sink.passed(rows: written)
        written += 1
        // A piece at a time, so that a long run can be stopped.
        if position == run.upperBound, !run.isEmpty, run.count < FileSink.rowsBetweenSteps {
          run = run.lowerBound..<position + 1
        } else {
          try sink.append(
            UnsafeRawBufferPointer(start: rows + run.lowerBound * rowSize, count: run.count * rowSize))
          run = position..<position + 1
        }
      }
      try sink.append(
        UnsafeRawBufferPointer(start: rows + run.lowerBound * rowSize, count: run.count * rowSize))
      return nil
    } catch {
      return error
    }
  }
}

/// The 45 bytes before the floats of a flat index file (`write_index_header` of faiss, then the count).
private struct FlatHeader {
  static let size = 45
  var bytes: [UInt8] = []

  init(_ version: StoreVersion) {
    bytes += Array((version.metric == .innerProduct ? "IxFI" : "IxF2").utf8)
    append(Int32(version.dimension))
    append(Int64(version.count))
    append(Int64(1 << 20))
    append(Int64(1 << 20))
    bytes.append(1)
    append(version.metric.faissType)
    append(UInt64(version.count * version.dimension))
  }

  private mutating func append(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }
}
