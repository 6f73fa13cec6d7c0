/// How deeply nested an index file may be, and how much memory faiss may need for tables beside what the file holds.
public struct FaissLimits: Sendable, Equatable {
  /// What a person calls each limit.
  public enum Name: String, Sendable, CaseIterable {
    case depth = "index-depth"
    case tableBytes = "index-memory"
    case tableBytesPerByte = "index-memory-per-byte"
  }

  /// Indexes inside each other; more than anything faiss's factory makes.
  ///
  /// Values above ``deepest`` count as that.
  public var depth = 20
  /// Bytes of one table that any file may need: those of sound small files are below it.
  public var tableBytes = 1 << 27
  /// Bytes of one table for each byte of the file, where that is more.
  public var tableBytesPerByte = 64

  /// Reading is recursive.
  public static let deepest = 200

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
    }
  }

  func tableBytes(forFileOf byteCount: Int) -> Int {
    let (scaled, overflow) = byteCount.multipliedReportingOverflow(by: tableBytesPerByte)
    return overflow ? .max : max(tableBytes, scaled)
  }
}
