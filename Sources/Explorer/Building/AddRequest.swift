import DocumentSources
import VectorStore

/// Which files become documents of a store, and how.
public struct AddRequest: Sendable {
  /// Files, folders, globs, or "-" for stdin.
  public var files: [String]
  /// What the files are; nil goes by their names.
  public var kind: SourceKind?
  public var reading: SourceSettings
  /// How texts are cut; nil leaves them whole.
  public var splitter: (any TextSplitter)?
  /// Cuts records of JSON and CSV files too, which else are documents already.
  public var splitsRecords: Bool
  /// Set on every document, over what its file says.
  public var metadata: Metadata
  /// Leaves out documents whose content the store, or an earlier file, has already.
  public var skipsSameContent: Bool
  /// Refuses what LangChain's `add_texts` refuses, in its words.
  public var langchain: Bool

  public init(
    files: [String], kind: SourceKind? = nil, reading: SourceSettings = SourceSettings(),
    splitter: (any TextSplitter)? = nil, splitsRecords: Bool = false, metadata: Metadata = [:],
    skipsSameContent: Bool = false, langchain: Bool = false
  ) {
    self.files = files
    self.kind = kind
    self.reading = reading
    self.splitter = splitter
    self.splitsRecords = splitsRecords
    self.metadata = metadata
    self.skipsSameContent = skipsSameContent
    self.langchain = langchain
  }

  /// LangChain's `CharacterTextSplitter` with chunks of 1000 code points and no overlap.
  public static func standardSplitter() throws(ExplorerError) -> any TextSplitter {
    do {
      return CharacterTextSplitter(limits: try ChunkLimits(chunkSize: 1000, chunkOverlap: 0))
    } catch {
      throw ExplorerError(error)
    }
  }
}

/// What adding came to, so that nothing is left out in silence.
public struct AddReport: Sendable, Hashable {
  public var added = 0
  public var source = SourceReport()
  /// Files in folders and globs that no reader knows.
  public var passedOver = 0
  /// LangChain's "Created a chunk of size …".
  public var longChunks: [String] = []
  public var skippedSame = 0
  /// Rows whose vectors an earlier, interrupted run had computed.
  public var resumed = 0
  /// Texts that are longer than the embedder reads.
  public var cutOff = 0
  public var embedder: String?
  /// Why an interrupted run would have had to begin anew; nil when it would have gone on where it was.
  public var unkept: String?

  public init() {}

  /// What people should know beside the number of documents, a sentence a line.
  public var notes: [String] {
    var notes = Array(source.lines.dropFirst())
    func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
    if passedOver > 0 { notes.append("passed over \(counted(passedOver, "file")) of other kinds") }
    notes += longChunks
    if skippedSame > 0 {
      notes.append("skipped \(counted(skippedSame, "document")) with the same content as another")
    }
    if resumed > 0 { notes.append("took \(counted(resumed, "vector")) from an interrupted run") }
    if let unkept {
      notes.append("vectors were not kept on the way, so that a stopped run would have begun anew: \(unkept)")
    }
    if cutOff > 0 {
      notes.append(
        "\(embedder ?? "the embedder") does not read all of \(counted(cutOff, "document")): what is beyond its limit "
          + "does not count in searches. shorter chunks (--chunk-size) are read whole")
    }
    return notes
  }
}
