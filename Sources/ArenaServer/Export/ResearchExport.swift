import ArenaProtocol
import ArenaRules
public import ArenaStorage
import ArenaTypes
public import Interpretation

/// Everything learnt from play, as JSON Lines: a header, then a line for each unit that anybody met.
///
/// No personal data: players are pseudonyms that are drawn anew for each export and kept nowhere;
/// moments are days; names of duels, contests and players' explanations, under which a player could be
/// looked up, are replaced. Texts that others may not see are left out, and so are the campaign's
/// held-out excerpts.
public struct ResearchExport: Sendable {
  /// The licence of what is exported, unless the operator states another.
  public static let licence = "CC-BY-4.0"
  /// The version of the lines; raised where a field's meaning changes.
  static let version = 1
  private static let pageCount = 1_000

  let campaigns: [Campaign]
  let book: QuestionBook
  let agreement: PairAgreement?
  let licence: String
  private var answers: [UnitKey: [AnswerRecord]] = [:]
  private let pseudonyms: Pseudonyms

  /// What a store holds of these campaigns.
  ///
  /// - Parameters:
  ///   - agreement: How often the server's scorer agrees with readers, to say what decides a pair.
  ///   - entropy: Where pseudonyms come from.
  /// - Complexity: O(*n*) in the answers, all of which are in memory meanwhile.
  /// - Throws: What the store says.
  public init(
    campaigns: [Campaign], agreement: PairAgreement? = nil,
    licence: String = ResearchExport.licence, reader: any StoreReader, entropy: Entropy = .system
  ) throws(StorageError) {
    self.init(campaigns: campaigns, agreement: agreement, licence: licence, entropy: entropy)
    while try takePage(from: reader) {}
  }

  /// An export of nothing yet.
  init(
    campaigns: [Campaign], agreement: PairAgreement?, licence: String = ResearchExport.licence,
    entropy: Entropy
  ) {
    self.campaigns = campaigns
    self.agreement = agreement
    self.licence = licence
    book = QuestionBook()
    pseudonyms = Pseudonyms(from: entropy)
  }

  /// Takes the next thousand records of each sort; false where there are none.
  mutating func takePage(from reader: any StoreReader) throws(StorageError) -> Bool {
    let position = book.position
    let found = try reader.answers(after: position.answer, limit: Self.pageCount)
    let texts = try reader.explanations(
      changedAfter: position.explanationChange, limit: Self.pageCount)
    book.note(found)
    book.note(texts, names: [:])
    let known = Set(campaigns.map(\.info.id))
    for answer in found.map(\.record) where known.contains(answer.campaign) {
      answers[UnitKey(campaign: answer.campaign, unit: answer.unit), default: []].append(answer)
    }
    return !found.isEmpty || !texts.isEmpty
  }

  /// Writes the lines, each with its line feed: the header first.
  ///
  /// - Parameter receive: Is given each line in turn.
  public func write(to receive: (_ line: [UInt8]) throws -> Void) rethrows {
    try receive(line { write(header: &$0) })
    for campaign in campaigns {
      let questions = UnitQuestions(campaign: campaign, book: book, agreement: agreement)
      for unit in campaign.units + campaign.goldUnits where isMet(unit, in: campaign) {
        try receive(line { write(unit, questions, to: &$0) })
      }
    }
  }

  private func line(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
    var writer = JSONWriter(byteCountExpected: 4_096)
    body(&writer)
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  private func isMet(_ unit: CampaignUnit, in campaign: Campaign) -> Bool {
    let key = UnitKey(campaign: campaign.info.id, unit: unit.id)
    return answers[key] != nil || !book.texts(of: key).isEmpty
  }

  private func write(header writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("type", "header")
      writer.field("version", Self.version)
      writer.field("licence", licence)
      writer.field(
        "about",
        "Answers of players of NeuronArena, per unit. Players are pseudonyms of this export alone.")
      writer.key("campaigns")
      writer.array { writer in
        for campaign in campaigns {
          writer.value(ExportedCampaign(info: campaign.info, contentHash: campaign.contentHash))
        }
      }
    }
  }

  private func write(
    _ unit: CampaignUnit, _ questions: UnitQuestions, to writer: inout JSONWriter
  ) {
    let campaign = questions.campaign
    let key = UnitKey(campaign: campaign.info.id, unit: unit.id)
    let exported = ExportedUnit(
      unit: unit, key: key, isMade: campaign.isMade(unit.id), answers: answers[key] ?? [],
      questions: questions, pseudonyms: pseudonyms)
    writer.value(exported)
  }
}

/// A campaign in the header.
private struct ExportedCampaign: JSONWritable {
  let info: CampaignInfo
  let contentHash: String

  func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("id", info.id)
      writer.field("title", info.title)
      writer.field("model", info.model)
      writer.field("contentHash", contentHash)
      writer.field("sources", info.sources.map { "\($0.title) (\($0.licence))" })
    }
  }
}
