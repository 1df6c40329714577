import ArenaTypes
import ArgumentParser

/// Kinds of units on the command line.
enum KindList {
  /// The kinds in a text such as `mlp,head,feature:res-jb`.
  static func parse(_ text: String) throws -> [UnitKind] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let kind = UnitKind(rawValue: String(part)) else {
        throw ValidationError(
          "--kinds takes mlp, head, residual:NAME and feature:NAME separated by commas, not \(text)"
        )
      }
      return kind
    }
  }
}
