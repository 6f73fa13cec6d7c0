import Foundation

/// What was worked out of a store's files and is kept for the next time, in the user's own cache.
///
/// A piece is a file that only this person can read, with the name of the piece, what the store's files were known by,
/// and a checksum of each section. A piece of other files, of another layout, or with one bit that is not as it was
/// written is removed and made again. All pieces of all stores together stay below a bound: those used longest ago
/// go first.
public struct StoreCache: Sendable {
  /// The folder with the pieces of all stores.
  let folder: String
  /// Where the store is.
  ///
  /// What was kept of other files in that place gives way to what is of those there now.
  let place: String
  /// What the store's files are known by; never the same for files that differ.
  let key: String
  private let bound: Int

  public static let standardBound = 4 << 30

  /// `key` names the files, found at `place`, whose contents the pieces are made of.
  ///
  /// The pieces of all stores take `bound` bytes at most.
  public init(folder: String, place: String, key: String, bound: Int = standardBound) {
    self.folder = folder
    self.place = place
    self.key = key
    self.bound = bound
  }

  /// Sections of bytes, each aligned to 64 and valid while `owner` lives.
  ///
  /// `@unchecked Sendable`: the sections lie in the owner's pages, which nobody can write through these pointers.
  public struct Piece: @unchecked Sendable {
    public let sections: [UnsafeRawBufferPointer]
    public let owner: MappedFile
  }

  // MARK: Reading

  /// The piece that was kept under a name; nil when there is none that is whole and of these files.
  ///
  /// Reads all of it once, for its checksums.
  public func piece(_ name: String) -> Piece? {
    let path = path(of: name)
    guard let file = try? MappedFile(path: path) else { return nil }
    guard let piece = Self.piece(in: file, title: title(of: name)), (try? file.check()) != nil else {
      unlink(path)
      return nil
    }
    // Used now: others go first.
    utimensat(AT_FDCWD, path, nil, 0)
    return piece
  }

  private static func piece(in file: MappedFile, title: String) -> Piece? {
    let bytes = file.memory
    guard let header = CacheHeader(bytes), header.title == title else { return nil }
    let sections = header.sections.map { UnsafeRawBufferPointer(rebasing: bytes[$0.range]) }
    guard zip(sections, header.sections).allSatisfy({ CacheChecksum.of($0) == $1.checksum }) else {
      return nil
    }
    return Piece(sections: sections, owner: file)
  }

  // MARK: Keeping

  /// Keeps sections under a name, in the place of what was kept there before.
  ///
  /// A courtesy: where nothing can be written, the piece is made again the next time.
  public func keep(_ name: String, _ sections: [UnsafeRawBufferPointer]) {
    let header = CacheHeader(title: title(of: name), sections)
    guard (try? Folder.create(folder, permissions: 0o700)) != nil else { return }
    let size = header.sections.last.map(\.range.upperBound) ?? header.bytes.count
    guard makeRoom(for: size) else { return }
    let path = path(of: name)
    let beside = "\(path).\(getpid()).new"
    let descriptor = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return }
    var isWhole = header.bytes.withUnsafeBytes { Self.write($0, at: 0, to: descriptor) }
    for (section, place) in zip(sections, header.sections) where isWhole {
      isWhole = Self.write(section, at: place.range.lowerBound, to: descriptor)
    }
    isWhole = ftruncate(descriptor, off_t(size)) == 0 && isWhole
    close(descriptor)
    guard isWhole, rename(beside, path) == 0 else {
      unlink(beside)
      return
    }
  }

  private static func write(_ bytes: UnsafeRawBufferPointer, at start: Int, to descriptor: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
      let written = pwrite(
        descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done, off_t(start + done))
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { return false }
      done += written
    }
    return true
  }

  /// Removes the pieces used longest ago until so many bytes more are within the bound; false when they never are.
  private func makeRoom(for size: Int) -> Bool {
    guard size <= bound else { return false }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    var files = names.compactMap { name -> (path: String, size: Int, used: timespec)? in
      var status = stat()
      let path = "\(folder)/\(name)"
      guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
      return (path, Int(status.st_size), status.st_mtim)
    }
    var total = files.reduce(size) { $0 + $1.size }
    files.sort { ($0.used.tv_sec, $0.used.tv_nsec) < ($1.used.tv_sec, $1.used.tv_nsec) }
    for file in files where total > bound {
      unlink(file.path)
      total -= file.size
    }
    return true
  }

  private func title(of name: String) -> String { "\(name)\n\(key)" }

  private func path(of name: String) -> String {
    let sum = "\(name)\n\(place)".utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    return "\(folder)/\(String(sum, radix: 16))"
  }
}
