/// How deeply nested an index file may be, how much memory faiss may need for tables beside what the file holds, and how
/// large the numbers that a search works with may be.
public struct FaissLimits: Sendable, Equatable {
  /// What a person calls each limit.
  public enum Name: String, Sendable, CaseIterable {
    case depth = "index-depth"
    case tableBytes = "index-memory"
    case tableBytesPerByte = "index-memory-per-byte"
    case dimension = "index-dimension"
    case probes = "index-probes"
    case candidates = "index-candidates"
  }

  /// Indexes inside each other; more than anything faiss's factory makes.
  ///
  /// Values above ``deepest`` count as that.
  public var depth = 20
  /// Bytes of one table that any file may need: those of sound small files are below it.
  public var tableBytes = 1 << 27
  /// Bytes of one table for each byte of the file, where that is more.
  public var tableBytesPerByte = 64

  /// Numbers of a vector; a million of them are no embedding, and faiss has no limit.
  ///
  /// Values above ``largestDimension`` count as that.
  public var dimension = 1 << 20
  /// Inverted lists that a search visits (`nprobe`): more than any list count in use, and faiss makes room for all.
  public var probes = 1 << 20
  /// Candidates that a graph keeps, in a search and when vectors are added (`efSearch`, `efConstruction`, `upper_beam`):
  /// far more than people set, and each costs memory for each query.
  public var candidates = 1 << 20

  /// Reading is recursive.
  public static let deepest = 200
  /// Products with the number of vectors stay within 64 bits.
  public static let largestDimension = 1 << 24

  public init() {}

  public static let standard = FaissLimits()

  public subscript(name: Name) -> Int {
    get { self[keyPath: Self.path(name)] }
    set { self[keyPath: Self.path(name)] = newValue }
  }

  private static func path(_ name: Name) -> WritableKeyPath<FaissLimits, Int> {
    switch name {
    case .depth: \.depth
    case .tableBytes: \.tableBytes
    case .tableBytesPerByte: \.tableBytesPerByte
    case .dimension: \.dimension
    case .probes: \.probes
    case .candidates: \.candidates
    }
  }

  func tableBytes(forFileOf byteCount: Int) -> Int {
    let (scaled, overflow) = byteCount.multipliedReportingOverflow(by: tableBytesPerByte)
    return overflow ? .max : max(tableBytes, scaled)
  }
}
