import Foundation

/// The tensors of a safetensors file: a length, a JSON header, then the numbers, little-endian.
///
/// Format: https://github.com/huggingface/safetensors. The header is checked as a whole before anything
/// is read: every tensor lies in the file, takes the bytes that its type and shape say, and overlaps
/// no other.
package struct Safetensors: Sendable {
  /// Where a tensor is and what it holds.
  package struct Tensor: Sendable, Equatable {
    var type: String
    var shape: [Int]
    /// Its bytes, counted from the beginning of the file.
    package var bytes: Range<Int>
  }

  /// Bytes that a header may have; MiniLM's has 11,408.
  static let largestHeader = 4 << 20

  package let tensors: [String: Tensor]
  private let file: ReadableFile

  /// Reads and checks the header.
  ///
  /// - Throws: ``EmbeddingError``: `unavailable` when the file cannot be read, else `modelDamaged`.
  package init(contentsOf url: URL) throws {
    let file = try ReadableFile(url)
    func damaged(_ message: String) -> EmbeddingError {
      EmbeddingError(code: .modelDamaged, message: "\(url.path) is not a sound safetensors file: \(message)")
    }

    guard file.size >= 8 else { throw damaged("expected at least 8 bytes, found \(file.size)") }
    var length: UInt64 = 0
    try withUnsafeMutableBytes(of: &length) { try file.read(at: 0, into: $0) }
    length = UInt64(littleEndian: length)
    guard length <= UInt64(file.size - 8) else {
      throw damaged("its header has \(length) bytes, but only \(file.size - 8) follow")
    }
    guard length <= UInt64(Self.largestHeader) else {
      throw damaged("its header has \(length) bytes, more than the \(Self.largestHeader) that are read")
    }
    var header = Data(count: Int(length))
    try header.withUnsafeMutableBytes { try file.read(at: 8, into: $0) }
    let entries: [String: Header.Entry]
    do {
      entries = try JSONDecoder().decode(Header.self, from: header).entries
    } catch {
      throw damaged("its header is not the json that was expected")
    }

    let start = 8 + Int(length)
    var tensors: [String: Tensor] = [:]
    for (name, entry) in entries {
      do {
        tensors[name] = try entry.tensor(start: start, end: file.size)
      } catch let problem as Header.Problem {
        throw damaged("tensor \(name) \(problem.text)")
      }
    }
    let ordered = tensors.sorted { $0.value.bytes.lowerBound < $1.value.bytes.lowerBound }
      .filter { !$0.value.bytes.isEmpty }
    for (one, next) in zip(ordered, ordered.dropFirst())
    where one.value.bytes.upperBound > next.value.bytes.lowerBound {
      throw damaged("tensors \(one.key) and \(next.key) overlap")
    }
    self.tensors = tensors
    self.file = file
  }

  /// Reads the Float32 numbers of a tensor, row-major, into a buffer of just that many.
  ///
  /// - Throws: ``EmbeddingError`` with the code `modelDamaged` when there is no such tensor of that
  ///   type and shape.
  /// - Precondition: the buffer has as many numbers as the shape says.
  func read(_ name: String, shape: [Int], into buffer: UnsafeMutableBufferPointer<Float>) throws {
    precondition(buffer.count == shape.reduce(1, *), "a buffer of another size than the tensor")
    guard let tensor = tensors[name] else {
      throw EmbeddingError(code: .modelDamaged, message: "\(file.url.path) has no tensor \(name)")
    }
    guard tensor.type == "F32", tensor.shape == shape else {
      throw EmbeddingError(
        code: .modelDamaged,
        message: "expected tensor \(name) of \(file.url.path) to be F32 \(shape), "
          + "found \(tensor.type) \(tensor.shape)")
    }
    try file.read(at: tensor.bytes.lowerBound, into: UnsafeMutableRawBufferPointer(buffer))
  }
}
