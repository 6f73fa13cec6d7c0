/// From where on something counts as wrong.
public struct HealthThresholds: Sendable, Hashable {
  /// The squared distance of two vectors, scaled to length 1, up to which their documents are near-duplicates; 0.01
  /// is a cosine of 0.995.
  public var nearDistance: Float = 0.01
  /// Contents shorter than this many characters are scraps; a wide (East Asian) character counts as three.
  ///
  /// In a store of short texts a quarter of the usual length takes its place.
  public var shortest = 20
  /// A sentence in so many documents, near and far, is boilerplate.
  public var boilerplateDocuments = 5
  /// How many results are looked at around each document.
  public var k = 10
  /// A hub is among the k nearest of at least this share of all documents.
  public var hubShare = 0.1
  /// An outlier is farther from its nearest neighbour than the third quartile and so many quartile ranges.
  public var outlierRanges = 3.0
  /// How far from 1 the length of a normalised vector may be.
  public var normTolerance: Float = 0.01

  public init() {}
}
