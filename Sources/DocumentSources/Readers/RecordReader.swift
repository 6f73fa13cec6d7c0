import VectorStore

/// Reads the documents of one file, one after another.
protocol RecordReader: AnyObject {
  /// The next document, blank ones included; nil at the end.
  ///
  /// After an error the next call goes on behind the bad record; `isFinished` tells when it cannot.
  func next() throws(SourceError) -> SourceDocument?

  /// Whether nothing can be read any more.
  var isFinished: Bool { get }

  var notes: RecordNotes { get }
}

/// What a reader noticed beside its documents.
struct RecordNotes {
  var replacedSequences = 0
  var ignoredFields: Set<String> = []

  /// The text of `bytes`, which start in `line`; `fileOffset` tells where in the file one of them is.
  ///
  /// - Throws: ``SourceError`` `.badEncoding` with the place of the first broken byte, unless the
  ///   settings have it replaced.
  mutating func text(
    of bytes: [UInt8], file: String, line: Int, settings: SourceSettings,
    fileOffset: (Int) -> Int
  ) throws(SourceError) -> String {
    let checked = UTF8Repair(bytes)
    guard let broken = checked.firstBroken else { return checked.string }
    guard settings.replacesInvalidUTF8 else {
      let brokenLine = line + bytes[..<broken].count { $0 == 0x0a }
      let place = fileOffset(broken)
      let byte = "0x" + String(bytes[broken], radix: 16)
      throw SourceError(
        .badEncoding,
        "UTF-8 is expected, byte \(place) of the file is \(byte); convert the file "
          + "(for example iconv -f WINDOWS-1252 -t UTF-8), or have broken bytes replaced",
        file: file, line: brokenLine, byteOffset: place)
    }
    replacedSequences += checked.brokenCount
    return checked.string
  }
}
