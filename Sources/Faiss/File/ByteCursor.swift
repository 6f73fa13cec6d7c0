/// Reads little-endian fields from front to back, and never past the end.
///
/// A size that the file declares is compared with the bytes that are left before anything is done with it, so no
/// product of declared sizes can overflow.
struct ByteCursor {
  let bytes: UnsafeRawBufferPointer
  private(set) var offset = 0

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  var remaining: Int { bytes.count - offset }

  mutating func int8(_ field: String) throws(FaissError) -> Int8 { try load(field) }
  mutating func int32(_ field: String) throws(FaissError) -> Int32 { try load(field) }
  mutating func int64(_ field: String) throws(FaissError) -> Int64 { try load(field) }
  mutating func uint64(_ field: String) throws(FaissError) -> UInt64 { try load(field) }

  /// A float that is neither infinite nor NaN.
  mutating func float(_ field: String) throws(FaissError) -> Float {
    let start = offset
    let value = Float(bitPattern: try load(field))
    guard value.isFinite else {
      throw .malformed("expected \(field) to be finite, found \(value)", at: start)
    }
    return value
  }

  /// One byte that C++ reads as a `bool`; anything but 0 and 1 would be undefined there.
  mutating func flag(_ field: String) throws(FaissError) -> Bool {
    let start = offset
    let value: UInt8 = try load(field)
    guard value < 2 else { throw .malformed("expected \(field) to be 0 or 1, found \(value)", at: start) }
    return value == 1
  }

  /// The four characters that name a type.
  mutating func fourCC(_ field: String) throws(FaissError) -> FourCC {
    FourCC(try load(field) as UInt32)
  }

  /// A 64-bit size within `range`.
  mutating func size(_ field: String, in range: ClosedRange<Int>) throws(FaissError) -> Int {
    let start = offset
    let value = try uint64(field)
    guard let size = Int(exactly: value), range.contains(size) else {
      throw .malformed("expected \(field) to be \(range.described), found \(value)", at: start)
    }
    return size
  }

  /// A 32-bit number within `range`.
  mutating func number(_ field: String, in range: ClosedRange<Int>) throws(FaissError) -> Int {
    let start = offset
    let value = Int(try int32(field))
    guard range.contains(value) else {
      throw .malformed("expected \(field) to be \(range.described), found \(value)", at: start)
    }
    return value
  }

  /// Elements after their 64-bit count, as faiss writes a `std::vector`.
  ///
  /// - Parameters:
  ///   - count: how many there must be; nil when any number that fits will do.
  ///   - grouping: how many values the count takes for one, such as 2 for pairs.
  mutating func vector<Element: BitwiseCopyable>(
    of type: Element.Type, _ field: String, count: Int? = nil, grouping: Int = 1
  ) throws(FaissError) -> FileVector<Element> {
    let start = offset
    let declared = try uint64("the size of \(field)")
    if let count, declared != UInt64(count) {
      throw .malformed("expected \(count) elements of \(field), found \(declared)", at: start)
    }
    let size = MemoryLayout<Element>.size * grouping
    guard declared <= UInt64(remaining / size) else {
      throw .truncated(
        "expected \(declared) elements of \(field) of \(size) bytes each, \(remaining) bytes are left",
        at: start)
    }
    return FileVector(bytes: try run(Int(declared) * size, field))
  }

  /// A number of bytes that no count stands before.
  mutating func run(_ length: Int, _ field: String) throws(FaissError) -> Slice<UnsafeRawBufferPointer> {
    guard length >= 0, length <= remaining else {
      throw .truncated("expected \(length) bytes of \(field), \(remaining) are left", at: offset)
    }
    defer { offset += length }
    return bytes[offset..<offset + length]
  }

  private mutating func load<Value: FixedWidthInteger & BitwiseCopyable>(
    _ field: String
  ) throws(FaissError) -> Value {
    guard remaining >= MemoryLayout<Value>.size else {
      throw .truncated(
        "expected \(MemoryLayout<Value>.size) bytes of \(field), \(remaining) are left", at: offset)
    }
    defer { offset += MemoryLayout<Value>.size }
    return Value(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Value.self))
  }
}

/// Elements inside the file, at any alignment.
struct FileVector<Element: BitwiseCopyable> {
  let bytes: Slice<UnsafeRawBufferPointer>

  var count: Int { bytes.count / MemoryLayout<Element>.size }
  var isEmpty: Bool { bytes.isEmpty }

  /// The byte of the file where an element stands.
  func offset(of index: Int) -> Int { bytes.startIndex + index * MemoryLayout<Element>.size }
}

extension FileVector where Element: FixedWidthInteger {
  subscript(index: Int) -> Element {
    precondition(index >= 0 && index < count)
    return Element(
      littleEndian: bytes.base.loadUnaligned(fromByteOffset: offset(of: index), as: Element.self))
  }
}

extension ClosedRange where Bound == Int {
  fileprivate var described: String {
    upperBound == .max ? "at least \(lowerBound)" : "\(lowerBound) to \(upperBound)"
  }
}

extension FaissError {
  static func truncated(_ what: String, at offset: Int) -> FaissError {
    FaissError(
      code: .truncated, message: "the file is cut off: \(what), at byte \(offset); copy it again")
  }

  static func malformed(_ what: String, at offset: Int) -> FaissError {
    FaissError(
      code: .malformed, message: "the index is damaged: \(what), at byte \(offset); restore it from a copy")
  }

  static func unsupported(_ what: String, at offset: Int) -> FaissError {
    FaissError(code: .unsupportedType, message: "\(what), at byte \(offset)")
  }

  /// - Parameter name: nil for what cannot be raised.
  static func limit(_ what: String, _ name: FaissLimits.Name?, at offset: Int) -> FaissError {
    let known = name.map { ", the limit \($0.rawValue)" } ?? ""
    var error = FaissError(code: .limit, message: "\(what), at byte \(offset)\(known)")
    error.limit = name
    return error
  }
}
