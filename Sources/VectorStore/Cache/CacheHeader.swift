/// The beginning of a file of ``StoreCache``: what it holds, for which files, and where its sections lie.
struct CacheHeader {
  struct Section {
    /// In the file.
    var range: Range<Int>
    var checksum: UInt64
  }

  /// Grows when files mean something else.
  private static let magic = "fathom cache 1"
  static let alignment = 64

  let title: String
  var sections: [Section]
  /// The length of the file.
  var size: Int { sections.last?.range.upperBound ?? Self.length(title: title, sections: 0) }

  /// The header of a file with sections of these sizes, each after the one before; without their checksums.
  init(title: String, sizes: [Int]) {
    self.title = title
    var place = Self.aligned(Self.length(title: title, sections: sizes.count))
    sections = sizes.map { size in
      defer { place = Self.aligned(place + size) }
      return Section(range: place..<place + size, checksum: 0)
    }
  }

  /// Reads a header; nil when a bit of it is not as it was written, or its sections are not all in the file.
  init?(_ file: UnsafeRawBufferPointer) {
    guard file.count >= 16 else { return nil }
    let length = file.loadUnaligned(as: Int.self)
    guard length > 16, length <= file.count, length < 1 << 20 else { return nil }
    let content = UnsafeRawBufferPointer(rebasing: file[16..<length])
    guard file.loadUnaligned(fromByteOffset: 8, as: UInt64.self) == CacheChecksum.of(content) else {
      return nil
    }
    var decoder = JournalDecoder(Array(content))
    guard (try? decoder.text()) == Self.magic, let title = try? decoder.text(),
      let count = try? decoder.count()
    else { return nil }
    var sections: [Section] = []
    var end = length
    for _ in 0..<count {
      guard let start = try? decoder.integer(), let size = try? decoder.integer(),
        let sum = try? decoder.integer(), start >= end, start % Self.alignment == 0, size >= 0,
        start <= file.count, size <= file.count - start
      else { return nil }
      end = start + size
      sections.append(Section(range: start..<end, checksum: UInt64(bitPattern: Int64(sum))))
    }
    guard decoder.isAtEnd, end == file.count else { return nil }
    self.title = title
    self.sections = sections
  }

  /// The header as it stands in the file: its length, the checksum of what follows, that.
  var bytes: [UInt8] {
    var content = JournalEncoder()
    content.text(Self.magic)
    content.text(title)
    content.integer(sections.count)
    for section in sections {
      content.integer(section.range.lowerBound)
      content.integer(section.range.count)
      content.integer(Int(Int64(bitPattern: section.checksum)))
    }
    var whole = JournalEncoder()
    whole.integer(16 + content.bytes.count)
    let sum = content.bytes.withUnsafeBytes { CacheChecksum.of($0) }
    whole.integer(Int(Int64(bitPattern: sum)))
    return whole.bytes + content.bytes
  }

  private static func length(title: String, sections: Int) -> Int {
    16 + 8 + magic.utf8.count + 8 + title.utf8.count + 8 + sections * 24
  }

  private static func aligned(_ place: Int) -> Int { (place + alignment - 1) / alignment * alignment }
}
