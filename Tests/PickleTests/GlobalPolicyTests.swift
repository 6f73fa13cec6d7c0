import Pickle
import Testing

@Suite struct GlobalPolicyTests {
  static let known = [
    ("langchain.docstore.in_memory", "InMemoryDocstore"), ("langchain.schema", "Document"),
    ("langchain_community.docstore.in_memory", "InMemoryDocstore"),
    ("langchain_core.documents.base", "Document"), ("langchain_classic.docstore.document", "Document"),
    ("faiss.swigfaiss_avx512", "IndexFlatL2"), ("faiss", "IndexFlatIP"), ("faiss.swigfaiss", "IndexIVFPQ"),
    ("pathlib._local", "PosixPath"), ("numpy._core.multiarray", "scalar"), ("builtins", "len"),
  ]

  @Test(arguments: known) func dataIsKnownByItsWholeName(module: String, name: String) {
    #expect(GlobalPolicy.langchain.verdict(module: module, name: name) == .known)
  }

  static let code = [
    ("os", "system"), ("builtins", "eval"), ("numpy", "load"), ("uuid", "os.system"), ("pip", "main"),
    ("faiss.swigfaiss", "read_index"), ("faiss", "read_index"), ("faiss.swigfaissx", "IndexFlatL2"),
    ("userapp", "os.system"),
    ("userapp", "Thing.__globals__"), ("\u{43E}s", "system"), ("numpy.core.multiarray", "scalar.x"),
  ]

  @Test(arguments: code) func codeIsForbidden(module: String, name: String) {
    #expect(GlobalPolicy.langchain.verdict(module: module, name: name) == .forbidden)
  }

  @Test(arguments: [("userapp", "Thing"), ("__main__", "Outer.Inner"), ("bson.objectid", "ObjectId")])
  func otherNamesAreOpaqueUnlessThePolicyIsStrict(module: String, name: String) {
    #expect(GlobalPolicy.langchain.verdict(module: module, name: name) == .opaque)
    #expect(GlobalPolicy.strict.verdict(module: module, name: name) == .forbidden)
  }

  @Test func modulesOfPython2AreCodeInOldProtocols() {
    #expect(GlobalPolicy.langchain.verdict(module: "commands", name: "x", translated: true) == .forbidden)
    #expect(GlobalPolicy.langchain.verdict(module: "commands", name: "x") == .opaque)
  }

  @Test func aDocumentListsItsNames() throws {
    let globals = try PickleReader.read(text("cuserapp\nThing\n(tR.")).globals
    #expect(globals == [GlobalUse(module: "userapp", name: "Thing", offset: 0, uses: 1, verdict: .opaque)])
  }
}
