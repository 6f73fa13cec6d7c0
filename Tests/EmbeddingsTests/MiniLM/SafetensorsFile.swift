import Foundation

/// A safetensors file of the tests, sound unless told otherwise.
struct SafetensorsFile {
  struct Tensor {
    var shape: [Int]
    var numbers: [Float]
  }

  var tensors: [String: Tensor] = [:]

  /// The header's JSON and the numbers behind it, tensors by name.
  func parts() -> (header: String, numbers: Data) {
    var entries = [#""__metadata__":{"format":"pt"}"#]
    var numbers = Data()
    for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
      let start = numbers.count
      tensor.numbers.withUnsafeBytes { numbers.append(contentsOf: $0) }
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      entries.append(
        #""\#(name)":{"dtype":"F32","shape":[\#(shape)],"data_offsets":[\#(start),\#(numbers.count)]}"#)
    }
    return ("{\(entries.joined(separator: ","))}", numbers)
  }

  /// A whole file of any header, with the header's true length unless another is given.
  static func bytes(header: String, numbers: Data, length: UInt64? = nil) -> Data {
    var data = Data()
    withUnsafeBytes(of: (length ?? UInt64(header.utf8.count)).littleEndian) { data.append(contentsOf: $0) }
    return data + Data(header.utf8) + numbers
  }

  var bytes: Data {
    let (header, numbers) = parts()
    return Self.bytes(header: header, numbers: numbers)
  }
}

/// A file with these bytes for as long as `body` runs.
func withFile<Result>(_ bytes: Data, _ body: (URL) throws -> Result) throws -> Result {
  let url = FileManager.default.temporaryDirectory.appending(path: "fathom-\(UUID().uuidString)")
  try bytes.write(to: url)
  defer { try? FileManager.default.removeItem(at: url) }
  return try body(url)
}
