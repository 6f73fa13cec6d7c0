import Explorer
import Foundation
import VectorStore

/// What is copied of the documents at hand, or of the search.
public enum CopySubject: Sendable, Hashable {
  case ids, contents, metadata, vectors, scores
  case python, commandLine

  /// What it is called in a message.
  func title(_ count: Int) -> String {
    switch self {
    case .ids: count == 1 ? "the id" : "\(NumberText.grouped(count)) ids"
    case .contents: count == 1 ? "the content" : "\(NumberText.grouped(count)) contents"
    case .metadata: "the metadata" + (count == 1 ? "" : " of \(NumberText.grouped(count)) documents")
    case .vectors: count == 1 ? "the vector" : "\(NumberText.grouped(count)) vectors"
    case .scores: count == 1 ? "the score" : "\(NumberText.grouped(count)) scores"
    case .python: "the search as Python"
    case .commandLine: "the search as a command"
    }
  }

  /// The text of documents: one a line, contents with an empty line between.
  static func text(_ subject: CopySubject, of documents: [DocumentDetail]) -> String {
    switch subject {
    case .ids: documents.map(\.row.document.id.text).joined(separator: "\n")
    case .contents: documents.map(\.row.document.content.string).joined(separator: "\n\n")
    case .metadata:
      documents.map { MetadataValue.dictionary($0.row.document.metadata).json }.joined(separator: "\n")
    case .vectors:
      documents.map { "[" + $0.vector.map { "\($0)" }.joined(separator: ",") + "]" }.joined(separator: "\n")
    case .scores, .python, .commandLine: ""
    }
  }

  /// Rank, score, row, id and the beginning of the content, with tabs between, a line a hit.
  static func table(of hits: [Hit]) -> String {
    hits.map { hit in
      [
        "\(hit.rank)", "\(hit.score)", "\(hit.row)", hit.document.id.text,
        hit.document.content.string.preview(200),
      ]
      .joined(separator: "\t")
    }.joined(separator: "\n")
  }

  /// The same search with LangChain.
  static func python(_ request: SearchRequest, path: String) -> String {
    let (folder, name) = folderAndName(path)
    var lines = [
      "from langchain_community.vectorstores import FAISS", "",
      "# embeddings: the model that made the index",
      "db = FAISS.load_local(\(quoted(folder)), embeddings"
        + (name == "index" ? "" : ", index_name=\(quoted(name))") + ", allow_dangerous_deserialization=True)",
    ]
    var arguments = ["k=\(request.k)"]
    if let filter = request.filter {
      if let dictionary = filter.langChain {
        arguments.append("filter=\(literal(dictionary))")
      } else {
        lines.append("# LangChain has no words for this filter, give it a function: \(filter)")
        arguments.append("filter=lambda metadata: True")
      }
    }
    let call: String
    if let mmr = request.mmr {
      call = "max_marginal_relevance_search"
      arguments += ["fetch_k=\(mmr.fetchK)", "lambda_mult=\(mmr.lambda)"]
    } else {
      call = "similarity_search_with_score"
      if let fetchK = request.fetchK ?? (request.filter == nil ? nil : request.comparedFetchK) {
        arguments.append("fetch_k=\(fetchK)")
      }
      if let threshold = request.scoreThreshold { arguments.append("score_threshold=\(threshold)") }
    }
    let rest = arguments.joined(separator: ", ")
    switch request.query {
    case .text(let text): lines.append("hits = db.\(call)(\(quoted(text)), \(rest))")
    case .vector(let vector):
      lines.append(
        "hits = db.\(call)_by_vector([\(vector.map { "\($0)" }.joined(separator: ", "))], \(rest))")
    case .like(let ids):
      lines += [
        "rows = {id: row for row, id in db.index_to_docstore_id.items()}",
        "vectors = [db.index.reconstruct(rows[id]) for id in [\(ids.map { quoted($0.text) }.joined(separator: ", "))]]",
        "hits = db.\(call)_by_vector((sum(vectors) / len(vectors)).tolist(), \(rest))",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The same search as a line for the shell.
  static func commandLine(_ request: SearchRequest, path: String) -> String {
    var words = ["fathom", "search", path]
    switch request.query {
    case .text(let text): words.append(text)
    case .vector(let vector):
      words += ["--vector", "[" + vector.map { "\($0)" }.joined(separator: ",") + "]"]
    case .like(let ids): words += ids.flatMap { ["--like", $0.text] }
    }
    words += ["-k", "\(request.k)"]
    if let filter = request.filter { words += ["--filter", filter.description] }
    if let mmr = request.mmr {
      words += ["--mmr", "--lambda", "\(mmr.lambda)", "--fetch-k", "\(mmr.fetchK)"]
    }
    if request.mmr == nil, let fetchK = request.fetchK { words += ["--fetch-k", "\(fetchK)"] }
    if let threshold = request.scoreThreshold { words += ["--score-threshold", "\(threshold)"] }
    switch request.effort {
    case .nprobe(let value)?: words += ["--nprobe", "\(value)"]
    case .efSearch(let value)?: words += ["--ef-search", "\(value)"]
    case nil: break
    }
    if request.langchain { words.append("--langchain") }
    return words.map(shellQuoted).joined(separator: " ") + "\n"
  }

  private static func folderAndName(_ path: String) -> (String, String) {
    let file = path as NSString
    guard file.pathExtension == "faiss" else { return (path, "index") }
    return (path.parentFolder, (file.lastPathComponent as NSString).deletingPathExtension)
  }

  private static func shellQuoted(_ word: String) -> String {
    let plain = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-_./=:,@%+"))
    guard word.isEmpty || word.unicodeScalars.contains(where: { !$0.isASCII || !plain.contains($0) }) else {
      return word
    }
    return "'" + word.replacingOccurrences(of: "'", with: "'\\''") + "'"
  }

  /// A string literal of Python; JSON's escapes are Python's too.
  private static func quoted(_ text: String) -> String { MetadataValue.string(Text(text)).json }

  private static func literal(_ value: MetadataValue) -> String {
    switch value {
    case .null: "None"
    case .bool(let flag): flag ? "True" : "False"
    case .list(let values): "[" + values.map(literal).joined(separator: ", ") + "]"
    case .tuple(let values): "(" + values.map { literal($0) + "," }.joined(separator: " ") + ")"
    case .dictionary(let metadata):
      "{"
        + metadata.entries.map { entry in
          let key =
            if case .string(let text) = entry.key { quoted(text.string) } else { entry.key.displayText }
          return "\(key): \(literal(entry.value))"
        }.joined(separator: ", ") + "}"
    case .float(let number) where !number.isFinite: "float(\"\(number)\")"
    default: value.json
    }
  }
}
