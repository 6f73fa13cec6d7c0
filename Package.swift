// swift-tools-version:6.1
import PackageDescription

// Bottom first. An entry in `dependencies` is an arrow of ARCHITECTURE.md; there are no others.
let package = Package(
  name: "fathom",
  products: [
    .executable(name: "fathom", targets: ["fathom"]),
    .library(name: "VectorStore", targets: ["VectorStore"]),
    .library(name: "StoreFormats", targets: ["StoreFormats"]),
    .library(name: "Embeddings", targets: ["Embeddings"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    // Vectors
    .target(name: "CFiles", cSettings: [.define("_GNU_SOURCE")]),
    .target(name: "CScan", cSettings: [.define("_GNU_SOURCE")]),
    .target(
      name: "CFaiss", dependencies: ["CScan"], cxxSettings: [.headerSearchPath("OpenMP")],
      linkerSettings: [.linkedLibrary("faiss"), .linkedLibrary("openblas"), .linkedLibrary("gomp")]),
    .target(name: "Faiss", dependencies: ["CFaiss"]),
    .target(name: "VectorStore", dependencies: ["Faiss", "CScan", "CFiles"]),
    // Files
    .target(name: "Pickle"),
    .target(
      name: "StoreFormats",
      dependencies: [
        "Pickle", "VectorStore", "Faiss", "CFiles", .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    // Text to vectors
    .target(name: "CMiniLM"),
    .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),
    .target(name: "Embeddings", dependencies: ["CMiniLM", "CCrypto"]),
    // What is wrong with a store, and how well it answers
    .target(name: "Diagnosis", dependencies: ["VectorStore", "Faiss"]),
    // Text files to documents
    .target(name: "DocumentSources", dependencies: ["VectorStore"]),
    // Every verb that the command line and the screen share
    .target(
      name: "Explorer",
      dependencies: ["StoreFormats", "VectorStore", "Diagnosis", "Embeddings", "DocumentSources", "CCrypto"]),
    // The screen
    .target(name: "Terminal"),
    .target(
      name: "CNcurses",
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .target(name: "CursesTerminal", dependencies: ["Terminal", "CNcurses"]),
    .target(
      name: "ExplorerUI",
      dependencies: [
        "Terminal", "Explorer", "VectorStore", "Diagnosis",
      ]),
    .executableTarget(
      name: "fathom",
      dependencies: [
        "Explorer", "DocumentSources", "VectorStore", "Diagnosis", "ExplorerUI", "Terminal", "CursesTerminal",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // The libraries from outside: make test runs it
    .executableTarget(
      name: "notebook", dependencies: ["VectorStore", "StoreFormats", "Embeddings"],
      path: "Examples/Notebook", exclude: ["expected.txt"]),

    // Measured, not tested: make bench-embed
    .executableTarget(
      name: "embedding-benchmark", dependencies: ["Embeddings", "CMiniLM"],
      path: "Benchmarks/EmbeddingBenchmark"),
    // make bench
    .executableTarget(
      name: "store-benchmark", dependencies: ["Explorer", "VectorStore"], path: "Benchmarks/StoreBenchmark"),
    // make bench-search
    .executableTarget(
      name: "search-benchmark", dependencies: ["VectorStore", "CScan"],
      path: "Benchmarks/SearchBenchmark"),

    // Every door for foreign bytes: make fuzz, and a small run in the tests
    .target(
      name: "FuzzTargets",
      dependencies: [
        "Pickle", "Faiss", "VectorStore", "StoreFormats", "Embeddings", "DocumentSources", "Explorer",
        "ExplorerUI",
        "Terminal",
      ], path: "Fuzz/Targets"),

    .testTarget(name: "PickleTests", dependencies: ["Pickle"]),
    .testTarget(name: "FaissTests", dependencies: ["Faiss", "CScan", "CFiles"]),
    // Random stores for the tests, and make property-test
    .target(name: "SearchCases", dependencies: ["VectorStore", "CScan"], path: "Tests/SearchCases"),
    .executableTarget(
      name: "property-test", dependencies: ["SearchCases", "CScan"], path: "Tests/PropertyTest"),
    .testTarget(name: "VectorStoreTests", dependencies: ["VectorStore", "CScan", "SearchCases"]),
    .testTarget(name: "DiagnosisTests", dependencies: ["Diagnosis", "VectorStore"]),
    .testTarget(
      name: "StoreFormatsTests", dependencies: ["StoreFormats", "Pickle", "VectorStore", "CFiles"]),
    .testTarget(name: "EmbeddingsTests", dependencies: ["Embeddings", "CMiniLM"]),
    .testTarget(name: "DocumentSourcesTests", dependencies: ["DocumentSources", "VectorStore"]),
    .testTarget(
      name: "ExplorerTests",
      dependencies: [
        "Explorer", "Diagnosis", "DocumentSources", "Embeddings", "VectorStore", "StoreFormats", "CCrypto",
      ]),
    .testTarget(name: "TerminalTests", dependencies: ["Terminal"]),
    .testTarget(name: "CursesTerminalTests", dependencies: ["CursesTerminal"]),
    .testTarget(
      name: "ExplorerUITests",
      dependencies: ["ExplorerUI", "Explorer", "Diagnosis", "VectorStore", "Terminal"],
      exclude: ["Screens"]),
    .testTarget(name: "FuzzTests", dependencies: ["FuzzTargets"]),
    .testTarget(name: "fathomTests", dependencies: ["fathom", "Explorer", "ExplorerUI", "VectorStore"]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c11,
  cxxLanguageStandard: .cxx17
)

// libFuzzer's runtime is there only where scripts/fuzz.sh links it.
if Context.environment["FATHOM_FUZZ"] != nil {
  package.targets += [
    .systemLibrary(name: "CFuzzer", path: "Fuzz/CFuzzer"),
    .executableTarget(name: "fuzz", dependencies: ["FuzzTargets", "CFuzzer"], path: "Fuzz/Runner"),
  ]
}
