import CCrypto
import Foundation

/// SHA-256 of files.
enum FileDigest {
  /// Bytes read at a time: they are still in the cache when they are digested.
  private static let chunkSize = 1 << 18

  /// The SHA-256 of a whole file, 64 hexadecimal digits in lower case.
  ///
  /// - Throws: ``EmbeddingError`` when the file cannot be read.
  static func sha256(of url: URL) throws -> String {
    let file = try ReadableFile(url)
    let unusable = EmbeddingError(code: .unavailable, message: "libcrypto cannot compute sha-256 here")
    guard let context = EVP_MD_CTX_new() else { throw unusable }
    defer { EVP_MD_CTX_free(context) }
    guard EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else { throw unusable }

    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunkSize, alignment: 64)
    defer { buffer.deallocate() }
    for start in stride(from: 0, to: file.size, by: chunkSize) {
      let chunk = UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(chunkSize, file.size - start)])
      try file.read(at: start, into: chunk)
      guard EVP_DigestUpdate(context, chunk.baseAddress, chunk.count) == 1 else { throw unusable }
    }

    var digest = [UInt8](repeating: 0, count: 32)
    guard EVP_DigestFinal_ex(context, &digest, nil) == 1 else { throw unusable }
    return digest.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
