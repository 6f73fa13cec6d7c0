/// Why a file, or a record in it, gave no document.
public struct SourceError: Error, Hashable, CustomStringConvertible {
  public enum Code: String, Sendable, Hashable {
    /// The file or folder is missing, or the system refuses to read it.
    case unreadable
    /// The name has an ending that no reader knows.
    case unknownKind
    /// The file is not text: PDF, an archive, an image, or bytes with NULs.
    case binary
    /// Bytes that are not UTF-8.
    case badEncoding
    case badJSON
    case badCSV
    /// A record without the text it must have, or with a text of another type.
    case noText
    /// A vector that is not a list of finite numbers, or of another dimension than the store's.
    case badVector
    /// An id that is not text, or is taken.
    case badID
    /// Metadata that cannot be saved.
    case badMetadata
    /// A glob that matches nothing, or a folder without one known file.
    case noFiles
    /// Sizes of chunks or separators that make no splitter.
    case badSplitter
  }

  public var code: Code
  /// Lower case; says what was expected, what was found, where, and what to do.
  ///
  /// Safe to print: characters that could steer a terminal are escaped.
  public var message: String
  /// The file as the caller named it; nil when no file is at fault.
  public var file: String?
  /// Counted from 1; for a record of several lines the first.
  public var line: Int?
  /// Counted from 0, in bytes of the file; only where the line alone does not lead to the place.
  public var byteOffset: Int?

  public init(
    _ code: Code, _ message: String, file: String? = nil, line: Int? = nil, byteOffset: Int? = nil
  ) {
    self.code = code
    self.message = message.escapingControls
    self.file = file
    self.line = line
    self.byteOffset = byteOffset
  }

  /// `file:line: message`, as compilers print it.
  public var description: String {
    var place = file?.escapingControls ?? ""
    if let line { place += ":\(line)" }
    return place.isEmpty ? message : "\(place): \(message)"
  }
}

extension String {
  /// The text with everything escaped that could steer a terminal or hide: what stands in a message
  /// may come from any file.
  var escapingControls: String {
    unicodeScalars.reduce(into: "") { shown, scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
        shown += "\\u{\(String(scalar.value, radix: 16))}"
      default: shown.unicodeScalars.append(scalar)
      }
    }
  }

  /// At most the first 60 characters.
  var shortened: String { count > 60 ? prefix(60) + "…" : self }
}
