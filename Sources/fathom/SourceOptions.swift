import ArgumentParser
import DocumentSources
import Explorer
import VectorStore

extension SourceKind: ExpressibleByArgument {}

/// Which files become documents, and how.
struct SourceOptions: ParsableArguments {
  enum Splitter: String, ExpressibleByArgument, CaseIterable {
    case character, recursive, none
  }

  @Argument(
    help: "Text, Markdown, JSON Lines, JSON, CSV and TSV files, folders of them, globs, or - for stdin.")
  var files: [String]
  @Option(help: "Read every file as this kind, whatever its name.") var kind: SourceKind?
  @Option(help: "How texts are cut into chunks, as LangChain's splitters do.") var splitter = Splitter
    .character
  @Option(help: "The longest chunk, in characters. (default: 1000 for texts; records stay whole)")
  var chunkSize: Int?
  @Option(help: "How many characters a chunk may repeat of the one before.") var chunkOverlap = 0
  @Option(help: "Where the character splitter cuts; \\n and \\t may be written so. (default: '\\n\\n')")
  var separator: String?
  @Flag(help: "Set start_index, the place of a chunk in its file.") var startIndex = false
  @Option(
    name: .long, parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Set a metadata key on every document.", valueName: "key=value"))
  var metadata: [String] = []
  @Option(help: "The JSON field or CSV column with the text.") var textField: String?
  @Option(help: "The JSON field or CSV column with the id.") var idField: String?
  @Flag(help: "Leave out bad lines and files, and say so, instead of stopping.") var skipBad = false
  @Flag(help: "Put U+FFFD in the place of bytes that are not UTF-8.") var repairText = false
  @Flag(help: "Leave out documents with the same content as another.") var skipDuplicates = false

  func request() throws -> AddRequest {
    AddRequest(
      files: files, kind: kind,
      reading: SourceSettings(
        textField: textField, idField: idField, skipsBad: skipBad, replacesInvalidUTF8: repairText),
      splitter: try textSplitter(), splitsRecords: chunkSize != nil,
      metadata: try MetadataPairs(metadata, for: "--metadata").metadata,
      skipsSameContent: skipDuplicates)
  }

  private func textSplitter() throws -> (any TextSplitter)? {
    do {
      let limits = try ChunkLimits(
        chunkSize: chunkSize ?? 1000, chunkOverlap: chunkOverlap, addsStartIndex: startIndex)
      switch splitter {
      case .none: return nil
      case .recursive: return RecursiveCharacterTextSplitter(limits: limits)
      case .character:
        guard let separator else { return CharacterTextSplitter(limits: limits) }
        return CharacterTextSplitter(limits: limits, separator: try SeparatorSyntax.decode(separator))
      }
    } catch {
      throw ExplorerError(error)
    }
  }
}
