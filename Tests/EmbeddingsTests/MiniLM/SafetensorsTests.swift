import Foundation
import Testing

@testable import Embeddings

private func read(
  _ bytes: Data, _ name: String = "a", shape: [Int] = [2]
) throws -> [Float] {
  try withFile(bytes) { url in
    let file = try Safetensors(contentsOf: url)
    return try [Float](unsafeUninitializedCapacity: shape.reduce(1, *)) { buffer, count in
      try file.read(name, shape: shape, into: buffer)
      count = buffer.count
    }
  }
}

/// What reading a file with this header and eight bytes of numbers throws.
private func problem(header: String, length: UInt64? = nil) throws -> EmbeddingError? {
  let bytes = SafetensorsFile.bytes(header: header, numbers: Data(count: 8), length: length)
  do {
    _ = try read(bytes)
    return nil
  } catch let error as EmbeddingError {
    return error
  }
}

@Test func safetensorsGivesTheNumbersOfATensor() throws {
  let file = SafetensorsFile(tensors: [
    "a": .init(shape: [2], numbers: [1, 2]), "b": .init(shape: [1, 3], numbers: [3, 4, 5]),
  ])
  #expect(try read(file.bytes) == [1, 2])
  #expect(try read(file.bytes, "b", shape: [1, 3]) == [3, 4, 5])
}

@Test func safetensorsReadsTheHeaderThatTheOthersBreak() throws {
  #expect(try problem(header: #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#) == nil)
}

@Test(arguments: [
  ("no json", "json"),
  (#"{"a":{"dtype":"F32","shape":[2]}}"#, "json"),
  (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}"#, "tensor a is said to be at [0] of 8 bytes"),
  (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#, "tensor a is said to be at [8, 0]"),
  (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}"#, "tensor a is said to be at [-8, 0]"),
  (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#, "tensor a is said to be at [4, 12]"),
  (#"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#, "needs 12 bytes, but has 8"),
  (#"{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,8]}}"#, "needs 4 bytes, but has 8"),
  (#"{"a":{"dtype":"F32","shape":[-2,-1],"data_offsets":[0,8]}}"#, "shape [-2, -1]"),
  (
    #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}"#,
    "shape [4611686018427387904, 4]"
  ),
  (
    #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
    "tensors a and b overlap"
  ),
  (#"{"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}"#, "found F32 [1, 2]"),
  (#"{"a":{"dtype":"I32","shape":[2],"data_offsets":[0,8]}}"#, "found I32 [2]"),
  (#"{"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, "has no tensor a"),
])
func safetensorsSaysWhatIsWrongWithAHeader(header: String, words: String) throws {
  let error = try #require(try problem(header: header))
  #expect(error.code == .modelDamaged)
  #expect(error.message.contains(words), "\(error.message)")
}

@Test(arguments: [UInt64(1000), 1 << 40, .max])
func safetensorsRefusesAHeaderLongerThanTheFile(length: UInt64) throws {
  let error = try #require(try problem(header: "{}", length: length))
  #expect(error.message.contains("its header has \(length) bytes, but only 10 follow"))
}

@Test func safetensorsRefusesAHeaderTooLongToBeOne() throws {
  let bytes = SafetensorsFile.bytes(
    header: String(repeating: " ", count: Safetensors.largestHeader + 1), numbers: Data())
  let error = #expect(throws: EmbeddingError.self) { try read(bytes) }
  #expect(error?.message.contains("more than the 4194304 that are read") == true)
}

@Test func safetensorsRefusesEveryFileThatWasCutShort() throws {
  let whole = SafetensorsFile(tensors: ["a": .init(shape: [2], numbers: [1, 2])]).bytes
  for count in 0..<whole.count {
    let error = #expect(throws: EmbeddingError.self) { try read(whole.prefix(count)) }
    #expect(error?.code == .modelDamaged)
  }
}

@Test func safetensorsNamesAFileThatIsNotThere() {
  let error = #expect(throws: EmbeddingError.self) {
    try Safetensors(contentsOf: URL(filePath: "/nowhere/model.safetensors"))
  }
  #expect(error?.code == .unavailable)
  #expect(error?.message == "cannot read /nowhere/model.safetensors: no such file or directory")
}
