import Foundation
import FoundationNetworking
import Synchronization

/// A server with the OpenAI embeddings interface: OpenAI, Ollama, llama.cpp, vLLM, TEI.
///
/// Source: `POST {base}/embeddings` of the OpenAI API reference. Requests that fail for a reason that may pass
/// (429, 5xx, a lost connection) are made again; a redirect to another host does not get the key.
public final class HTTPEmbedder: Embedder {
  public let settings: HTTPEmbedderSettings
  private let key: APIKey?
  private let session: URLSession
  private let redirects = RedirectGuard()
  private let pause: Pause
  private let known: Mutex<Int?>

  public var name: String { settings.model }
  public var isLexical: Bool { false }

  /// The dimension asked for, else that of the server's answers; costs a request until there is one.
  public var dimension: Int {
    get async throws {
      if let known = known.withLock({ $0 }) { return known }
      return try await embed(["dimension"]).count
    }
  }

  public convenience init(_ settings: HTTPEmbedderSettings, key: APIKey?) throws(EmbeddingError) {
    try self.init(settings, key: key) { try await Task.sleep(for: $0) }
  }

  init(_ settings: HTTPEmbedderSettings, key: APIKey?, pause: @escaping Pause) throws(EmbeddingError) {
    guard let scheme = settings.baseURL.scheme?.lowercased(), ["http", "https"].contains(scheme),
      settings.baseURL.host() != nil
    else {
      throw EmbeddingError(
        code: .unavailable,
        message: "the embedding server's address must begin with http:// or https:// and name a host")
    }
    guard settings.baseURL.user() == nil, settings.baseURL.password() == nil else {
      throw EmbeddingError(
        code: .unavailable,
        message: "the embedding server's address holds a name or password; put the key into "
          + "\(settings.keyVariable) instead")
    }
    self.settings = settings
    self.key = key
    self.pause = pause
    known = Mutex(settings.dimensions)
    let configuration = Self.configuration()
    let seconds = settings.timeoutSeconds
    configuration.timeoutIntervalForRequest = seconds
    configuration.timeoutIntervalForResource = seconds
    configuration.urlCache = nil
    configuration.httpCookieStorage = nil
    session = URLSession(configuration: configuration, delegate: redirects, delegateQueue: nil)
  }

  deinit { session.invalidateAndCancel() }

  /// Foundation makes a folder for a cache that is not used, for everybody to read but for the umask.
  private static func configuration() -> URLSessionConfiguration {
    let mask = umask(0o077)
    defer { umask(mask) }
    return .ephemeral
  }

  public func embed(
    _ texts: [String], progress: @Sendable (EmbeddingProgress) -> Void
  ) async throws -> [Float] {
    var vectors: [Float] = []
    for batch in settings.batches(of: texts) {
      let answer = try await answer(to: Array(texts[batch]))
      try note(answer.vectors[0].count)
      for vector in answer.vectors { vectors += vector }
      progress(EmbeddingProgress(completed: batch.upperBound, total: texts.count))
    }
    return vectors
  }

  /// Later answers must have the dimension of the first.
  private func note(_ dimension: Int) throws(EmbeddingError) {
    let expected = known.withLock { known in
      if known == nil { known = dimension }
      return known
    }
    guard expected == dimension else {
      throw EmbeddingError(
        code: .wrongDimension,
        message: "\(settings.model) was to give \(expected ?? 0) dimensions, it gave \(dimension)")
    }
  }

  private func answer(to texts: [String]) async throws -> EmbeddingsAnswer {
    var failures = 0
    while true {
      try Task.checkCancellation()
      let failure: Failure
      do {
        let (data, response) = try await data(for: request(texts))
        if (200..<300).contains(response.statusCode) {
          return try EmbeddingsAnswer(data, count: texts.count, server: server, key: key)
        }
        failure = self.failure(response, data)
      } catch let error as URLError {
        failure = try self.failure(error)
      }
      failures += 1
      // A server that is silent has cost its whole time already.
      let attempts = failure.code == .timedOut ? min(2, settings.retries.attempts) : settings.retries.attempts
      guard failure.mayPass, failures < attempts else {
        throw failure.error(after: failures)
      }
      try await pause(
        settings.retries.pause(after: failures, retryAfter: failure.retryAfter, random: .random(in: 0...1)))
    }
  }

