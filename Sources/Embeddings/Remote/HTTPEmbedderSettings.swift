import Foundation

/// Where an embedding server is and how it is asked; holds no key.
public struct HTTPEmbedderSettings: Sendable, Hashable {
  /// Up to and without `/embeddings`, such as `https://api.openai.com/v1`.
  public var baseURL: URL
  public var model: String
  /// The dimension to ask for; nil takes what the model gives.
  public var dimensions: Int?
  /// Texts in a request.
  public var batchSize: Int
  /// The most bytes of text in a request.
  public var batchBytes: Int
  /// How long a request may take.
  public var timeout: Duration
  public var retries: RetryPolicy
  /// The environment variable that holds the key, for messages.
  public var keyVariable: String

  public init(
    baseURL: URL, model: String, dimensions: Int? = nil, batchSize: Int = 64, batchBytes: Int = 256 << 10,
    timeout: Duration = .seconds(60), retries: RetryPolicy = RetryPolicy(),
    keyVariable: String = "OPENAI_API_KEY"
  ) {
    self.baseURL = baseURL
    self.model = model
    self.dimensions = dimensions
    self.batchSize = max(1, batchSize)
    self.batchBytes = batchBytes
    self.timeout = timeout
    self.retries = retries
    self.keyVariable = keyVariable
  }

  /// Foundation counts whole seconds on Linux, and takes less than one for none.
  var timeoutSeconds: Double { max(1, (timeout / .seconds(1)).rounded(.up)) }

  /// Places of texts that go into one request each.
  func batches(of texts: [String]) -> [Range<Int>] {
    var batches: [Range<Int>] = []
    var start = 0
    var bytes = 0
    for (place, text) in texts.enumerated() {
      if place > start, place - start >= batchSize || bytes + text.utf8.count > batchBytes {
        batches.append(start..<place)
        (start, bytes) = (place, 0)
      }
      bytes += text.utf8.count
    }
    if start < texts.count { batches.append(start..<texts.count) }
    return batches
  }
}
