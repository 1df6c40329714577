import ArenaProtocol
import ArenaTypes

// Two samples of each type: `full` has every optional and list filled, `bare` has none.

extension Wire.Limits {
  static let full = Wire.Limits(
    nameCharactersMax: 4,
    meaningsMax: 4,
    meaningWordsMax: 4,
    meaningCharactersMax: 4,
    fireTokensMax: 4,
    fireCharactersMax: 4,
    fireTries: 4)
  static let bare = Wire.Limits(
    nameCharactersMax: 1,
    meaningsMax: 1,
    meaningWordsMax: 1,
    meaningCharactersMax: 1,
    fireTokensMax: 1,
    fireCharactersMax: 1,
    fireTries: 1)
}

extension Wire.CampaignSummary {
  static let full = Wire.CampaignSummary(
    id: CampaignID(rawValue: "x_1"),
    title: "Ä \"x\" \\ 😀",
    model: "Ä \"x\" \\ 😀",
    units: 3,
    practice: true,
    notice: "Ä \"x\" \\ 😀",
    formats: [.pick, .fire, .mixed],
    kinds: [.head, .feature])
  static let bare = Wire.CampaignSummary(
    id: CampaignID(rawValue: "x_1"),
    title: "",
    model: "",
    units: 0,
    practice: false,
    notice: nil,
    formats: [.write],
    kinds: [])
}

extension Wire.RatingView {
  static let full = Wire.RatingView(
    rating: 0.12345,
    deviation: 0.12345,
    provisional: true)
  static let bare = Wire.RatingView(
    rating: 0,
    deviation: 0,
    provisional: false)
}

extension Wire.Ratings {
  static let full = Wire.Ratings(
    pick: .full,
    write: .full,
    fire: .full,
    mixed: .full)
  static let bare = Wire.Ratings(
    pick: .bare,
    write: .bare,
    fire: .bare,
    mixed: .bare)
}

extension Wire.Player {
  static let full = Wire.Player(
    id: PlayerID(rawValue: "x_1"),
    name: "Ä \"x\" \\ 😀",
    ratings: .full,
    showExplicit: true,
    roundsPlayed: 3,
    createdAt: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000),
    territory: Territory("US-CA"))
  static let bare = Wire.Player(
    id: PlayerID(rawValue: "x_1"),
    name: "",
    ratings: .bare,
    showExplicit: false,
    roundsPlayed: 0,
    createdAt: Timestamp(millisecondsSinceEpoch: 0))
}

extension Wire.Seat {
  static let full = Wire.Seat(
    player: PlayerID(rawValue: "x_1"),
    name: "Ä \"x\" \\ 😀",
    kind: .bot,
    rating: 0.12345,
    deviation: 0.12345,
    connected: true)
  static let bare = Wire.Seat(
    player: PlayerID(rawValue: "x_1"),
    name: "",
    kind: .human,
    rating: 0,
    deviation: 0,
    connected: false)
}

extension Wire.QueueStatus {
  static let full = Wire.QueueStatus(
    format: .fire,
    since: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000),
    gap: 0.12345,
    reason: .sameIdentity,
    others: 3,
    bot: .full,
    campaign: CampaignID(rawValue: "x_1"))
  static let bare = Wire.QueueStatus(
    format: .pick,
    since: Timestamp(millisecondsSinceEpoch: 0),
    gap: 0,
    reason: .alone,
    others: 0,
    bot: nil)
}

extension Wire.BotOffer {
  static let full = Wire.BotOffer(
    name: "Ä \"x\" \\ 😀",
    rating: 0.12345)
  static let bare = Wire.BotOffer(
    name: "",
    rating: 0)
}

extension Wire.Invite {
  static let full = Wire.Invite(
    code: "Ä \"x\" \\ 😀",
    format: .fire,
    path: "Ä \"x\" \\ 😀",
    expiresAt: Timestamp(millisecondsSinceEpoch: 1_790_000_000_000))
  static let bare = Wire.Invite(
    code: "",
    format: .pick,
    path: "",
    expiresAt: Timestamp(millisecondsSinceEpoch: 0))
}
