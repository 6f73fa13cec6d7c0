import Foundation

/// When a request that failed is made again.
///
/// Source: exponential backoff with full jitter, as servers of the OpenAI interface ask for.
public struct RetryPolicy: Sendable, Hashable {
  /// Attempts in all, at least 1.
  public var attempts: Int
  /// The longest first pause; each next one may be twice as long.
  public var firstPause: Duration
  /// No pause is longer, also not one that the server asks for.
  public var longestPause: Duration

  public init(
    attempts: Int = 5, firstPause: Duration = .milliseconds(500), longestPause: Duration = .seconds(60)
  ) {
    self.attempts = max(1, attempts)
    self.firstPause = firstPause
    self.longestPause = longestPause
  }

  /// The pause after a number of failures (from 1): what the server asked for, else a random part of a span
  /// that doubles.
  func pause(after failures: Int, retryAfter: Duration?, random: Double) -> Duration {
    if let retryAfter { return min(max(retryAfter, .zero), longestPause) }
    let span = (1..<max(1, failures)).reduce(firstPause) { span, _ in min(span * 2, longestPause) }
    return min(span, longestPause) * (0.5 + random / 2)
  }

  /// What a `Retry-After` header means: seconds, or a date (RFC 9110, section 10.2.3).
  static func duration(retryAfter header: String?, now: Date) -> Duration? {
    guard let header else { return nil }
    if let seconds = Double(header), seconds.isFinite {
      return .milliseconds(max(0, min(seconds, 1e6)) * 1000)
    }
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(identifier: "GMT")
    format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    return format.date(from: header).map { .milliseconds(max(0, min($0.timeIntervalSince(now), 1e6)) * 1000) }
  }
}

/// Waits; tests put their own in its place.
typealias Pause = @Sendable (Duration) async throws -> Void
