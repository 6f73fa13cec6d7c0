/// Characters that nobody sees and every model reads: zero-width ones, marks that turn text round, tags.
///
/// Joiners stay where a script or an emoji needs them, and marks of direction in a text that has letters running
/// from right to left.
enum HiddenCharacters {
  static func isIn(_ scalars: [Unicode.Scalar]) -> Bool {
    scalars.contains(where: isSuspect) && removed(from: scalars).count < scalars.count
  }

  static func removed(from scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    guard scalars.contains(where: isSuspect) else { return scalars }
    let runsLeft = scalars.contains(where: runsFromRightToLeft)
    var result: [Unicode.Scalar] = []
    result.reserveCapacity(scalars.count)
    for (place, scalar) in scalars.enumerated() {
      guard isSuspect(scalar) else {
        result.append(scalar)
        continue
      }
      let keeps =
        switch scalar.value {
        case 0x200C, 0x200D: joins(scalars, at: place)
        case 0x200E, 0x200F, 0x202A...0x202C, 0x2066...0x2069, 0x061C: runsLeft
        // Flags of regions are spelled in tags after a black flag.
        case 0xE0020...0xE007F: result.last.map { $0.value == 0x1F3F4 || isTag($0) } ?? false
        default: false
        }
      if keeps { result.append(scalar) }
    }
    return result
  }

  private static func isSuspect(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00AD, 0x061C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x206F, 0xFEFF,
      0xFFF9...0xFFFB, 0xE0001, 0xE0020...0xE007F:
      true
    default: false
    }
  }

  private static func isTag(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0xE0020 && scalar.value <= 0xE007F
  }

  /// Whether a joiner stands beside a letter or picture that it can join: not Latin, Greek, Cyrillic or East Asian.
  private static func joins(_ scalars: [Unicode.Scalar], at place: Int) -> Bool {
    guard place > 0 else { return false }
    switch scalars[place - 1].value {
    case 0x0590...0x109F, 0x1780...0x18AF, 0xA840...0xABFF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC,
      0x10800...0x11FFF,
      0x1E800...0x1EFFF:
      return true
    // Pictures, and the selector that makes one of a sign.
    case 0x231A...0x2BFF, 0xFE0F, 0x1F000...0x1FAFF: return place + 1 < scalars.count
    default: return false
    }
  }

  private static func runsFromRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
    default: false
    }
  }
}
