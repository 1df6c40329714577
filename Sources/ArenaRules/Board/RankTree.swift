/// An ordered set that knows how many elements stand before each: a treap in one array.
///
/// A treap is a search tree by rank order and a heap by random priorities, so its expected depth is
/// logarithmic whatever the order of insertions (Seidel and Aragon, "Randomized search trees", 1996).
/// Every node holds the size of its subtree, which makes ranks and the element at a rank a walk from
/// the root. Links are 32-bit positions in the array; a node's priority is a hash of its position and
/// takes no space. Elements of equal order must not be inserted twice.
struct RankTree<Element: Ranked>: Sendable {
  /// A position in `nodes`; negative is none.
  typealias Slot = Int32

  struct Node: Sendable {
    var element: Element
    /// Of a free node: the next free one.
    var left: Slot = -1
    var right: Slot = -1
    var size: Int32 = 1
  }

  private(set) var nodes: [Node] = []
  private var root: Slot = -1
  private var firstFree: Slot = -1

  /// How many elements there are.
  var count: Int { size(root) }
  /// The bytes that the nodes take, capacity included.
  var byteCount: Int { nodes.capacity * MemoryLayout<Node>.stride }
  /// The first element.
  var first: Element? { isEmpty ? nil : element(at: 0) }
  /// Whether there is none.
  var isEmpty: Bool { root < 0 }

  /// The element in a slot that `insert` returned.
  subscript(slot: Slot) -> Element { nodes[Int(slot)].element }

  /// Puts an element into its place.
  ///
  /// - Complexity: O(log *n*) expected.
  @discardableResult
  mutating func insert(_ element: Element) -> Slot {
    let slot = makeNode(element)
    root = insert(slot, into: root)
    return slot
  }

  /// Takes out the element that has the place of `element`; false if none has.
  ///
  /// - Complexity: O(log *n*) expected.
  @discardableResult
  mutating func remove(_ element: Element) -> Bool {
    var removed: Slot = -1
    root = remove(element, from: root, removed: &removed)
    guard removed >= 0 else { return false }
    nodes[Int(removed)].left = firstFree
    firstFree = removed
    return true
  }

  /// How many elements stand before `element`, which need not be there.
  ///
  /// - Complexity: O(log *n*) expected.
  func countBefore(_ element: Element) -> Int {
    var before = 0
    var slot = root
    while slot >= 0 {
      let node = Int(slot)
      if nodes[node].element.precedes(element) {
        before += size(nodes[node].left) + 1
        slot = nodes[node].right
      } else {
        slot = nodes[node].left
      }
    }
    return before
  }

  /// The element that stands at `position`, from 0; nil beyond the end.
  ///
  /// - Complexity: O(log *n*) expected.
  func element(at position: Int) -> Element? {
    guard position >= 0, position < count else { return nil }
    var rest = position
    var slot = root
    while slot >= 0 {
      let node = Int(slot)
      let before = size(nodes[node].left)
      if rest == before { return nodes[node].element }
      if rest < before {
        slot = nodes[node].left
      } else {
        rest -= before + 1
        slot = nodes[node].right
      }
    }
    return nil
  }

  /// The elements at `positions`, in order; positions beyond the end are left out.
  ///
  /// - Complexity: O(log *n* + *k*) expected, for *k* elements.
  func elements(at positions: Range<Int>) -> [Element] {
    let wanted = positions.clamped(to: 0..<count)
    var found: [Element] = []
    found.reserveCapacity(wanted.count)
    collect(wanted, from: root, offset: 0, into: &found)
    return found
  }

  private func collect(
    _ wanted: Range<Int>, from slot: Slot, offset: Int, into found: inout [Element]
  ) {
    guard slot >= 0, offset < wanted.upperBound, offset + size(slot) > wanted.lowerBound else {
      return
    }
    let node = Int(slot)
    let position = offset + size(nodes[node].left)
    collect(wanted, from: nodes[node].left, offset: offset, into: &found)
    if wanted.contains(position) { found.append(nodes[node].element) }
    collect(wanted, from: nodes[node].right, offset: position + 1, into: &found)
  }

  private func size(_ slot: Slot) -> Int { slot < 0 ? 0 : Int(nodes[Int(slot)].size) }

  private mutating func makeNode(_ element: Element) -> Slot {
    if firstFree >= 0 {
      let slot = firstFree
      firstFree = nodes[Int(slot)].left
      nodes[Int(slot)] = Node(element: element)
      return slot
    }
    // Growing by an eighth rather than doubling keeps a million entries below 100 bytes each.
    if nodes.count == nodes.capacity {
      nodes.reserveCapacity(nodes.count + nodes.count / 8 + 16)
    }
    nodes.append(Node(element: element))
    return Slot(nodes.count - 1)
  }

