import FoundationEssentials
import TransformerEngine

/// The folder of a trained judge: `judge.json`, what it was trained with, and `judge.safetensors`, its
/// adapter.
enum JudgeFile {
  /// The configuration's name within the folder.
  static let configurationName = "judge.json"
  /// The adapter's name within the folder.
  static let adapterName = "judge.safetensors"
  /// The name of what was found about its agreement with readers, if anything.
  static let agreementName = "agreement.json"
  /// What the configuration's members mean; a file that names no format is of the first.
  static let format = 1
  /// The longest configuration that is read.
  static let configurationByteCountMax = 1 << 20
  /// The largest adapter that is read.
  static let adapterByteCountMax = 64 << 20

  /// What `judge.json` says.
  struct Contents: Decodable {
    struct Feature: Decodable {
      let name: String
      let offset: Int32
      let count: Int32
    }

    struct Readout: Decodable {
      let floor: Double?
      let center: Double?
      let width: Double?
    }

    struct Mixture: Decodable {
      let judge: Double
      let formula: Double
      let formulaMax: Double?
      let constant: Double
    }

    let format: Int?
    let version: Int
    let layersApart: Int
    let features: [Feature]
    let piecesBefore: Int
    let piecesAfter: Int
    let tokenPiecesMax: Int
    let explanationPiecesMax: Int
    let readout: Readout?
    let mixture: Mixture?
  }

  /// The features of a piece with how many rows each has in the adapter's table, in its order.
  static let features: [(name: String, count: Int32)] = [
    ("casing", 8), ("before", 6), ("place", 5), ("index", 11), ("remaining", 11),
    ("sentenceIndex", 11), ("sentenceRemaining", 11), ("seen", 4), ("enclosed", 5), ("match", 11),
    ("matchBefore", 11), ("matchAfter", 11),
  ]

  /// The configuration in `folder`.
  static func contents(in folder: String) throws(ModelFileError) -> Contents {
    try decode(Contents.self, at: folder + "/" + configurationName, as: "judge's configuration")
  }

  /// What was found about the judge's agreement with readers; nil where nobody has looked.
  static func agreement(in folder: String) throws(ModelFileError) -> PairAgreement? {
    let path = folder + "/" + agreementName
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return try decode(PairAgreement.self, at: path, as: "table of agreement")
  }

  private static func decode<Contents: Decodable>(
    _ type: Contents.Type, at path: String, as description: String
  ) throws(ModelFileError) -> Contents {
    let file: FileContents
    do {
      file = try FileContents(path: path, byteCountMax: configurationByteCountMax)
    } catch {
      throw .unreadable(path: path, reason: error.reason)
    }
    do {
      return try JSONDecoder().decode(type, from: file.withUnsafeBytes { Data($0) })
    } catch {
      throw .unusable(reason: "\(path) is no \(description): \(error)")
    }
  }
}

extension JudgeFile.Contents {
  /// How expectations become a number; what isn't named is as in the first version.
  func usedReadout() -> Judge.Readout {
    let usual = Judge.Readout()
    return Judge.Readout(
      floor: readout?.floor ?? usual.floor, center: readout?.center ?? usual.center,
      width: readout?.width ?? usual.width)
  }

  /// What the judge needs to know.
  ///
  /// - Parameter path: The file's, for messages.
  func configuration(of path: String) throws(ModelFileError) -> Judge.Configuration {
    func check(_ holds: Bool, _ fault: String) throws(ModelFileError) {
      if !holds { throw .unusable(reason: "\(path): \(fault)") }
    }
    let format = format ?? JudgeFile.format
    try check(
      format == JudgeFile.format,
      "it is of format \(format), this program reads format \(JudgeFile.format)")
    try check((1...1_000_000).contains(version), "version \(version) is none")
    var offset: Int32 = 0
    var expected: [String] = []
    for (name, count) in JudgeFile.features {
      expected.append("\(name) \(offset) \(count)")
      offset += count
    }
    let found = features.map { "\($0.name) \($0.offset) \($0.count)" }
    try check(found == expected, "its features are \(found), not \(expected)")
    try check((1...5).contains(layersApart), "\(layersApart) layers apart are not possible")
    // A window and its marks must fit into the sentence model, and so must an explanation.
    try check(
      (1...200).contains(piecesBefore) && (1...200).contains(piecesAfter)
        && (1...400).contains(explanationPiecesMax),
      "\(piecesBefore), \(piecesAfter) and \(explanationPiecesMax) pieces are not possible")
    try check(
      tokenPiecesMax == JudgeExcerpt.tokenPieceCountMax,
      "\(tokenPiecesMax) pieces a token count, not \(JudgeExcerpt.tokenPieceCountMax)")
    let factors = mixture.map { [$0.judge, $0.formula, $0.formulaMax ?? 0, $0.constant] } ?? []
    try check(
      factors.allSatisfy(\.isFinite) && factors.prefix(2).allSatisfy { $0 >= 0 },
      "its mixture \(factors) would score backwards")
    let used = usedReadout()
    try check(
      used.floor > 0 && used.floor < 1 && used.width > 0 && used.center.isFinite
        && used.width.isFinite,
      "its readout \(used) is not possible")
    return Judge.Configuration(
      tables: features.map(\.offset), layersApart: layersApart, piecesBefore: piecesBefore,
      piecesAfter: piecesAfter, explanationPieceCountMax: explanationPiecesMax)
  }
}

extension Judge {
  /// Reads the judge in `folder`, which runs on `base`; takes some 30 ms.
  ///
  /// - Throws: `unreadable` with the file that is missing; `unusable` with what is wrong with it.
  init(folder: String, base: SentenceEncoder) throws(ModelFileError) {
    let contents = try JudgeFile.contents(in: folder)
    configuration = try contents.configuration(of: folder + "/" + JudgeFile.configurationName)
    version = contents.version
    readout = contents.usedReadout()
    mixture = contents.mixture.map {
      Mixture(
        judge: $0.judge, formula: $0.formula, formulaMax: $0.formulaMax ?? .infinity,
        constant: $0.constant)
    }
    agreement = try JudgeFile.agreement(in: folder)
    let path = folder + "/" + JudgeFile.adapterName
    do throws(EngineError) {
      let file = try SafetensorsFile(
        FileContents(path: path, byteCountMax: JudgeFile.adapterByteCountMax))
      encoder = try CrossEncoder(
        base: base, adapter: file, layersApart: configuration.layersApart)
    } catch {
      if case .unreadable(let path, let reason) = error {
        throw .unreadable(path: path, reason: reason)
      }
      throw .unusable(reason: "\(error)")
    }
    let rowCount = JudgeFile.features.reduce(0) { $0 + Int($1.count) }
    guard encoder.featureCount == rowCount, encoder.outputCount == JudgeText.placeCount else {
      throw .unusable(
        reason: """
          \(path) has \(encoder.featureCount) features and \(encoder.outputCount) places, not \
          \(rowCount) and \(JudgeText.placeCount)
          """)
    }
  }
}

extension EngineError {
  /// What was wrong, without the file.
  fileprivate var reason: String {
    switch self {
    case .unreadable(_, let reason), .malformed(_, let reason), .unsupported(_, let reason),
      .outOfRange(let reason), .noThreads(let reason):
      reason
    }
  }
}

extension InterpretationModels {
  /// The same models with the trained judge in `folder`.
  ///
  /// - Throws: `unreadable` with the file that is missing; `unusable` with what is wrong with it.
  public func judging(by folder: String) throws(ModelFileError) -> InterpretationModels {
    var models = self
    models.judge = try Judge(folder: folder, base: embedder.encoder)
    return models
  }
}
