import Foundation
import VectorStore

/// Writes a version of a store to disk, so that the files there are always whole.
public struct StoreWriter {
  public let location: StoreLocation
  private let leftovers: DocstoreLeftovers

  /// What was written and what of before was kept.
  public struct Report: Sendable, Hashable {
    public var bytes: Int
    public var backups: [String]
    public var fingerprint: Fingerprint
  }

  public init(_ location: StoreLocation, leftovers: DocstoreLeftovers = DocstoreLeftovers()) {
    self.location = location
    self.leftovers = leftovers
  }

  /// Where "save as" to `path` goes: a folder, or with an ending `.faiss` the pair of that name.
  public static func destination(for path: String) -> StoreLocation {
    let file = path as NSString
    guard file.pathExtension == "faiss" else { return .folder(path: path, name: "index") }
    let folder = file.deletingLastPathComponent
    return .folder(
      path: folder.isEmpty ? "." : folder, name: (file.lastPathComponent as NSString).deletingPathExtension)
  }

  /// Replaces the store's files by `version`'s.
  ///
  /// The new files are written beside the old, synced, read back and compared with `version`, and only then
  /// take the old ones' names, all together (``FileReplacement``). With `expecting`, files that are no longer
  /// those refuse the save. `willCommit` learns, before the first file is replaced, what the files will be
  /// known by. The caller holds the ``FolderLock``. Throws ``StoreFormatError`` `.changedOnDisk`, `.cannotWrite`, `.unsupported`; the
  /// store on disk is then as it was.
  public func write(
    _ version: StoreVersion, expecting: Fingerprint? = nil,
    willCommit: (Fingerprint) throws(StoreFormatError) -> Void = { _ in }
  ) throws(StoreFormatError) -> Report {
    let replacement = try replacement()
    let isNewFolder = access(replacement.folder, F_OK) != 0
    try createFolder(replacement.folder)
    try check(expecting)
    let bytes: Int
    do {
      bytes = try writeNewFiles(version, replacement)
      try verify(version, replacement)
      try check(expecting)
      try willCommit(Fingerprint(files: replacement.files.map(replacement.newPath)))
    } catch {
      replacement.abandon()
      if isNewFolder { rmdir(replacement.folder) }
      throw error
    }
    let backups = try replacement.commit()
    return Report(bytes: bytes, backups: backups, fingerprint: Fingerprint(of: location))
  }

  private func replacement() throws(StoreFormatError) -> FileReplacement {
    switch location {
    case .folder(let path, let name):
      return FileReplacement(folder: path, name: name, files: ["\(name).faiss", "\(name).pkl"])
    case .serialized(let path), .index(let path):
      let file = (path as NSString).lastPathComponent
      return FileReplacement(folder: location.folder, name: file, files: [file])
    }
  }

  private func createFolder(_ path: String) throws(StoreFormatError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw StoreFormatError(.cannotWrite, "cannot create the folder \(path): \(error.localizedDescription)")
    }
  }

  private func check(_ expected: Fingerprint?) throws(StoreFormatError) {
    guard let expected, expected != Fingerprint(of: location) else { return }
    throw StoreFormatError(
      .changedOnDisk,
      "\(location.path) changed on disk since it was opened; nothing was written. "
        + "save elsewhere, or open it again to see what it holds now")
  }

  private func writeNewFiles(_ version: StoreVersion, _ replacement: FileReplacement) throws(StoreFormatError)
    -> Int
  {
    let index = try IndexWriter(version)
    var total = 0
    for (number, file) in replacement.files.enumerated() {
      var sink = try FileSink(
        path: replacement.newPath(file), permissions: replacement.permissions(of: file))
      try writeFile(number, version, index, to: &sink)
      try sink.finish()
      total += sink.bytesWritten
    }
    return total
  }

  /// The sizes that the files of ``location`` would have, in order; nil where the index cannot be written.
  public func sizes(of version: StoreVersion) -> [Int?] {
    location.files.indices.map { number in
      var sink = FileSink.counting()
      do {
        try writeFile(number, version, IndexWriter(version), to: &sink)
        return sink.bytesWritten
      } catch {
        return nil
      }
    }
  }

  private func writeFile(
    _ number: Int, _ version: StoreVersion, _ index: IndexWriter, to sink: inout FileSink
  ) throws(StoreFormatError) {
    let pickle = LangChainWriter(version: version, labels: index.labels, leftovers: leftovers)
    switch (location, number) {
    case (.index, _), (.folder, 0): try index.write(to: &sink)
    case (.folder, _): try pickle.write(to: &sink)
    case (.serialized, _): try pickle.write(to: &sink, index: index)
    }
  }

  /// Reads the new files back as any reader would and compares every document, and the shape of the index.
  private func verify(_ version: StoreVersion, _ replacement: FileReplacement) throws(StoreFormatError) {
    let paths = replacement.files.map(replacement.newPath)
    let written = try StoreReader(location).read(files: paths)
    var isSame = written.version.count == version.count && written.version.dimension == version.dimension
    if isSame {
      if case .index = location { return }
      version.forEachDocument { row, document in
        if isSame, written.version.document(atRow: row) != document { isSame = false }
      }
    }
    guard isSame else {
      throw StoreFormatError(
        .cannotWrite, "what was written does not read back as it should; the store on disk was left as it is")
    }
  }
}
