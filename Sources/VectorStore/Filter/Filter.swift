/// A parsed filter over metadata: one form, two spellings.
///
/// Fathom's language: `page >= 3 and (source ~ "union" or not draft)`. LangChain's dictionaries:
/// `{"page": {"$gte": 3}}`. A missing key reads as none in both, and `!=`, `not in` and `not` are the exact
/// negations of `=`, `in` and what they stand before.
public struct Filter: Sendable, Hashable, CustomStringConvertible {
  /// What a filter asks.
  public indirect enum Expression: Sendable, Hashable {
    /// Every one holds; of none: always.
    case all([Expression])
    /// At least one holds; of none: never.
    case any([Expression])
    case not(Expression)
    /// `key` alone: neither none, false, zero nor empty.
    case truthy(FieldPath)
    /// `exists key`: present, even as none.
    case exists(FieldPath)
    /// `key is text`: of that type, by ``MetadataValue/typeName``; "number" stands for int and float.
    case type(FieldPath, String)
    /// `key >= 3`; equality and order are Python's, and a text compares with a date by its ISO spelling.
    case compare(FieldPath, Comparison, MetadataValue)
    /// `key in [1, 2]`: equal to one of them.
    case member(FieldPath, of: [MetadataValue])
    /// `key in "some text"`: itself a text within that text, as LangChain's `$in` with a string.
    case within(FieldPath, Text)
    /// `key has 3`: a list, tuple or set with an equal element, or a dict with that key.
    case has(FieldPath, MetadataValue)
    /// `key ~ "abc"`: a text that contains it whatever the case, or a list with an element that equals or
    /// contains it.
    case contains(FieldPath, MetadataValue)
    /// `key =~ /abc/i`: a text, or a list with a text, in which the pattern matches somewhere.
    case regex(FieldPath, RegexPattern)
  }

  /// What the filter asks, without needless nesting.
  public let expression: Expression
  /// How LangChain would read the filter; nil when it was not written as a LangChain dictionary.
  let langChainForm: LangChainFilter?

  /// Reads either spelling: a text that starts with "{" is a LangChain dictionary in JSON (tagged values
  /// allowed), everything else Fathom's language.
  ///
  /// - Throws: ``FilterError``; where LangChain refuses a dictionary when it builds the filter, with
  ///   LangChain's words.
  public init(parsing text: String) throws(FilterError) {
    guard text.first(where: { !$0.isWhitespace }) == "{" else {
      var parser = try FilterParser(text)
      self.init(try parser.wholeFilter())
      return
    }
    let value: MetadataValue
    do {
      value = try MetadataValue(json: text)
    } catch {
      throw FilterError(code: .syntax, message: error.message, offset: error.offset)
    }
    do {
      try self.init(langChain: value)
    } catch {
      var placed = error
      placed.offset = error.operatorName.flatMap { text.characterOffset(of: $0.quotedForMessage) }
      throw placed
    }
  }

  /// Takes a LangChain filter as the value it is in Python.
  ///
  /// - Throws: ``FilterError`` where LangChain's `_create_filter_func` raises.
  public init(langChain value: MetadataValue) throws(FilterError) {
    let form = try LangChainFilter(value)
    expression = form.expression.simplified
    langChainForm = form
  }

  public init(_ expression: Expression) {
    self.expression = expression.simplified
    langChainForm = nil
  }
}

extension Filter.Expression {
  /// The same question with nested `all` and `any` flattened and single ones unwrapped.
  fileprivate var simplified: Filter.Expression {
    switch self {
    case .all(let parts):
      let flat = parts.flatMap { part -> [Filter.Expression] in
        let part = part.simplified
        if case .all(let inner) = part { return inner }
        return [part]
      }
      return flat.count == 1 ? flat[0] : .all(flat)
    case .any(let parts):
      let flat = parts.flatMap { part -> [Filter.Expression] in
        let part = part.simplified
        if case .any(let inner) = part { return inner }
        return [part]
      }
      return flat.count == 1 ? flat[0] : .any(flat)
    case .not(let part): return .not(part.simplified)
    default: return self
    }
  }
}

extension FilterError {
  /// The operator that an `unsupportedOperator` error is about.
  fileprivate var operatorName: String? {
    guard code == .unsupportedOperator, let colon = message.firstIndex(of: ":") else { return nil }
    return String(message[colon...].dropFirst(2))
  }
}

extension String {
  /// Where a text first occurs, in Characters.
  fileprivate func characterOffset(of needle: String) -> Int? {
    firstRange(of: needle).map { distance(from: startIndex, to: $0.lowerBound) }
  }
}
