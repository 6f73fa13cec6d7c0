import Foundation
import VectorStore

/// What a path that a person gave means: which files make up the store.
public enum StoreLocation: Sendable, Hashable {
  /// A LangChain folder: `NAME.faiss` with `NAME.pkl` beside it.
  case folder(path: String, name: String)
  /// One file with index, docstore and map, as `serialize_to_bytes` makes it.
  case serialized(path: String)
  /// A pickle that holds LangChain's store itself, of 2022 or 2023, and the file that its vectors are in; nil when
  /// there is none beside it.
  case object(pickle: String, index: String?)
  /// An index file alone: vectors without documents.
  case index(path: String)
  /// A matrix of vectors in NumPy's format, without documents.
  case matrix(path: String)
  /// JSON Lines with vectors, as ``StoreWriter`` makes them.
  case lines(path: String)
  /// A folder of LangChain.js: `faiss.index` with `docstore.json`.
  case javaScript(path: String)
  /// A store inside a SQLite file.
  case database(path: String, name: String)

  /// How a database's store is written: `sqlite:FILE#NAME`.
  static let databasePrefix = "sqlite:"

  /// Recognises a folder of LangChain or LangChain.js, an index file with or without its `.pkl`, a `.pkl`,
  /// serialized bytes, `.jsonl`, `.npy`, and `sqlite:FILE#NAME`.
  ///
  /// Throws ``StoreFormatError`` `.notFound` with what was looked for. A save that exchanges the folder meanwhile
  /// (``FolderExchange``) hides nothing.
  public init(path: String) throws(StoreFormatError) {
    if path.hasPrefix(Self.databasePrefix) {
      self = try Self.database(path)
      return
    }
    let places = [path, path.parentFolder]
    var before = Fingerprint(files: places)
    for _ in 0..<Self.attempts {
      let found = Result { () throws(StoreFormatError) in try Self(recognizing: path) }
      let after = Fingerprint(files: places)
      // The names of a folder that has just been exchanged go one after another.
      guard after != before else {
        self = try found.get()
        return
      }
      before = after
    }
    self = try Self(recognizing: path)
  }

  private static let attempts = 100

