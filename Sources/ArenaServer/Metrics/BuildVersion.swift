/// What was built, with what.
enum BuildVersion {
  /// The version of the server.
  static let current = "0.3.0"

  /// The version of the compiler, as far as the source can tell.
  static var swift: String {
    #if compiler(>=6.4)
      "6.4+"
    #elseif compiler(>=6.3)
      "6.3"
    #else
      "6.2"
    #endif
  }
}
