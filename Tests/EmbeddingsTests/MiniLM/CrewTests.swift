import Foundation
import Synchronization
import Testing

@testable import Embeddings

@Test(arguments: [0, 1, 2, 3, 12, 1000])
func crewDoesEveryPartOnce(parts: Int) {
  let crew = Crew()
  let done = Mutex([Int](repeating: 0, count: parts))
  for _ in 0..<50 {
    _ = crew.run(parts) { part, worker in
      #expect(0..<Crew.size ~= worker)
      done.withLock { $0[part] += 1 }
    }
  }
  #expect(done.withLock { $0 } == Array(repeating: 50, count: parts))
}

@Test func crewHasTwoThreads() {
  let crew = Crew()
  let workers = Mutex<Set<Int>>([])
  let bothCame = DispatchSemaphore(value: 0)
  // Whoever comes first waits for the other one.
  _ = crew.run(2) { _, worker in
    let isSecond = workers.withLock { workers in
      workers.insert(worker)
      return workers.count == 2
    }
    if isSecond { bothCame.signal() } else { bothCame.wait() }
  }
  #expect(workers.withLock { $0 } == [0, 1])
}

@Test func crewSaysThatItWasKeptWaitingAndWorksOn() {
  let crew = Crew()
  let helperHasAPart = DispatchSemaphore(value: 0)
  let punctual = crew.run(2) { _, worker in
    if worker == 0 {
      helperHasAPart.wait()
    } else {
      helperHasAPart.signal()
      while !crew.hasSleepingCaller { sched_yield() }
    }
  }
  #expect(!punctual)
  let done = Mutex(0)
  _ = crew.run(5) { _, _ in done.withLock { $0 += 1 } }
  #expect(done.withLock { $0 } == 5)
}

@Test func crewRestsForSomeRequestsAfterItWasLate() {
  let crew = Crew()
  #expect(crew.isWorthwhile())
  crew.rest()
  var requests = 0
  while !crew.isWorthwhile() && requests < 1000 { requests += 1 }
  #expect(requests == 32)
}
