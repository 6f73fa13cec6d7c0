extension AppState {
  /// Stops a job: what it has not changed yet stays as it is.
  mutating func cancel(_ id: EffectID) -> [Effect] {
    guard let job = jobs.running[id] else { return [] }
    if id == .search { query.generation += 1 }
    if id == .plan { closePlans() }
    if id == .comparison { closeComparisons() }
    quitsAfterSave = false
    jobs.cancel(id)
    // Whether an edit was done all the same is known when it has ended.
    say(id == .edit ? "\(job.title): stopping" : "\(job.title): cancelled")
    if id == .arrival { loseStore(saying: "the reading was cancelled") }
    return [.cancel(id)]
  }

  /// The job that the window of jobs has selected.
  mutating func cancelJob(_ overlay: JobsOverlay) -> [Effect] {
    guard let job = overlay.selected(of: jobs.listed) else { return [] }
    guard job.outcome == nil else {
      say("\(job.title) has ended already")
      return []
    }
    return cancel(job.id)
  }

  /// An effect has ended; that of a cancelled edit only now says so.
  mutating func finished(_ id: EffectID) {
    guard let job = jobs.running[id] else { return }
    jobs.end(id, job.isCancelled ? .cancelled : .done)
    if id == .edit, job.isCancelled { say("\(job.title): cancelled; nothing has changed") }
  }

  /// Keeps the window of jobs on the job that is selected.
  mutating func followJobs() {
    guard case .jobs(var overlay) = overlays.last else { return }
    overlay.follow(jobs.listed, height: overlay.height(arrangement))
    overlays[overlays.count - 1] = .jobs(overlay)
  }
}
