// LangChain's notebook of its asynchronous FAISS store, step by step, in Swift:
//
//     swift run notebook
//
// The three libraries are products of this package. `Embeddings` turns texts into vectors, `VectorStore` keeps and
// searches them, `StoreFormats` reads and writes what LangChain reads and writes. The hashing embedder needs no
// download; `MiniLMEmbedder` or `HTTPEmbedder` take its place without another change.
import Embeddings
import Foundation
import StoreFormats
import VectorStore

let embedder: any Embedder = HashingEmbedder(dimension: 256)

/// The vector of each text.
func embed(_ texts: [String]) async throws -> [[Float]] {
  let values = try await embedder.embed(texts)
  let dimension = try await embedder.dimension
  return texts.indices.map { Array(values[$0 * dimension..<($0 + 1) * dimension]) }
}

/// `FAISS.afrom_documents`.
func makeStore(_ documents: [Document]) async throws -> LangChainStore {
  let store = LangChainStore(dimension: try await embedder.dimension)
  try await store.addDocuments(documents, vectors: try await embed(documents.map(\.content.string)))
  return store
}

/// What `db.docstore._dict` shows.
func printDocstore(_ title: String, _ store: LangChainStore) async {
  print(title)
  await store.store.current.forEachDocument { row, document in
    print("  \(row)  \(document.id): \(document.content) \(MetadataValue.dictionary(document.metadata).json)")
  }
}

func printHits(_ hits: [(document: Document, score: Float)]) {
  for hit in hits {
    let score = (hit.score * 10_000).rounded() / 10_000
    print("  \(score)  \(hit.document.content) \(MetadataValue.dictionary(hit.document.metadata).json)")
  }
}

// Build from documents
let speech = [
  "One of the most serious duties of a president is to nominate a judge to the supreme court",
  "The harbour master keeps a list of boats and of what they owe",
  "A judge should be fair, patient, and hard to surprise",
  "Umbrellas are kept for a year and then given to the lifeboat crew",
]
let db = try await makeStore(
  speech.enumerated().map { Document(id: DocumentID("part-\($0)"), content: Text($1)) })

// Search, with scores, by vector
let question = "what did the president say about the judge"
let query = try await embed([question])[0]
print("search:", try await db.search(query, type: "similarity")[0].content)
print("with scores (squared L2, lower is nearer):")
printHits(try await db.similaritySearchWithScore(query))
print("by vector:", try await db.similaritySearchWithScore(query, k: 1)[0].document.id)

// Save and load
let folder = NSTemporaryDirectory() + "fathom-notebook-\(UUID().uuidString)"
defer { try? FileManager.default.removeItem(atPath: folder) }
_ = try StoreWriter(.folder(path: folder, name: "index")).write(await db.store.current)
let opened = try StoreReader(StoreLocation(path: folder)).read()
let loaded = LangChainStore(VectorStore(opened.version))
print("loaded:", try await loaded.search(query, type: "similarity")[0].content)

// Bytes and back
let bytes = try SerializedStore.bytes(of: await db.store.current)
let back = LangChainStore(VectorStore(try SerializedStore.version(from: bytes)))
print("from bytes:", try await back.search(query, type: "similarity")[0].content)

// Merge two stores
let db1 = try await makeStore([Document(id: "8164a453", content: "foo")])
let db2 = try await makeStore([Document(id: "4fbcf8a2", content: "bar")])
await printDocstore("first docstore:", db1)
await printDocstore("second docstore:", db2)
try await db1.merge(from: db2)
await printDocstore("merged docstore:", db1)

// Filters: a dictionary as LangChain takes it, or an expression
let pages: [(String, Int)] = [
  ("foo", 1), ("bar", 1), ("foo", 2), ("barbar", 2), ("foo", 3), ("bar burr", 3), ("foo", 4), ("bar bruh", 4),
]
let paged = try await makeStore(
  pages.enumerated().map { number, page in
    Document(id: DocumentID("\(number)"), content: Text(page.0), metadata: ["page": .int(page.1)])
  })
let foo = try await embed(["foo"])[0]
print("foo:")
printHits(try await paged.similaritySearchWithScore(foo))
let firstPage = try Filter(parsing: #"{"page": 1}"#)
print("foo, page 1:")
printHits(try await paged.similaritySearchWithScore(foo, filter: firstPage))
print("foo, page 1, maximal marginal relevance:")
printHits(try await paged.maxMarginalRelevanceSearch(foo, filter: firstPage))
print("foo, page = 1, one of four fetched:")
printHits(
  try await paged.similaritySearchWithScore(foo, k: 1, filter: Filter(parsing: "page = 1"), fetchK: 4))

// Delete: the rows after it move up
await printDocstore("before:", paged)
try await paged.delete(["0"])
await printDocstore("after:", paged)
