import FoundationEssentials
import Glibc
import Interpretation
import TransformerEngine

/// The real models, loaded once for all tests; nil where this machine has none.
enum RealModels {
  static let shared: InterpretationModels? = {
    func value(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
    let cache = value("XDG_CACHE_HOME") ?? (value("HOME") ?? "/root") + "/.cache"
    let folder = value("NEURONARENA_MODELS") ?? cache + "/neuronarena/models"
    guard FileManager.default.fileExists(atPath: folder) else { return nil }
    return try? InterpretationModels.load(from: folder, threads: EngineThreads())
  }()

  /// The same with the trained judge.
  static let judging = shared.flatMap {
    try? $0.judging(by: Repository.path("Sources/neuronarena/Judge"))
  }

  /// The shipped campaign.
  static let campaign = try? Campaign.load(
    from: Repository.path("Sources/neuronarena/Campaigns"))
}
