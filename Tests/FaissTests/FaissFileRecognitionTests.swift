import Faiss
import Testing

/// What ``FaissFile/inspect(_:)`` says about some bytes: the code of its refusal, and the whole message.
func refusal(of bytes: [UInt8]) -> FaissError? {
  bytes.withUnsafeBytes { raw in
    do throws(FaissError) {
      _ = try FaissFile.inspect(raw)
      return nil
    } catch {
      return error
    }
  }
}

@Test(arguments: [
  ("version https://git-lfs.github.com/spec/v1\noid sha256:00", "git lfs pull"),
  ("<!DOCTYPE html>", "web page"),
  ("\n  <HTML lang=en>", "web page"),
  ("<?xml version='1.0'?>", "XML"),
  ("{\"dimension\": 384}", "JSON"),
  ("[[0.25, 1.5]]", "JSON"),
  ("PK\u{3}\u{4} and more", "zip"),
  ("SQLite format 3\u{0}\u{10}", "SQLite"),
])
func otherFilesAreRefusedByName(text: String, named: String) throws {
  let error = try #require(refusal(of: Array(text.utf8)))
  #expect(error.code == .notAnIndex)
  #expect(error.message.contains(named))
}

@Test(arguments: [
  ([0x80, 0x04, 0x95, 0, 0], "pickle"),
  ([0x1f, 0x8b, 0x08, 0, 0], "gzip"),
  ([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0], "numpy"),
])
func otherBytesAreRefusedByName(bytes: [UInt8], named: String) throws {
  let error = try #require(refusal(of: bytes))
  #expect(error.code == .notAnIndex)
  #expect(error.message.contains(named))
}

@Test func aFileOfZeroBytesIsNoIndex() throws {
  let error = try #require(refusal(of: [UInt8](repeating: 0, count: 4096)))
  #expect(error.code == .notAnIndex)
  #expect(error.message.contains("zero bytes"))
}

@Test func anEmptyFileIsTruncated() throws {
  let error = try #require(refusal(of: []))
  #expect(error.code == .truncated)
  #expect(error.message.contains("0 bytes"))
}

@Test(arguments: [
  ("IwIQ", "1.8.0"), ("Ixrq", "1.11.0"), ("IxFP", "1.13.2"), ("IHNc", "1.9.0"), ("IxEe", "1.15.0"),
])
func newerTypesNameTheReleaseThatReadsThem(code: String, release: String) throws {
  let error = try #require(refusal(of: Array(code.utf8) + [UInt8](repeating: 0, count: 64)))
  #expect(error.code == .unsupportedType)
  #expect(error.message.contains("faiss \(release)"))
}

@Test(arguments: [("IxRq", "residual quantizer"), ("Imiq", "multi-index"), ("IwSh", "spectral hash")])
func typesThatCannotBeCheckedAreRefusedByName(code: String, named: String) throws {
  let error = try #require(refusal(of: Array(code.utf8) + [UInt8](repeating: 0, count: 64)))
  #expect(error.code == .unsupportedType)
  #expect(error.message.contains(named))
}

@Test(arguments: ["IBxF", "IBwF", "IBHf", "IBHh", "IBHm", "IBMp", "IBM2", "IBFf"])
func binaryIndexesAreRefused(code: String) throws {
  let error = try #require(refusal(of: Array(code.utf8) + [UInt8](repeating: 0, count: 64)))
  #expect(error.code == .notAnIndex)
  #expect(error.message.contains("binary"))
}

@Test func unprintableTypeNamesAreNotRepeated() throws {
  let error = try #require(refusal(of: [0x1b, 0x5b, 0x32, 0x4a, 9, 9]))
  #expect(error.code == .notAnIndex)
  #expect(error.message.contains("\".[2J\""))
}
