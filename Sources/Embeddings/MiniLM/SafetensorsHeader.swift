extension Safetensors {
  /// The JSON of the header: a tensor for each name but `__metadata__`, whose value is something else.
  struct Header: Decodable {
    var entries: [String: Entry] = [:]

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Name.self)
      for name in container.allKeys where name.stringValue != "__metadata__" {
        entries[name.stringValue] = try container.decode(Entry.self, forKey: name)
      }
    }

    struct Entry: Decodable {
      var dtype: String
      var shape: [Int]
      var data_offsets: [Int]

      /// The tensor, when what the header says of it agrees with itself and with the file.
      ///
      /// - Parameters:
      ///   - start: The place in the file that offsets count from.
      ///   - end: The file's size.
      /// - Throws: ``Problem``.
      func tensor(start: Int, end: Int) throws -> Tensor {
        guard data_offsets.count == 2, data_offsets[0] >= 0, data_offsets[0] <= data_offsets[1],
          data_offsets[1] <= end - start
        else {
          throw Problem(text: "is said to be at \(data_offsets) of \(end - start) bytes of numbers")
        }
        if let width = Self.widths[dtype] {
          var size = width
          for extent in shape {
            let (product, overflows) = size.multipliedReportingOverflow(by: extent)
            guard extent >= 0, !overflows else { throw Problem(text: "has the shape \(shape)") }
            size = product
          }
          let found = data_offsets[1] - data_offsets[0]
          guard found == size else {
            throw Problem(text: "of \(dtype) \(shape) needs \(size) bytes, but has \(found)")
          }
        }
        return Tensor(
          type: dtype, shape: shape, bytes: start + data_offsets[0]..<start + data_offsets[1])
      }

      /// Bytes per number; other types are listed, but never read.
      private static let widths = [
        "BOOL": 1, "U8": 1, "I8": 1, "F16": 2, "BF16": 2, "U16": 2, "I16": 2, "F32": 4, "U32": 4, "I32": 4,
        "F64": 8, "U64": 8, "I64": 8,
      ]
    }

    /// What is wrong with an entry, to be read after its name.
    struct Problem: Error {
      var text: String
    }

    private struct Name: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }
  }
}