  private var server: String { settings.baseURL.host() ?? "the server" }

  private func data(for request: URLRequest) async throws -> (Data, HTTPURLResponse) {
    let (data, response) = try await session.data(for: request)
    guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
    return (data, response)
  }

  private func request(_ texts: [String]) throws -> URLRequest {
    struct Body: Encodable {
      var model: String
      var input: [String]
      var encoding_format = "float"
      var dimensions: Int?
    }
    var request = URLRequest(url: settings.baseURL.appending(path: "embeddings"))
    request.httpMethod = "POST"
    request.timeoutInterval = settings.timeoutSeconds
    request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    if let key { request.setValue(key.header, forHTTPHeaderField: "Authorization") }
    request.httpBody = try JSONEncoder().encode(
      Body(model: settings.model, input: texts, dimensions: settings.dimensions))
    return request
  }
}

/// Why a request failed, and whether it may go better the next time.
private struct Failure {
  var code: EmbeddingError.Code
  var message: String
  var mayPass: Bool
  var retryAfter: Duration?

  func error(after attempts: Int) -> EmbeddingError {
    EmbeddingError(code: code, message: message + (attempts > 1 ? " (\(attempts) attempts)" : ""))
  }
}

extension HTTPEmbedder {
  private func failure(_ response: HTTPURLResponse, _ data: Data) -> Failure {
    let status = response.statusCode
    let text = "\(server) answered \(status): \(ServerText(data, hiding: key).found)"
    switch status {
    case 401, 403:
      let advice =
        key == nil
        ? "set the environment variable \(settings.keyVariable) to your key"
        : "check the key in \(settings.keyVariable)"
      return Failure(code: .unauthorized, message: "\(text); \(advice)", mayPass: false)
    case 404:
      let advice = "check the model's name (\(settings.model)) and the address: it mostly ends with /v1"
      return Failure(code: .unavailable, message: "\(text); \(advice)", mayPass: false)
    case 300..<400:
      return Failure(
        code: .unavailable,
        message: "\(server) sends its callers elsewhere (\(status)); name the right address",
        mayPass: false)
    case 429:
      return Failure(
        code: .rateLimited, message: text, mayPass: true,
        retryAfter: RetryPolicy.duration(
          retryAfter: response.value(forHTTPHeaderField: "Retry-After"), now: Date()))
    case 408, 500...:
      return Failure(
        code: .unavailable, message: text, mayPass: true,
        retryAfter: RetryPolicy.duration(
          retryAfter: response.value(forHTTPHeaderField: "Retry-After"), now: Date()))
    default: return Failure(code: .unavailable, message: text, mayPass: false)
    }
  }

  private func failure(_ error: URLError) throws -> Failure {
    switch error.code {
    case .cancelled: throw CancellationError()
    case .timedOut:
      return Failure(
        code: .timedOut, message: "\(server) did not answer within \(Int(settings.timeoutSeconds)) s",
        mayPass: true)
    case .cannotFindHost, .unsupportedURL, .badURL:
      return Failure(
        code: .unavailable, message: "\(server) cannot be found; check the address", mayPass: false)
    default:
      return Failure(
        code: .unavailable,
        message: "\(server) cannot be reached, or broke off: is the server running at \(settings.baseURL)?",
        mayPass: true)
    }
  }
}

/// Follows no redirect: a key, and the texts, are for the host that was named.
private final class RedirectGuard: NSObject, URLSessionTaskDelegate {
  func urlSession(
    _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) {
    completionHandler(nil)
  }
}
