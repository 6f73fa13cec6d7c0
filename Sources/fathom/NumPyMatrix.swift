import Explorer
import Foundation

/// A matrix of Float32 on its way into a `.npy` file.
///
/// Source: NumPy's format, version 1.0.
struct NumPyMatrix {
  private var rows = 0
  private var columns = 0
  private var values = Data()

  /// Adds a row; all have the same length.
  mutating func append(_ row: [Float]) {
    rows += 1
    columns = row.count
    row.withUnsafeBytes { values.append(contentsOf: $0) }
  }

  /// Throws `.cannotWrite`; a file that is there already is replaced whole or not at all.
  func write(to path: String) throws {
    var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(rows), \(columns)), }"
    // Magic, version and length take 10 bytes; the whole is a multiple of 64 and ends with a line break.
    header += String(repeating: " ", count: 63 - (header.utf8.count + 10) % 64) + "\n"
    var file = Data([0x93]) + Data("NUMPY".utf8) + Data([1, 0])
    file +=
      withUnsafeBytes(of: UInt16(header.utf8.count).littleEndian) { Data($0) } + Data(header.utf8) + values
    do { try file.write(to: URL(filePath: path), options: .atomic) } catch {
      throw ExplorerError(.cannotWrite, "cannot write \(path): \(error.localizedDescription)")
    }
  }
}
