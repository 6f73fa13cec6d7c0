import StoreFormats

extension Session {
  /// Tells of the steps of reading a store, and ends it when its task was cancelled.
  static func watch(reading name: String, _ progress: @escaping @Sendable (Progress) -> Void) -> ReadWatch {
    { (step) throws(StoreFormatError) in
      if Task.isCancelled { throw StoreFormatError.readingCancelled }
      let note = step.phase == .bytes ? "reading \(name)" : step.phase.rawValue
      progress(Progress(completed: step.done, total: step.total, note: note))
    }
  }

  /// Tells of the steps of a save, and stops it when its task was cancelled.
  static func watch(_ progress: @escaping @Sendable (Progress) -> Void) -> SaveWatch {
    { (step) throws(StoreFormatError) in
      if Task.isCancelled {
        throw StoreFormatError(.cancelled, "the save was cancelled; nothing was written")
      }
      progress(Progress(completed: step.done, total: step.total, note: step.phase.rawValue))
    }
  }

  /// The error as a session throws it: what was cancelled is no failure.
  static func sessionError(_ error: any Error) -> any Error {
    if error is CancellationError { return error }
    if let error = error as? StoreFormatError, error.code == .cancelled { return CancellationError() }
    return ExplorerError(error)
  }
}
