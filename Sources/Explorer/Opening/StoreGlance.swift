import Foundation
import StoreFormats

/// What can be said of a store without opening it.
public struct StoreGlance: Sendable, Hashable {
  public var path: String
  /// Vectors in the index, and their dimension; nil where only opening would tell.
  public var rows: Int?
  public var dimension: Int?
  /// As people call it: "flat L2".
  public var indexType: String?
  /// Of all files together.
  public var bytes: Int
  public var modified: Date?
  /// Why the index cannot be opened.
  public var problem: String?

  public init(path: String, rows: Int? = nil, dimension: Int? = nil, indexType: String? = nil, bytes: Int = 0)
  {
    self.path = path
    self.rows = rows
    self.dimension = dimension
    self.indexType = indexType
    self.bytes = bytes
  }

  /// Looks at the index file's header and checks its sizes; reads neither vectors nor documents.
  ///
  /// Throws ``ExplorerError`` `.noInput` when there is no store.
  public init(of path: String) throws(ExplorerError) {
    let location: StoreLocation
    do { location = try StoreLocation(path: path) } catch { throw ExplorerError(error) }
    self.init(path: path)
    for file in location.files {
      let attributes = try? FileManager.default.attributesOfItem(atPath: file)
      bytes += attributes?[.size] as? Int ?? 0
      modified = [modified, attributes?[.modificationDate] as? Date].compactMap { $0 }.max()
    }
    switch location {
    case .folder, .index, .javaScript, .object(_, .some):
      do {
        let index = try IndexGlance(path: location.files[0])
        (rows, dimension, indexType) = (index.count, index.dimension, index.typeName)
      } catch {
        problem = error.message
      }
    case .serialized, .object, .matrix, .lines, .database: break
    }
  }

  /// One line: "1,204 × 384 · flat L2 · 3.1 MB".
  public func facts(bytes text: (Int) -> String, number: (Int) -> String) -> String {
    if problem != nil { return "cannot be opened" }
    let size = rows.flatMap { rows in dimension.map { "\(number(rows)) × \($0)" } }
    return [size, indexType, text(bytes)].compactMap { $0 }.joined(separator: " · ")
  }
}
