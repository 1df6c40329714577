/// The last final answers to a player's commands, each of which must be the same when it is given
/// again.
struct FirstAnswers {
  /// Fewer than the server keeps.
  private static let countMax = 30

  private var texts: [String: String] = [:]
  private var order: [String] = []

  /// Notes an answer; the first one under that id, if it was another.
  mutating func note(_ text: String, to id: String) -> String? {
    if let first = texts[id] { return first == text ? nil : first }
    texts[id] = text
    order.append(id)
    if order.count > Self.countMax { texts[order.removeFirst()] = nil }
    return nil
  }
}
