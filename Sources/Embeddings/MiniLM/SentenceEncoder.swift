import CMiniLM
import Foundation
import Synchronization

/// Encodes any number of token sequences on threads of its own.
///
/// Requests are served one after the other, whoever makes them, so that they do not fight for the
/// processor; but a short one does not wait for a long one. Nothing here blocks a thread of Swift's cooperative pool.
final class SentenceEncoder: Sendable {
  private let encoder: BertEncoder
  /// For many packs, once there were some.
  private let bulkEncoder = Mutex<BertEncoder?>(nil)
  /// One for each worker of the crew, used by the queue's work alone.
  private let workspaces: [BertWorkspace]
  /// Absent on a machine with one processor.
  private let crew: Crew?
  private let queue = DispatchQueue(label: "fathom.sentence-encoder", qos: .userInitiated)
  /// For short requests while there are long ones: a query typed during a build.
  private let aside = DispatchQueue(label: "fathom.sentence-encoder.aside", qos: .userInitiated)
  private let asideWorkspace: BertWorkspace
  /// Long requests that are waiting or served.
  private let longRequests = Atomic<Int>(0)

  /// Packs from which on each thread takes whole ones; fewer are shared step by step.
  private static let packsToDivide = 2 * Crew.size
  /// Packs that make up for the time and the memory that the sums of the weights take.
  private static let packsToSplit = 16

  /// - Parameter sharesWork: Whether to use a second thread.
  init(_ weights: BertWeights, sharesWork: Bool = ProcessInfo.processInfo.activeProcessorCount > 1) {
    encoder = BertEncoder(weights: weights)
    crew = sharesWork ? Crew() : nil
    asideWorkspace = BertWorkspace(shape: weights.shape)
    workspaces = (0..<(sharesWork ? Crew.size : 1)).map { _ in BertWorkspace(shape: weights.shape) }
  }

  var dimension: Int { encoder.weights.shape.width }

  /// Encodes sequences, in their order.
  ///
  /// - Parameters:
  ///   - sequences: Each of 1 to ``TokenPack/limit`` ids of the vocabulary.
  ///   - progress: Called after each pack, never concurrently, with the sequences done so far.
  /// - Returns: [sequences, dimension], each row of norm 1.
  /// - Throws: `CancellationError`, between packs.
  func encode(
    _ sequences: [[Int32]], progress: @Sendable (_ completed: Int) -> Void = { _ in }
  ) async throws -> [Float] {
    try Task.checkCancellation()
    let packs = TokenPack.packs(of: sequences)
    var vectors = [Float](repeating: 0, count: sequences.count * dimension)
    var completed = 0
    for await rows in results(of: packs) {
      // Results may be waiting that were made before anybody could look at the first.
      try Task.checkCancellation()
      let start = rows.firstRow * dimension
      vectors.replaceSubrange(start..<start + rows.vectors.count, with: rows.vectors)
      completed += rows.vectors.count / dimension
      progress(completed)
    }
    try Task.checkCancellation()
    return vectors
  }

  /// The vectors of one pack.
  private struct Rows: Sendable {
    var firstRow: Int
    var vectors: [Float]
  }

  /// Whether nobody waits for the results any more.
  private final class StopSign: Sendable {
    let isUp = Atomic<Bool>(false)
  }

  private func results(of packs: [TokenPack]) -> AsyncStream<Rows> {
    AsyncStream { stream in
      let stop = StopSign()
      stream.onTermination = { _ in stop.isUp.store(true, ordering: .relaxed) }
      let isLong = packs.count >= Self.packsToDivide
      let goesAside = !isLong && longRequests.load(ordering: .relaxed) > 0
      if isLong { longRequests.add(1, ordering: .relaxed) }
      (goesAside ? aside : queue).async { [self] in
        run(packs, stop, to: stream, aside: goesAside)
        if isLong { longRequests.subtract(1, ordering: .relaxed) }
        stream.finish()
      }
    }
  }

  private func encoder(for packs: Int) -> BertEncoder {
    // Narrower vectors measured hardly faster that way.
    guard packs >= Self.packsToSplit, encoder.weights.instructions == CMINILM_AVX512 else { return encoder }
    return bulkEncoder.withLock { bulk in
      let known = bulk ?? BertEncoder(weights: encoder.weights.split())
      bulk = known
      return known
    }
  }

  private func run(
    _ packs: [TokenPack], _ stop: StopSign, to stream: AsyncStream<Rows>.Continuation, aside: Bool
  ) {
    let next = Atomic<Int>(0)
    let encoder = encoder(for: packs.count)
    func work(in workspace: BertWorkspace, with crew: Crew?) {
      while !stop.isUp.load(ordering: .relaxed) {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < packs.count else { return }
        let vectors = encoder.encode(packs[index], in: workspace, with: crew)
        stream.yield(Rows(firstRow: packs[index].firstRow, vectors: vectors))
      }
    }
    if aside {
      work(in: asideWorkspace, with: nil)
    } else if let crew, packs.count >= Self.packsToDivide {
      _ = crew.run(Crew.size) { _, worker in work(in: workspaces[worker], with: nil) }
    } else {
      work(in: workspaces[0], with: crew.flatMap { $0.isWorthwhile() ? $0 : nil })
    }
  }
}
