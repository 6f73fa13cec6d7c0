/// A list of numbers that never changes, in memory that somebody keeps: its own, or a mapped file.
///
/// `@unchecked Sendable`: nobody writes through the pointer, and the owner keeps what it points to.
struct OutlineTable<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  private let elements: UnsafeBufferPointer<Element>
  private let owner: any AnyObject & Sendable

  /// A copy of the elements.
  init(_ elements: ContiguousArray<Element>) {
    let memory = Memory(elements)
    self.elements = memory.elements
    owner = memory
  }

  /// The elements in memory that stays as it is while `owner` lives; nil when it is not so many whole, aligned ones.
  init?(lent bytes: UnsafeRawBufferPointer, count: Int, owner: any AnyObject & Sendable) {
    guard count >= 0, count <= bytes.count, bytes.count == count * MemoryLayout<Element>.stride,
      Int(bitPattern: bytes.baseAddress) % MemoryLayout<Element>.alignment == 0
    else { return nil }
    elements = bytes.bindMemory(to: Element.self)
    self.owner = owner
  }

  var count: Int { elements.count }

  /// Precondition: `0 <= place < count`.
  @inline(__always)
  subscript(place: Int) -> Element {
    precondition(place >= 0 && place < elements.count)
    return elements[place]
  }

  /// The elements as they lie in memory; valid while the table lives.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(elements) }

  /// `@unchecked Sendable`: written by `init` alone.
  private final class Memory: @unchecked Sendable {
    let elements: UnsafeBufferPointer<Element>

    init(_ source: ContiguousArray<Element>) {
      let copy = UnsafeMutableBufferPointer<Element>.allocate(capacity: source.count)
      _ = copy.initialize(from: source)
      elements = UnsafeBufferPointer(copy)
    }

    deinit { elements.deallocate() }
  }
}
