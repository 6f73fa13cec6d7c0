import VectorStore

extension Document {
  /// True when content or id contain the text, whatever the case of its letters.
  func contains(_ text: String) -> Bool {
    let wanted = text.lowercased()
    return content.string.lowercased().contains(wanted) || id.text.lowercased().contains(wanted)
  }
}