  private mutating func update(_ slot: Slot) {
    let node = Int(slot)
    nodes[node].size = Int32(1 + size(nodes[node].left) + size(nodes[node].right))
  }

  private func priority(_ slot: Slot) -> UInt64 {
    // The finaliser of SplitMix64 over the position; distinct positions give distinct priorities.
    var mixed = UInt64(UInt32(bitPattern: slot)) &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  private mutating func insert(_ new: Slot, into slot: Slot) -> Slot {
    guard slot >= 0 else { return new }
    if priority(new) > priority(slot) {
      let (before, after) = split(slot, at: nodes[Int(new)].element)
      nodes[Int(new)].left = before
      nodes[Int(new)].right = after
      update(new)
      return new
    }
    if nodes[Int(slot)].element.precedes(nodes[Int(new)].element) {
      let right = insert(new, into: nodes[Int(slot)].right)
      nodes[Int(slot)].right = right
    } else {
      let left = insert(new, into: nodes[Int(slot)].left)
      nodes[Int(slot)].left = left
    }
    update(slot)
    return slot
  }

  /// Splits a subtree into what stands before `element` and the rest.
  private mutating func split(_ slot: Slot, at element: Element) -> (before: Slot, after: Slot) {
    guard slot >= 0 else { return (-1, -1) }
    if nodes[Int(slot)].element.precedes(element) {
      let (before, after) = split(nodes[Int(slot)].right, at: element)
      nodes[Int(slot)].right = before
      update(slot)
      return (slot, after)
    }
    let (before, after) = split(nodes[Int(slot)].left, at: element)
    nodes[Int(slot)].left = after
    update(slot)
    return (before, slot)
  }

  private mutating func remove(
    _ element: Element, from slot: Slot, removed: inout Slot
  ) -> Slot {
    guard slot >= 0 else { return -1 }
    let node = Int(slot)
    if nodes[node].element.precedes(element) {
      let right = remove(element, from: nodes[node].right, removed: &removed)
      nodes[node].right = right
    } else if element.precedes(nodes[node].element) {
      let left = remove(element, from: nodes[node].left, removed: &removed)
      nodes[node].left = left
    } else {
      removed = slot
      return merge(nodes[node].left, nodes[node].right)
    }
    update(slot)
    return slot
  }

  /// Joins two subtrees, all of `left` standing before all of `right`.
  private mutating func merge(_ left: Slot, _ right: Slot) -> Slot {
    if left < 0 { return right }
    if right < 0 { return left }
    if priority(left) > priority(right) {
      let joined = merge(nodes[Int(left)].right, right)
      nodes[Int(left)].right = joined
      update(left)
      return left
    }
    let joined = merge(left, nodes[Int(right)].left)
    nodes[Int(right)].left = joined
    update(right)
    return right
  }

  /// The longest way from the root to a node; for tests.
  ///
  /// - Complexity: O(*n*).
  var depth: Int { depth(below: root) }

  private func depth(below slot: Slot) -> Int {
    guard slot >= 0 else { return 0 }
    let node = nodes[Int(slot)]
    return 1 + max(depth(below: node.left), depth(below: node.right))
  }

  /// Checks order, heap and sizes of the whole tree; for tests.
  ///
  /// - Complexity: O(*n*).
  func holdsInvariants() -> Bool {
    let all = elements(at: 0..<count)
    let isOrdered = zip(all, all.dropFirst()).allSatisfy { $0.precedes($1) }
    return isOrdered && all.count == count && holdsInvariants(below: root)
  }

  private func holdsInvariants(below slot: Slot) -> Bool {
    guard slot >= 0 else { return true }
    let node = nodes[Int(slot)]
    return [node.left, node.right].allSatisfy { child in
      child < 0 || (priority(child) < priority(slot) && holdsInvariants(below: child))
    } && Int(node.size) == 1 + size(node.left) + size(node.right)
  }
}

extension RankTree: Hashable {
  /// Two trees are equal if they hold equal elements; their shapes may differ.
  static func == (left: RankTree, right: RankTree) -> Bool {
    left.count == right.count
      && left.elements(at: 0..<left.count) == right.elements(at: 0..<right.count)
  }

  func hash(into hasher: inout Hasher) { hasher.combine(elements(at: 0..<count)) }
}
