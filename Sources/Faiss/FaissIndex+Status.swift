import CFaiss

/// The buffer in which the C face says what went wrong.
struct ErrorText {
  var bytes = [CChar](repeating: 0, count: Int(CFAISS_ERROR_LENGTH))

  var string: String {
    String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

extension FaissIndex {
  /// The index that a call makes; the handle is freed when the call fails after making one.
  static func made(
    _ call: (UnsafeMutablePointer<OpaquePointer?>, UnsafeMutablePointer<CChar>) -> CFaissStatus
  ) throws(FaissError) -> FaissIndex {
    var handle: OpaquePointer?
    do throws(FaissError) {
      try checked { call(&handle, $0) }
    } catch {
      cfaiss_free(handle)
      throw error
    }
    guard let handle else {
      throw FaissError(code: .faiss, message: "faiss made no index and gave no reason")
    }
    return FaissIndex(handle)
  }

  static func checked(_ call: (UnsafeMutablePointer<CChar>) -> CFaissStatus) throws(FaissError) {
    var text = ErrorText()
    let status = call(&text.bytes)
    if status == CFAISS_OK { return }
    let code: FaissError.Code =
      switch status {
      case CFAISS_UNSUPPORTED: .unsupportedOperation
      case CFAISS_ARGUMENT: .argument
      default: .faiss
      }
    throw FaissError(code: code, message: text.string)
  }
}
