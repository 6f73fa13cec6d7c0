/// One cell of a frame.
public struct Cell: Sendable, Equatable {
  public var content: Content
  public var style: Style

  public init(content: Content = .blank, style: Style = Style()) {
    self.content = content
    self.style = style
  }

  /// What stands in a cell: a cluster of one or two columns, made safe by ``Printable``, or the right half of one.
  ///
  /// Five scalars at most, as in a cell of curses, of 21 bits each: plain bits, so that a frame is filled, compared and
  /// let go of without a reference being counted.
  public struct Content: Sendable, Equatable {
    /// The first three scalars, and the next two; 0 where there is none.
    private var first: UInt64
    private var rest: UInt64

    private static let scalarBits: UInt64 = 21
    private static let scalarMask: UInt64 = 1 << scalarBits - 1

    /// The right half of the wide cluster in the cell before.
    public static let continuation = Content(first: 1 << 63, rest: 0)
    public static let blank = Content(" ")

    private init(first: UInt64, rest: UInt64) {
      self.first = first
      self.rest = rest
    }

    /// A cluster of one scalar.
    init(_ scalar: Unicode.Scalar) { self.init(first: UInt64(scalar.value), rest: 0) }

    /// The cluster's first five scalars.
    public static func character(_ character: Character) -> Content {
      var content = Content(first: 0, rest: 0)
      for (place, scalar) in character.unicodeScalars.prefix(5).enumerated() {
        let bits = UInt64(scalar.value)
        if place < 3 {
          content.first |= bits << (UInt64(place) * scalarBits)
        } else {
          content.rest |= bits << (UInt64(place - 3) * scalarBits)
        }
      }
      return content
    }

    /// The only scalar of the cluster, where there is no other.
    public var scalar: Unicode.Scalar? {
      first <= Self.scalarMask && rest == 0 ? Unicode.Scalar(UInt32(first)) : nil
    }

    /// The cluster; nil for the right half of one.
    public var character: Character? {
      guard self != .continuation else { return nil }
      var text = String.UnicodeScalarView()
      for part in [first, rest] {
        var bits = part
        while bits != 0, let scalar = Unicode.Scalar(UInt32(bits & Self.scalarMask)) {
          text.append(scalar)
          bits >>= Self.scalarBits
        }
      }
      return String(text).first
    }
  }
}
