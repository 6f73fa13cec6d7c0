/// What a health check looks for; the raw value is the stable name that scripts use.
public enum Check: String, Sendable, Hashable, CaseIterable {
  // Index, map and docstore
  case mapMismatch = "map-mismatch"
  case missingDocument = "missing-document"
  case orphanDocument = "orphan-document"
  case trailingBytes = "trailing-bytes"
  case repeatedID = "repeated-id"
  // Vectors
  case notFinite = "not-finite-vector"
  case zeroVector = "zero-vector"
  case unnormalized = "unnormalized-vector"
  case mixedNorms = "mixed-norms"
  case notUnitLength = "not-unit-length"
  // Repetition
  case duplicateDocument = "duplicate-document"
  case duplicateContent = "duplicate-content"
  case duplicateFolded = "duplicate-folded"
  case nearDuplicate = "near-duplicate"
  case sameTextOtherVector = "same-text-other-vector"
  case sameVectorOtherText = "same-vector-other-text"
  case boilerplate
  // Contents
  case emptyContent = "empty-content"
  case blankContent = "blank-content"
  case tooShort = "too-short"
  case noLetters = "no-letters"
  case dotLeaders = "dot-leaders"
  case controlCharacters = "control-characters"
  case hiddenCharacters = "hidden-characters"
  case privateGlyphs = "private-glyphs"
  case cidGlyphs = "cid-glyphs"
  case wrongEncoding = "wrong-encoding"
  case letterSpaced = "letter-spaced"
  case tooLong = "too-long"
  // Places among the others
  case outlier
  case hub
  case unreachable
  // Metadata
  case mixedTypes = "mixed-types"
  case filterRaises = "filter-raises"
}

/// How bad it is.
public enum Severity: String, Sendable, Hashable, Comparable, CaseIterable {
  /// Answers are wrong, or the application raises an error.
  case error
  /// Answers are worse than they could be.
  case warning
  /// Worth knowing; nothing is wrong by itself.
  case note

  public static func < (a: Severity, b: Severity) -> Bool { a.order < b.order }
  private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// What can be done about a finding without asking anybody.
public enum Fix: String, Sendable, Hashable {
  /// The marked rows go.
  case delete
  /// Characters that say nothing go, text that was decoded wrongly is decoded again.
  case clean
  /// Vectors are scaled to length 1.
  case normalize
  /// The later rows get ids of their own.
  case newIDs = "new-ids"
  /// Documents without a row, and rows without a document, are left out.
  case leaveOut = "leave-out"
}

extension Check {
  /// What it is called in lists.
  public var title: String { words.title }
  public var severity: Severity { words.severity }
  /// What ``RepairPlan`` does about it; nil where only a person can know.
  public var fix: Fix? { words.fix }
  /// What to do about it, as a sentence for people.
  public var advice: String { words.advice }

  /// Whether a repair that names no checks does something about it: nobody would want to keep what it takes away.
  public var isFixedUnasked: Bool {
    switch self {
    case .duplicateContent, .duplicateFolded, .nearDuplicate, .tooShort, .noLetters, .dotLeaders: false
    default: fix != nil
    }
  }

  private typealias Words = (title: String, severity: Severity, fix: Fix?, advice: String)

  private var words: Words {
    switch self {
    case .mapMismatch:
      ("index and map disagree", .error, .leaveOut, "Write a copy of the rows that have all three.")
    case .missingDocument:
      ("missing documents", .error, .leaveOut, "Delete these rows, or add their documents again.")
    case .orphanDocument:
      ("orphan documents", .warning, .leaveOut, "Leave them out, or add them again with vectors.")
    case .trailingBytes: ("bytes after the index", .warning, .leaveOut, "Write the files again.")
    case .repeatedID: ("repeated ids", .error, .newIDs, "Give the later rows ids of their own.")
    default: vectorWords
    }
  }

  private var vectorWords: Words {
    switch self {
    case .notFinite:
      ("vectors with NaN or infinity", .error, .delete, "Delete the rows, and embed their texts again.")
    case .zeroVector: ("zero vectors", .error, .delete, "Delete the rows, and embed their texts again.")
    case .unnormalized:
      ("vectors that are not normalised", .warning, .normalize, "Scale them to length 1, as the others are.")
    case .mixedNorms:
      ("mixed vector lengths", .warning, nil, "Find out which model made them, and embed them again.")
    case .notUnitLength:
      ("vectors are not of unit length", .note, nil, "Nothing, if the model means it; else normalise.")
    case .outlier:
      ("outliers", .warning, nil, "See whether another model made them, or they belong elsewhere.")
    case .hub: ("hubs", .warning, nil, "See what makes them near to everything: often a scrap or a menu.")
    case .unreachable:
      ("unreachable documents", .warning, nil, "Delete what stands before them, or normalise the vectors.")
    default: repetitionWords
    }
  }

  private var repetitionWords: Words {
    switch self {
    case .duplicateDocument:
      ("duplicate documents", .warning, .delete, "Delete all but one of each group.")
    case .duplicateContent:
      ("duplicate contents", .warning, .delete, "Delete all but one of each group.")
    case .duplicateFolded:
      ("duplicates but for case and spaces", .warning, .delete, "Delete all but one of each group.")
    case .nearDuplicate: ("near-duplicates", .warning, .delete, "Look at each group, and delete all but one.")
    case .sameTextOtherVector:
      ("same text, other vector", .warning, nil, "Embed them again: different models or settings made them.")
    case .sameVectorOtherText:
      ("same vector, other text", .warning, nil, "Embed them again: the model has not seen what differs.")
    case .boilerplate:
      ("boilerplate", .warning, nil, "Cut it out of the sources; delete the documents that hold little else.")
    case .mixedTypes: ("metadata of mixed types", .warning, nil, "Give every value of a key the same type.")
    case .filterRaises:
      ("filters that raise in LangChain", .note, nil, "Give every document the key, or filter by equality.")
    default: contentWords
    }
  }

  private var contentWords: Words {
    switch self {
    case .emptyContent: ("empty contents", .warning, .delete, "Delete them.")
    case .blankContent: ("blank contents", .warning, .delete, "Delete them.")
    case .tooShort: ("scraps", .warning, .delete, "Delete them, or join them to their neighbours.")
    case .noLetters: ("contents without letters", .warning, .delete, "Delete them.")
    case .dotLeaders: ("dot leaders", .warning, .delete, "Delete tables of contents.")
    case .controlCharacters: ("control characters", .warning, .clean, "Remove them, and embed again.")
    case .hiddenCharacters: ("invisible characters", .warning, .clean, "Remove them, and embed again.")
    case .privateGlyphs: ("private-use glyphs", .warning, .clean, "Remove them, or extract the text again.")
    case .cidGlyphs: ("(cid:NN) glyphs", .warning, .clean, "Remove them, or extract the text again.")
    case .wrongEncoding: ("wrong encoding", .warning, .clean, "Decode the text again, and embed again.")
    case .letterSpaced: ("letter-spaced text", .warning, nil, "Join the letters, and embed again.")
    default: ("chunks longer than the model reads", .warning, nil, "Cut them into smaller chunks.")
    }
  }
}
