import VectorStore

/// A matrix of Float32 in NumPy's file format, `[rows, columns]`, row-major.
///
/// Source: numpy.lib.format, versions 1 to 3; written as 1.0.
public enum NumPyFile {
  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// The bytes before the numbers; their count is a multiple of 64.
  public static func header(rows: Int, columns: Int) -> [UInt8] {
    var text = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(rows), \(columns)), }"
    // Magic, version and length take 10 bytes; the whole ends with a line break.
    text += String(repeating: " ", count: 63 - (text.utf8.count + 10) % 64) + "\n"
    let size = UInt16(text.utf8.count)
    return magic + [1, 0, UInt8(size & 255), UInt8(size >> 8)] + Array(text.utf8)
  }

  /// The vectors of a file, left where they are.
  ///
  /// Throws ``StoreFormatError`` `.badData` for what is no matrix of little-endian Float32 in row order.
  static func vectors(_ file: MappedFile, name: String) throws(StoreFormatError) -> Vectors {
    let start = file.withBytes { [UInt8]($0.prefix(12)) }
    guard start.count == 12, start.starts(with: magic), (1...3).contains(start[6]) else {
      throw StoreFormatError(.badData, "\(name): expected a NumPy file (\\x93NUMPY)")
    }
    let isLong = start[6] > 1
    let size =
      isLong
      ? (0..<4).reduce(0) { $0 | Int(start[8 + $1]) << (8 * $1) } : Int(start[8]) | Int(start[9]) << 8
    let offset = (isLong ? 12 : 10) + size
    guard offset <= file.count else {
      throw StoreFormatError(.badData, "\(name): the header is longer than the file")
    }
    let text = file.withBytes { String(decoding: $0[(isLong ? 12 : 10)..<offset], as: UTF8.self) }
    guard text.contains("'<f4'"), text.contains("'fortran_order': False"), let shape = shape(text),
      shape.count == 2, shape[1] > 0
    else {
      throw StoreFormatError(
        .badData,
        "\(name): expected a matrix of little-endian Float32 in row order, found \(text.prefix(120)); "
          + "numpy.save(path, array.astype('<f4')) writes one")
    }
    let (cells, overflow) = shape[0].multipliedReportingOverflow(by: shape[1])
    let (bytes, overflow2) = cells.multipliedReportingOverflow(by: 4)
    guard !overflow, !overflow2, offset + bytes == file.count else {
      throw StoreFormatError(
        .badData, "\(name): \(shape[0]) × \(shape[1]) numbers do not fill its \(file.count - offset) bytes")
    }
    return Vectors(mapped: file, offset: offset, count: shape[0], dimension: shape[1])
  }

  private static func shape(_ header: String) -> [Int]? {
    guard let key = header.range(of: "'shape':"),
      let open = header[key.upperBound...].firstIndex(of: "("),
      let close = header[open...].firstIndex(of: ")")
    else { return nil }
    let parts = header[header.index(after: open)..<close].split(separator: ",")
    let numbers = parts.compactMap { part in Int(part.filter { $0 != " " }) }
    return numbers.count == parts.count && numbers.allSatisfy { $0 >= 0 } ? numbers : nil
  }
}
