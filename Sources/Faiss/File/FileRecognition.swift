extension FaissFile {
  /// What bytes are that are neither an index nor a pickle, or an index, with what to do about it; nil when unknown.
  ///
  /// For files under wrong names: "a web page (HTML); the download got a page …".
  public static func recognize(_ bytes: UnsafeRawBufferPointer) -> String? {
    FileRecognition.name(of: bytes)
  }
}

/// Knows by their first bytes the files that are often found under the name of an index.
enum FileRecognition {
  static func name(of bytes: UnsafeRawBufferPointer) -> String? {
    let start = [UInt8](bytes.prefix(64))
    if start.count >= 4,
      FaissVersions.isType(FourCC(start[..<4].reversed().reduce(0) { $0 << 8 | UInt32($1) }))
    {
      return "a faiss index; give it a name that ends in .faiss, and restore the documents that belong here"
    }
    return known(start).map { "\($0.name); \($0.advice)" }
  }

  /// Why the file is no index at all; nil when it may be one.
  static func refusal(of bytes: UnsafeRawBufferPointer) -> FaissError? {
    if bytes.isEmpty {
      return FaissError(
        code: .truncated, message: "the file is empty (0 bytes); expected a faiss index, so copy it again")
    }
    let start = [UInt8](bytes.prefix(64))
    guard let (name, advice) = known(start) else {
      return bytes.allSatisfy({ $0 == 0 })
        ? notAnIndex("nothing but zero bytes", "the file was reserved but never written; copy it again") : nil
    }
    return notAnIndex(name, advice)
  }

  private static func notAnIndex(_ name: String, _ advice: String) -> FaissError {
    FaissError(code: .notAnIndex, message: "expected a faiss index, found \(name); \(advice)")
  }

  private static func known(_ start: [UInt8]) -> (name: String, advice: String)? {
    for (prefix, name, advice) in signatures where start.starts(with: prefix) { return (name, advice) }
    if start.count >= 2, start[0] == 0x80, (2...5).contains(start[1]) {
      return ("a python pickle", "it may be the index.pkl under the wrong name")
    }
    return knownText(start)
  }

  private static func knownText(_ start: [UInt8]) -> (name: String, advice: String)? {
    let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]
    let text = (start.starts(with: byteOrderMark) ? start.dropFirst(3) : start[...])
      .drop { $0 == 0x20 || (0x09...0x0d).contains($0) }
    let lower = String(decoding: text, as: UTF8.self).lowercased()
    if lower.hasPrefix("version https://git-lfs") {
      return ("a git-lfs pointer, a few lines that stand for the real file", "fetch it with git lfs pull")
    }
    if lower.hasPrefix("<!doctype html") || lower.hasPrefix("<html") || lower.hasPrefix("<head") {
      return ("a web page (HTML)", "the download got a page instead of the file; download it again")
    }
    if lower.hasPrefix("<?xml") {
      return ("XML", "the download may have got an error message; download it again")
    }
    // No index type begins with these; "[" and "{" may still begin damaged bytes, so the next must fit too.
    let next = text.dropFirst().first { $0 != 0x20 && !(0x09...0x0d).contains($0) }
    let afterBrace: Set<UInt8> = [0x22, 0x7d]
    let afterBracket = afterBrace.union(Array("]{[-tfn0123456789".utf8))
    if text.first == 0x7b, next.map(afterBrace.contains) ?? true {
      return ("JSON", "it may be a configuration under the wrong name")
    }
    if text.first == 0x5b, next.map(afterBracket.contains) ?? true {
      return ("JSON", "vectors in JSON have to be made into an index first")
    }
    return nil
  }

  private static let unpack = "unpack it first"
  private static let signatures: [(prefix: [UInt8], name: String, advice: String)] = [
    ([0x93] + Array("NUMPY".utf8), "a numpy array (.npy)", "make an index of it first: index.add(array)"),
    ([0x1f, 0x8b], "gzip", unpack),
    (Array("PK\u{3}\u{4}".utf8), "a zip archive", unpack),
    (Array("BZh".utf8), "bzip2", unpack),
    ([0xfd] + Array("7zXZ".utf8), "xz", unpack),
    ([0x28, 0xb5, 0x2f, 0xfd], "zstandard", unpack),
    (Array("SQLite format 3\0".utf8), "an SQLite database", "expected a .faiss file of this store"),
    (Array("PAR1".utf8), "a parquet file", "vectors in parquet have to be made into an index first"),
    ([0x89] + Array("HDF".utf8), "an HDF5 file", "vectors in HDF5 have to be made into an index first"),
    (Array("%PDF".utf8), "a PDF document", "give the folder of an index"),
  ]
}
