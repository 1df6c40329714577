import ArgumentParser
import Glibc

/// Finds what lies beside the program: in the project's folder, or where it was installed.
enum SharedFiles {
  /// The campaign that is shipped.
  static let campaignName = "campaign.narena"

  /// The gold questions that are shipped.
  static let goldName = "gold.narena"

  /// The shipped campaign, if it is found.
  static var campaign: String? { campaign(campaignName) }

  /// The gold questions of the shipped campaign, if they are found.
  static var gold: String? { campaign(goldName) }

  private static func campaign(_ name: String) -> String? {
    first([
      "Sources/neuronarena/Campaigns/\(name)",
      "\(programFolder)/../../Sources/neuronarena/Campaigns/\(name)",
      "\(programFolder)/../../../Sources/neuronarena/Campaigns/\(name)",
      "\(programFolder)/../share/neuronarena/campaigns/\(name)",
    ])
  }

  /// The folder of the trained judge, if it is found.
  static var judge: String? {
    first([
      "Sources/neuronarena/Judge", "\(programFolder)/../../Sources/neuronarena/Judge",
      "\(programFolder)/../../../Sources/neuronarena/Judge",
      "\(programFolder)/../share/neuronarena/judge",
    ])
  }

  /// The client's folder, with `web` and `src`, if it is found.
  static var client: String? {
    first([
      "client-js", "\(programFolder)/../../client-js", "\(programFolder)/../../../client-js",
      "\(programFolder)/../share/neuronarena/client-js",
    ])
  }

  /// The scripts that run other engines for `bench compare engine`, if they are found.
  static var enginePeers: String? {
    first(["Tests/Peers/engine", "\(programFolder)/../../../Tests/Peers/engine"])
  }

  private static func first(_ paths: [String]) -> String? {
    paths.first { access($0, R_OK) == 0 }
  }

  /// The folder of the running program.
  private static var programFolder: String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    guard length > 0 else { return "." }
    let path = String(decoding: buffer[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
    return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }
}