  private init(recognizing path: String) throws(StoreFormatError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw StoreFormatError(.notFound, "\(path): no such file or folder")
    }
    if let object = WholeObject.location(of: path, isFolder: isFolder.boolValue) {
      self = object
      return
    }
    if isFolder.boolValue {
      if try Self.isJavaScript(path) {
        self = .javaScript(path: path)
        return
      }
      self = .folder(path: path, name: try Self.name(in: path))
      return
    }
    let file = path as NSString
    let folder = path.parentFolder
    let name = (file.lastPathComponent as NSString).deletingPathExtension
    let isThere = { (type: String) in
      FileManager.default.fileExists(atPath: (folder as NSString).appendingPathComponent("\(name).\(type)"))
    }
    switch file.pathExtension {
    case "faiss" where isThere("pkl"), "pkl" where isThere("faiss"):
      self = .folder(path: folder, name: name)
    case "pkl": self = .serialized(path: path)
    case "faiss": self = .index(path: path)
    case "npy": self = .matrix(path: path)
    case "jsonl": self = .lines(path: path)
    default:
      self = Self.startsLikePickle(try Self.start(of: path)) ? .serialized(path: path) : .index(path: path)
    }
  }

  /// The name of the pair in a folder: "index", or the only `.faiss` file's.
  private static func name(in folder: String) throws(StoreFormatError) -> String {
    var files = Set(try names(of: folder))
    // A save that was cut off may have brought only one file to its place; reading finishes it.
    for name in FileReplacement.names(of: files) { files.formUnion(["\(name).faiss", "\(name).pkl"]) }
    if files.contains("index.faiss") {
      guard files.contains("index.pkl") else {
        throw StoreFormatError(
          .notFound,
          "\(folder)/index.pkl: not found; to open the vectors alone give \(folder)/index.faiss")
      }
      return "index"
    }
    let names = files.filter { $0.hasSuffix(".faiss") }.map { String($0.dropLast(6)) }.sorted()
    let pairs = names.filter { files.contains("\($0).pkl") }
    switch pairs.count {
    case 1: return pairs[0]
    case 0:
      let has = files.contains("index.pkl") ? "only index.pkl" : "neither"
      throw StoreFormatError(
        .notFound,
        "\(folder)/index.faiss: not found; a LangChain folder holds index.faiss and index.pkl, this one has \(has)"
      )
    default:
      throw StoreFormatError(
        .notFound,
        "\(folder) holds \(pairs.count) stores; name one: "
          + pairs.prefix(5).map { "\(folder)/\($0).faiss" }.joined(separator: ", "))
    }
  }

  /// What is in a folder.
  private static func names(of folder: String) throws(StoreFormatError) -> [String] {
    do throws(VectorStoreError) { return try Folder.names(in: folder) } catch {
      throw StoreFormatError(.notFound, error.message)
    }
  }

  private static func isJavaScript(_ folder: String) throws(StoreFormatError) -> Bool {
    let names = try names(of: folder)
    return !names.contains("index.faiss") && FileReplacement.names(of: Set(names)).contains("faiss")
      || names.contains("faiss.index") && names.contains("docstore.json")
  }

  /// `sqlite:FILE#NAME`; without a name the only store in the file.
  private static func database(_ path: String) throws(StoreFormatError) -> StoreLocation {
    let rest = path.dropFirst(databasePrefix.count)
    let parts = rest.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let file = parts[0]
    guard FileManager.default.fileExists(atPath: file) else {
      throw StoreFormatError(.notFound, "\(file): no such file")
    }
    if parts.count == 2, !parts[1].isEmpty { return .database(path: file, name: parts[1]) }
    let names = try StoreDatabase.names(in: file)
    guard names.count == 1 else {
      let found =
        names.isEmpty
        ? "it holds none" : names.map { "\(databasePrefix)\(file)#\($0)" }.joined(separator: ", ")
      throw StoreFormatError(.notFound, "\(path): name one of its stores: \(found)")
    }
    return .database(path: file, name: names[0])
  }

  /// The first bytes of a file, enough to tell what it is.
  private static func start(of path: String) throws(StoreFormatError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    var bytes = [UInt8](repeating: 0, count: 200)
    let count = descriptor < 0 ? -1 : Glibc.read(descriptor, &bytes, bytes.count)
    let reason = String(cString: strerror(errno))
    if descriptor >= 0 { close(descriptor) }
    guard count >= 0 else { throw StoreFormatError(.notFound, "cannot read \(path): \(reason)") }
    return Array(bytes.prefix(count))
  }

  private static func startsLikePickle(_ start: [UInt8]) -> Bool {
    start.count >= 2 && start[0] == 0x80 && start[1] <= 5
  }

  /// The path that names this store to people: the folder, or the file.
  public var path: String {
    switch self {
    case .folder(let path, "index"): path
    case .folder(let path, let name): (path as NSString).appendingPathComponent("\(name).faiss")
    case .object(let pickle, _): pickle
    case .serialized(let path), .index(let path), .matrix(let path), .lines(let path), .javaScript(let path):
      path
    case .database(let path, let name): "\(Self.databasePrefix)\(path)#\(name)"
    }
  }

  /// The folder that the files are in.
  public var folder: String {
    switch self {
    case .folder(let path, _), .javaScript(let path): path
    case .object(let pickle, _): pickle.parentFolder
    case .serialized(let path), .index(let path), .matrix(let path), .lines(let path),
      .database(let path, _):
      path.parentFolder
    }
  }

  /// The files of the store, index first.
  public var files: [String] {
    switch self {
    case .folder(let path, let name):
      ["faiss", "pkl"].map { (path as NSString).appendingPathComponent("\(name).\($0)") }
    case .object(let pickle, let index): [index, pickle].compactMap { $0 }
    case .javaScript(let path):
      ["faiss.index", "docstore.json"].map { (path as NSString).appendingPathComponent($0) }
    case .serialized(let path), .index(let path), .matrix(let path), .lines(let path),
      .database(let path, _):
      [path]
    }
  }

  /// Whether there is a store already, or one that a save was about to make.
  public var exists: Bool {
    if case .database(let path, let name) = self {
      return StoreDatabase.revision(path: path, name: name) != nil
    }
    return files.contains { access($0, F_OK) == 0 } || FileReplacement(self).hasRecord
  }

  /// The file of the store that is a pickle; nil where none is.
  public var pickle: String? {
    switch self {
    case .folder: files[1]
    case .object(let pickle, _), .serialized(let pickle): pickle
    case .index, .matrix, .lines, .javaScript, .database: nil
    }
  }

  /// Whether a save can replace the files: of an object of LangChain it would lose what only LangChain can read.
  public var canBeReplaced: Bool {
    if case .object = self { false } else { true }
  }

  /// The format's name in `info`.
  public var formatName: String {
    switch self {
    case .folder: "langchain"
    case .serialized: "serialized"
    case .object: "langchain object"
    case .index: "faiss"
    case .matrix: "npy"
    case .lines: "jsonl"
    case .javaScript: "langchain.js"
    case .database: "sqlite"
    }
  }
}
