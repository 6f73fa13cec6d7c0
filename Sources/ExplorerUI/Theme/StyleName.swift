/// The roles that text plays on the screen.
///
/// A theme gives each a style; drawing names no colours.
public enum StyleName: String, CaseIterable, Sendable, Hashable {
  case text
  case dim
  case accent
  case success
  case warning
  case danger
  case border
  case focusedBorder = "border.focused"
  case title
  case focusedTitle = "title.focused"
  case header
  case headerName = "header.name"
  case headerChanges = "header.changes"
  case spinner
  case footer
  case footerKey = "footer.key"
  case message
  case messageWarning = "message.warning"
  case messageError = "message.error"
  case selection
  case inactiveSelection = "selection.inactive"
  case mark
  case match
  case score
  case scoreBar = "score.bar"
  case row
  case id
  case metadataKey = "metadata.key"
  case metadataType = "metadata.type"
  case field
  case placeholder = "field.placeholder"
  case overlayBorder = "overlay.border"
  case overlayTitle = "overlay.title"
  case added
  case removed
  case edited
}
