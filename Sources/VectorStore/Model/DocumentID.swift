import Foundation

/// A docstore id: the key of a document in the docstore, the id of record.
///
/// LangChain's ids are strings. Stores exist whose keys are other Python values (an `int`, `None`,
/// a `UUID`); for those `encoded` keeps the key as it was read, and `text` is Python's `str` of it.
public struct DocumentID: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// What people see and type.
  public let text: String
  /// A self-contained pickle fragment of a key that is not plain text; nil for a plain string.
  public let encoded: [UInt8]?

  public init(_ text: String, encoded: [UInt8]? = nil) {
    self.text = text
    self.encoded = encoded
  }

  public init(stringLiteral value: String) { self.init(value) }

  public var description: String { text }

  /// The first eight characters, as lists show an id.
  public var short: String { String(text.prefix(8)) }
}

extension DocumentID {
  /// What stands for the id of a document that is still being read.
  public static let pending: DocumentID = "…"

  /// An id like no other, as LangChain makes them: a random UUID, in lower case.
  public static func unique() -> DocumentID { DocumentID(UUID().uuidString.lowercased()) }
}

extension DocumentID: Comparable {
  public static func < (a: DocumentID, b: DocumentID) -> Bool { a.text < b.text }
}

/// Equal means the same code points, as in Python.
extension DocumentID {
  public static func == (a: DocumentID, b: DocumentID) -> Bool {
    a.encoded == b.encoded && a.text.utf8.elementsEqual(b.text.utf8)
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(codePointsOf: text) }
}
