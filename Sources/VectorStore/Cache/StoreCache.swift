import CFiles
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
    // Used now: others go first. The time of the last change is how whoever has it mapped knows that it is the same.
    cfiles_note_use(path)
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
    guard let file = CacheFile(of: self, name, sizes: sections.map(\.count)) else { return }
    if sections.allSatisfy(file.append) { _ = file.finish() }
  }

  /// Removes the pieces used longest ago until so many bytes more are within the bound; false when they never are,
  /// or there can be no folder.
  func makeRoom(for size: Int) -> Bool {
    guard size <= bound, (try? Folder.create(folder, permissions: 0o700)) != nil else { return false }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    var files = names.compactMap { name -> (path: String, size: Int, used: timespec)? in
      var status = stat()
      let path = "\(folder)/\(name)"
      guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
      return (path, Int(status.st_size), status.st_atim)
    }
    var total = files.reduce(size) { $0 + $1.size }
    files.sort { ($0.used.tv_sec, $0.used.tv_nsec) < ($1.used.tv_sec, $1.used.tv_nsec) }
    for file in files where total > bound {
      unlink(file.path)
      total -= file.size
    }
    return true
  }

  func title(of name: String) -> String { "\(name)\n\(key)" }

  func path(of name: String) -> String {
    let sum = "\(name)\n\(place)".utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    return "\(folder)/\(String(sum, radix: 16))"
  }
}
