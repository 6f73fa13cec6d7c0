import Foundation
import StoreFormats
import VectorStore

extension FuzzTarget {
  /// A LangChain folder with 4 vectors and any pickle: every document, and a save of them.
  static let store = FuzzTarget(
    "store", words: pickle.words, seeds: { try SeedFiles.bytes(in: "Tests/Fixtures", ending: ".pkl") }
  ) { bytes in
    let folder = try ScratchFolder()
    _ = try folder.write(bytes, to: "index.pkl")
    _ = try flatIndex.withUnsafeBytes { try folder.write($0, to: "index.faiss") }
    try read(
      .folder(path: folder.path, name: "index"), copyTo: .folder(path: folder.path + "/copy", name: "index"))
  }

  /// JSON Lines with vectors.
  static let lines = FuzzTarget(
    "lines",
    words: [
      "{\"fathom\":\"store 1\",\"metric\":\"squared_l2\",\"dimension\":", "\"id\":", "\"content\":",
      "\"metadata\":",
      "\"vector\":[", "{\"$t\":\"float32\",\"hex\":\"", "{\"$t\":\"pickle\",\"pickle\":\"", "\"document\":",
      "\\ud800",
    ],
    seeds: {
      [
        "{\"fathom\":\"store 1\",\"metric\":\"squared_l2\",\"dimension\":2}\n"
          + "{\"id\":\"a\",\"content\":\"x\",\"metadata\":{\"n\":1},\"vector\":[1,2.5]}\n{\"id\":\"b\",\"content\":\"y\"}\n",
        "{\"id\":\"a\",\"page_content\":\"x\",\"vector\":{\"$t\":\"float32\",\"hex\":\"0000803f\"}}\n\n"
          + "{\"id\":{\"$t\":\"pickle\",\"pickle\":\"4b01\"},\"content\":\"\\ud800\",\"metadata\":null,\"vector\":[1e3]}",
        "{\"id\":\"a\",\"content\":\"x\",\"metadata\":{\"d\":{\"$t\":\"datetime.date\",\"iso\":\"2023-01-02\"},"
          + "\"t\":{\"$t\":\"tuple\",\"v\":[1,null]},\"i\":{\"$t\":\"int\",\"v\":\"99999999999999999999\"}},\"vector\":[0]}",
      ].map { Array($0.utf8) } + (try SeedFiles.bytes(in: "Tests/Fixtures", ending: ".jsonl"))
    }
  ) { bytes in
    let folder = try ScratchFolder()
    let path = try folder.write(bytes, to: "store.jsonl")
    try read(.lines(path: path), copyTo: .lines(path: folder.path + "/copy.jsonl"))
  }

  /// A matrix in NumPy's format.
  static let numpy = FuzzTarget(
    "numpy", words: ["'descr': '<f4'", "'fortran_order': False", "'shape': (", "\u{93}NUMPY"],
    seeds: {
      try SeedFiles.bytes(in: "Tests/Fixtures", ending: ".npy") + [NumPyFile.header(rows: 0, columns: 3)]
    }
  ) { bytes in
    let folder = try ScratchFolder()
    try read(.matrix(path: try folder.write(bytes, to: "store.npy")), copyTo: nil)
  }

  /// The docstore of LangChain.js.
  static let javaScript = FuzzTarget(
    "javascript", words: ["{\"pageContent\":", "\"metadata\":", "[[\"", "\"],{\""],
    seeds: {
      [
        "[[[\"a\",{\"pageContent\":\"x\",\"metadata\":{\"n\":1}}],[\"b\",{\"pageContent\":\"y\",\"metadata\":{}}]],"
          + "{\"0\":\"a\",\"1\":\"b\",\"2\":\"c\",\"3\":\"a\"}]"
      ].map { Array($0.utf8) }
    }
  ) { bytes in
    let folder = try ScratchFolder()
    _ = try folder.write(bytes, to: "docstore.json")
    _ = try flatIndex.withUnsafeBytes { try folder.write($0, to: "faiss.index") }
    try read(.javaScript(path: folder.path), copyTo: nil)
  }

  /// Reads every row of a store, and once more from a copy: they must be the same.
  private static func read(_ location: StoreLocation, copyTo copy: StoreLocation?) throws {
    guard let opened = try? StoreReader(location).read() else { return }
    let rows = contents(opened.version)
    guard let copy, (try? StoreWriter(copy, leftovers: opened.leftovers).write(opened.version)) != nil else {
      return
    }
    guard let again = try? StoreReader(copy).read() else { throw Finding("what was saved cannot be opened") }
    // As texts, for not a number is equal to nothing.
    try Finding.expect("\(contents(again.version))" == "\(rows)", "the copy has other documents")
  }

  private static func contents(_ version: StoreVersion) -> [Document] {
    (0..<version.count).map { row in
      _ = try? version.vector(atRow: row)
      return version.document(atRow: row)
    }
  }

  /// An index file with 4 vectors of 2 dimensions, IndexFlatL2.
  private static let flatIndex: [UInt8] =
    Array("IxF2".utf8) + [2, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0] + [
      0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0, 0, 0,
    ]
    + [1, 1, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0] + [UInt8](repeating: 0, count: 32)
}
