import Foundation
import Synchronization

/// An HTTP server on the loopback address that answers as a test tells it, one connection after the other.
final class LoopbackServer: Sendable {
  struct Request: Sendable {
    var path: String
    var headers: [String: String]
    var body: Data

    /// The texts of a request for embeddings.
    var texts: [String] {
      let object = try? JSONSerialization.jsonObject(with: body) as? [String: Any]
      return object?["input"] as? [String] ?? []
    }
  }

  enum Reply: Sendable {
    case status(Int, headers: [String: String] = [:], String)
    /// The connection ends in the middle of the body.
    case broken
    /// No answer until the client leaves.
    case silence

    /// A good answer with these vectors.
    static func vectors(_ vectors: [[Float]]) -> Reply {
      let items = vectors.enumerated().map { #"{"index":\#($0.offset),"embedding":\#($0.element)}"# }
      return .status(200, #"{"data":[\#(items.joined(separator: ","))]}"#)
    }
  }

  let port: UInt16
  private let listener: Int32
  private let received = Mutex<[Request]>([])

  var requests: [Request] { received.withLock { $0 } }
  var url: URL { URL(string: "http://127.0.0.1:\(port)/v1") ?? URL(filePath: "/") }

  /// `reply` gets each request and how many came before it.
  init(_ reply: @escaping @Sendable (Request, Int) -> Reply) throws {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(listener, address, size) == 0 && listen(listener, 8) == 0
          && getsockname(listener, address, &size) == 0
      }
    }
    guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread { [self] in
      while true {
        let client = accept(listener, nil, nil)
        guard client >= 0 else { return }
        Thread.detachNewThread { [self] in serve(client, reply) }
      }
    }
  }

  func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  private func serve(_ client: Int32, _ reply: @Sendable (Request, Int) -> Reply) {
    defer { close(client) }
    guard let request = read(client) else { return }
    let number = received.withLock { requests in
      requests.append(request)
      return requests.count - 1
    }
    switch reply(request, number) {
    case .status(let code, let headers, let body):
      let lines = headers.map { "\($0): \($1)\r\n" }.joined()
      send(
        client,
        "HTTP/1.1 \(code) X\r\n\(lines)Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
      )
    case .broken: send(client, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"data\":[")
    case .silence:
      var byte: UInt8 = 0
      while recv(client, &byte, 1, 0) > 0 {}
    }
  }

  private func read(_ client: Int32) -> Request? {
    var data = Data()
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      if let end = data.range(of: Data("\r\n\r\n".utf8)) {
        let lines = String(decoding: data[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
          let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
          if parts.count == 2 { headers[parts[0].lowercased()] = parts[1] }
        }
        let body = data[end.upperBound...]
        if body.count >= Int(headers["content-length"] ?? "0") ?? 0 {
          let path = lines[0].split(separator: " ").dropFirst().first.map(String.init) ?? ""
          return Request(path: path, headers: headers, body: Data(body))
        }
      }
      let count = recv(client, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      data.append(contentsOf: buffer[..<count])
    }
  }

  private func send(_ client: Int32, _ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
