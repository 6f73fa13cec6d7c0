import Pickle

extension StoreFormatError {
  /// Says what a pickle holds that is no LangChain store, and what to do with it; nothing of its texts.
  static func notAStore(_ value: PickleValue) -> StoreFormatError {
    let (found, advice) = shape(of: value)
    return StoreFormatError(
      .badData, "expected (docstore, index_to_docstore_id) as save_local writes it, found \(found); \(advice)"
    )
  }

  private static let again = "save the store again with save_local"

  private static func shape(of value: PickleValue) -> (found: String, advice: String) {
    switch value {
    case .list(let items): list(items)
    case .dict(let entries): dictionary(entries)
    case .tuple(let parts): ("a tuple of \(parts.count) values", again)
    case .object(let object): self.object(object)
    default: ("a value of type \(value.typeName)", again)
    }
  }

  private static func list(_ items: [PickleValue]) -> (String, String) {
    let text = "write the texts to a file and make a store of it: fathom build"
    return switch items.first {
    case .object(let first)? where first.global?.name == "Document":
      (
        "a list of \(items.count) documents without vectors",
        "make a store of them: FAISS.from_documents(documents, embeddings).save_local(folder)"
      )
    case .string?: ("a list of \(items.count) texts without vectors", text)
    case .dict?: ("a list of \(items.count) dictionaries", text + ", from JSON Lines")
    default: ("a list of \(items.count) values", again)
    }
  }

  private static func dictionary(_ entries: [PickleEntry]) -> (String, String) {
    let isMap =
      !entries.isEmpty
      && entries.allSatisfy { entry in
        if case .int = entry.key, case .string = entry.value { true } else { false }
      }
    return isMap
      ? ("a map of \(entries.count) rows to ids alone", "the docstore belongs beside it; " + again)
      : ("a dictionary of \(entries.count) entries", again)
  }

  private static func object(_ object: PickleObject) -> (String, String) {
    switch (object.global?.module, object.global?.name) {
    case (_, "InMemoryDocstore"?):
      ("a docstore alone, without the map of its rows", again)
    case (let module?, _) where module == "faiss" || module.hasPrefix("faiss."):
      ("a faiss index without documents", "write it with faiss.write_index and open the .faiss file")
    case (_, "_reconstruct"?), (_, "_frombuffer"?):
      ("a numpy array", "make an index of it: index.add(array), faiss.write_index; or save it as .npy")
    default: ("an object of \(object.callee.typeName)", again)
    }
  }
}
