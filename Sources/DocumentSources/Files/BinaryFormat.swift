/// Formats that people take for texts, known by name and by first bytes.
enum BinaryFormat {
  private static let groups: [(endings: Set<String>, advice: String)] = [
    (["pdf"], "convert it to text first, for example with pdftotext"),
    (
      ["doc", "docx", "odt", "rtf", "epub", "ppt", "pptx", "odp"],
      "convert it to text or Markdown first, for example with pandoc or libreoffice --convert-to txt"
    ),
    (["xls", "xlsx", "ods"], "save it as CSV first"),
    (["zip", "gz", "tgz", "tar", "bz2", "xz", "zst", "7z", "rar"], "unpack it first"),
    (["parquet", "arrow", "feather", "sqlite", "db"], "export it as JSON Lines or CSV first"),
    (
      ["png", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "heic"],
      "turn the picture into text first, for example with tesseract"
    ),
    (["mp3", "mp4", "wav", "ogg", "flac", "m4a", "mov", "mkv", "avi", "webm"], "transcribe it first"),
    (["faiss", "pkl", "pickle", "npy", "npz"], "give the folder of a store to merge instead"),
  ]

  private static let firstBytes: [(bytes: [UInt8], ending: String)] = [
    (Array("%PDF-".utf8), "pdf"), (Array("PK\u{3}\u{4}".utf8), "zip"), ([0x89, 0x50, 0x4e, 0x47], "png"),
    (Array("GIF8".utf8), "gif"), ([0xff, 0xd8, 0xff], "jpg"), ([0x1f, 0x8b], "gz"),
    ([0xfd, 0x37, 0x7a, 0x58, 0x5a], "xz"), ([0x28, 0xb5, 0x2f, 0xfd], "zst"),
    ([0xd0, 0xcf, 0x11, 0xe0], "doc"), (Array("SQLite format 3".utf8), "sqlite"),
    (Array("PAR1".utf8), "parquet"), (Array("OggS".utf8), "ogg"), (Array("{\\rtf".utf8), "rtf"),
  ]

  /// What to do with a file of this lower-case ending; nil when it is not a known binary one.
  static func advice(ending: String) -> String? {
    groups.first { $0.endings.contains(ending) }?.advice
  }

  /// Why a file that starts with `head` is not UTF-8 text; nil when its first bytes look like nothing known.
  ///
  /// A zip is also what docx, xlsx and epub files are.
  static func refusal(of head: some Collection<UInt8>) -> SourceError? {
    if head.starts(with: [0xff, 0xfe]) || head.starts(with: [0xfe, 0xff]) {
      return SourceError(
        .badEncoding,
        "the file starts as UTF-16 does, UTF-8 is expected; convert it first (iconv -f UTF-16 -t UTF-8)",
        line: 1, byteOffset: 0)
    }
    guard let format = firstBytes.first(where: { head.starts(with: $0.bytes) }) else { return nil }
    let name = format.ending == "zip" ? "zip, docx, xlsx or epub" : format.ending
    let advice = format.ending == "zip" ? "convert it to text first" : advice(ending: format.ending)
    return SourceError(.binary, "the bytes are those of a \(name) file, not text; \(advice ?? "")")
  }
}
