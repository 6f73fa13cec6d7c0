import Foundation

/// A folder for doors that take a path, gone with its owner; in memory where the system has such a place.
final class ScratchFolder {
  let path: String

  init() throws {
    let memory = "/dev/shm"
    let base = access(memory, W_OK) == 0 ? memory : NSTemporaryDirectory()
    var template = Array("\(base)/fathom-fuzz-XXXXXX".utf8CString)
    let isMade = mkdtemp(&template) != nil
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    try Finding.expect(isMade, "cannot create \(path)")
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and gives its path.
  func write(_ bytes: UnsafeRawBufferPointer, to name: String) throws -> String {
    let file = "\(path)/\(name)"
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    defer { close(descriptor) }
    let isWritten = Glibc.write(descriptor, bytes.baseAddress, bytes.count) == bytes.count
    try Finding.expect(isWritten, "cannot write \(file)")
    return file
  }
}
