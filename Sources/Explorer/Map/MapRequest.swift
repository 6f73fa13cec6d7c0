import Diagnosis
import VectorStore

/// What a map's points are coloured by.
public enum MapColoring: Sendable, Hashable {
  case plain
  /// k-means clusters, named by their telling words.
  case clusters
  /// How near they are to the query.
  case score
  case key(String)
}

/// A picture of a store's vectors, as the screen asks for it.
public struct MapRequest: Sendable, Hashable {
  /// Cells of the picture.
  public var width: Int
  public var height: Int
  /// Nil is everything.
  public var region: MapRegion?
  public var coloring = MapColoring.plain
  /// Only the rows that it lets through are shown.
  public var filter: Filter?
  /// What is asked, to show where it lies and to colour by.
  public var query: SearchRequest?
  /// Rows that were found, best first.
  public var hits: [Int] = []
  /// The cell whose nearest document is wanted.
  public var pointer: MapPlace?
  /// Of the store that is shown; another one asks for another picture.
  public var revision = 0

  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }
}

/// A cell of a map's picture.
public struct MapPlace: Sendable, Hashable {
  public var column: Int
  public var line: Int

  public init(column: Int, line: Int) {
    self.column = column
    self.line = line
  }
}

/// A picture with what is to be read beside it.
public struct MapView: Sendable, Equatable {
  public struct Group: Sendable, Equatable {
    public var name: String
    public var count: Int

    public init(name: String, count: Int) {
      self.name = name
      self.count = count
    }
  }

  public var picture: MapPicture
  /// Group `g` of the picture is the `g - 1`-th.
  public var groups: [Group] = []
  /// What share of all variance lies along the axes, 0 to 1.
  public var shares: [Double]
  /// Rows that the filter lets through.
  public var total: Int
  /// Where the query lies; nil when it is outside, or nothing is asked.
  public var query: MapPlace?
  /// Where hits lie, by rank from 1; those outside are left out.
  public var hits: [Int: MapPlace] = [:]
  /// The document nearest to the pointer.
  public var nearest: Row?
  /// What a person should know to read it: that nothing is asked to colour by, say.
  public var notice: String?

  public init(picture: MapPicture, shares: [Double], total: Int) {
    self.picture = picture
    self.shares = shares
    self.total = total
  }
}
