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
  /// Points of the map, by group.
  case group1 = "group.1"
  case group2 = "group.2"
  case group3 = "group.3"
  case group4 = "group.4"
  case group5 = "group.5"
  case group6 = "group.6"
  case group7 = "group.7"
  case group8 = "group.8"

  /// The style of a group, counted from 1; 0 is none, and after 8 they begin again.
  static func group(_ number: Int) -> StyleName {
    let groups: [StyleName] = [.group1, .group2, .group3, .group4, .group5, .group6, .group7, .group8]
    return number < 1 ? .text : groups[(number - 1) % groups.count]
  }
}
