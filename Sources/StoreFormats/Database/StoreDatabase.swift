import Foundation
import GRDB
import VectorStore

/// Stores inside a SQLite file, each under its name: the bytes of LangChain's two files, in chunks.
///
/// A blob of SQLite ends at 2 GB; chunks of 16 MB have no such end, and are written and read one at a time. Every
/// save is one transaction. The store of before is kept under its name with ".bak".
struct StoreDatabase {
  let path: String
  let name: String

  private static let chunkSize = 16 << 20

  /// The parts of a store, as they are named in the database.
  static let parts = ["index.faiss", "index.pkl"]

  /// The revision of the store; nil when there is none.
  static func revision(path: String, name: String) -> String? {
    guard FileManager.default.fileExists(atPath: path), let queue = try? open(path) else {
      return nil
    }
    return try? queue.read { database in
      try String.fetchOne(
        database, sql: "SELECT revision FROM fathom_store WHERE name = ?", arguments: [name])
    }
  }

  /// The names of the stores in a file.
  static func names(in path: String) throws(StoreFormatError) -> [String] {
    try attempt(path) {
      try open(path).read { database in
        guard try database.tableExists("fathom_store") else { return [] }
        return try String.fetchAll(database, sql: "SELECT name FROM fathom_store ORDER BY name")
      }
    }
  }

  /// Copies the store's parts into files, in the order of ``parts``.
  ///
  /// Throws `.notFound` when the file has no store of this name, naming those that it has.
  func extract(to files: [String]) throws(StoreFormatError) {
    let names = try Self.names(in: path)
    guard names.contains(name) else {
      let found = names.isEmpty ? "none" : names.prefix(10).joined(separator: ", ")
      throw StoreFormatError(.notFound, "\(path): no store is named \"\(name)\"; found \(found)")
    }
    try Self.attempt(path) {
      try Self.open(path).read { database in
        for (part, file) in zip(Self.parts, files) {
          var sink = try FileSink(path: file, permissions: 0o600)
          let chunks = try Row.fetchCursor(
            database, sql: "SELECT data FROM fathom_chunk WHERE store = ? AND part = ? ORDER BY number",
            arguments: [name, part])
          while let row = try chunks.next() {
            let data: Data = row[0]
            try sink.append([UInt8](data))
          }
          try sink.finish()
        }
      }
    }
  }

  /// Puts the contents of files in place of the store; all or nothing.
  ///
  /// With `expecting`, a store of another revision is refused with `.changedOnDisk`. Returns the new revision.
  func replace(
    with files: [String], rows: Int, dimension: Int, metric: String, expecting: String?,
    willCommit: @escaping (String) throws -> Void
  ) throws(StoreFormatError) -> String {
    let revision = UUID().uuidString.lowercased()
    try Self.attempt(path) {
      let queue = try Self.open(path)
      try queue.write { database in
        try Self.createTables(database)
        let found = try String.fetchOne(
          database, sql: "SELECT revision FROM fathom_store WHERE name = ?", arguments: [name])
        if let expecting, found != expecting {
          throw StoreFormatError(
            .changedOnDisk,
            "\(name) in \(path) changed since it was opened; nothing was written. save elsewhere, or open it again"
          )
        }
        if found != nil { try Self.rename(name, to: name + ".bak", database) }
        try database.execute(
          sql: "INSERT INTO fathom_store (name, revision, rows, dimension, metric) VALUES (?, ?, ?, ?, ?)",
          arguments: [name, revision, rows, dimension, metric])
        for (part, file) in zip(Self.parts, files) { try insert(file, as: part, database) }
        try willCommit(revision)
      }
    }
    return revision
  }

  private func insert(_ file: String, as part: String, _ database: Database) throws {
    guard let handle = FileHandle(forReadingAtPath: file) else {
      throw StoreFormatError(.cannotWrite, "cannot read \(file)")
    }
    defer { try? handle.close() }
    var number = 0
    while let data = try handle.read(upToCount: Self.chunkSize), !data.isEmpty {
      try database.execute(
        sql: "INSERT INTO fathom_chunk (store, part, number, data) VALUES (?, ?, ?, ?)",
        arguments: [name, part, number, data])
      number += 1
    }
  }

  private static func createTables(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS fathom_store (
          name TEXT PRIMARY KEY, revision TEXT NOT NULL, rows INTEGER NOT NULL, dimension INTEGER NOT NULL,
          metric TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS fathom_chunk (
          store TEXT NOT NULL, part TEXT NOT NULL, number INTEGER NOT NULL, data BLOB NOT NULL,
          PRIMARY KEY (store, part, number));
        """)
  }

  private static func rename(_ name: String, to other: String, _ database: Database) throws {
    for (table, column) in [("fathom_store", "name"), ("fathom_chunk", "store")] {
      try database.execute(sql: "DELETE FROM \(table) WHERE \(column) = ?", arguments: [other])
      try database.execute(
        sql: "UPDATE \(table) SET \(column) = ? WHERE \(column) = ?", arguments: [other, name])
    }
  }

  private static func open(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    // Only a connection that may write takes back what a crash left half-done.
    configuration.readonly = access(path, F_OK) == 0 && access(path, W_OK) != 0
    configuration.busyMode = .timeout(30)
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  private static func attempt<R>(_ path: String, _ body: () throws -> R) throws(StoreFormatError) -> R {
    do { return try body() } catch let error as StoreFormatError {
      throw error
    } catch let error as DatabaseError {
      let code: StoreFormatError.Code = error.resultCode == .SQLITE_NOTADB ? .badData : .cannotWrite
      throw StoreFormatError(code, "\(path): \(error.message ?? "SQLite failed") (\(error.resultCode))")
    } catch {
      throw StoreFormatError(.cannotWrite, "\(path): \(error.localizedDescription)")
    }
  }
}
