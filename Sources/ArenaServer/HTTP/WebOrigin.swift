/// What a browser sends as `Origin` (RFC 6454 section 7), as operators write it.
public enum WebOrigin {
  /// Whether `text` is `http://` or `https://` with a host, and a port if need be, and nothing more.
  ///
  /// A browser leaves the scheme's own port out, so `https://play.example:443` would match nothing.
  public static func isWellFormed(_ text: String) -> Bool {
    let lowered = text.lowercased()
    for (scheme, port) in [("https://", ":443"), ("http://", ":80")] where lowered.hasPrefix(scheme)
    {
      let rest = lowered.dropFirst(scheme.count)
      return !rest.isEmpty && !rest.hasSuffix(port)
        && rest.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        && !rest.contains { "/?#@,*\\".contains($0) }
    }
    return false
  }
}
