/// What follows from the checks of a run together, by which they are: runs of one host and version have the same.
///
/// Each slot has one list, which gives way to the next that falls there.
struct KnownLists<Element: AnyObject, Condition: Equatable, Value> {
  private struct Entry {
    /// What is known of the checks, in their order; kept alive, so that nothing else can have their place in memory.
    var elements: [Element]
    var condition: Condition
    var value: Value
  }

  private var slots: [Entry?] = []
  private static var count: Int { 64 }
  /// Longer lists than this are no tool's.
  private static var longest: Int { 1_024 }

  /// Returns what follows from a list, made out once.
  ///
  /// - Parameters:
  ///   - owners: What has the elements.
  ///   - condition: What else it depends on.
  ///   - element: Returns the element of one of them.
  ///   - make: Makes it out.
  /// - Returns: What follows.
  mutating func value<Owner>(
    _ owners: [Owner], _ condition: Condition, _ element: (Owner) -> Element,
    make: ([Element]) -> Value
  ) -> Value {
    guard owners.count <= Self.longest else { return make(owners.map(element)) }
    if slots.isEmpty { slots = Array(repeating: nil, count: Self.count) }
    var hash = UInt(bitPattern: owners.count)
    for owner in owners {
      hash = (hash ^ UInt(bitPattern: ObjectIdentifier(element(owner)))) &* 0x9E37_79B1
    }
    let slot = Int(bitPattern: (hash ^ hash >> 16) & UInt(bitPattern: Self.count - 1))
    if let known = slots[slot], known.condition == condition, known.elements.count == owners.count,
      zip(known.elements, owners).allSatisfy({ $0 === element($1) })
    {
      return known.value
    }
    let elements = owners.map(element)
    let value = make(elements)
    slots[slot] = Entry(elements: elements, condition: condition, value: value)
    return value
  }
}
