import ArenaProtocol
import ArenaTypes

/// A unit's card as a page without scripts: what it is best explained as, and where it fires.
struct UnitCardPage {
  /// How many texts it shows.
  static let clueCount = 3

  private let page: Wire.UnitPage
  private let campaign: Wire.CampaignSummary

  init(_ page: Wire.UnitPage, campaign: Wire.CampaignSummary) {
    self.page = page
    self.campaign = campaign
  }

  /// The whole document.
  var html: String {
    let name = Self.name(of: page.unit.id)
    let best = page.explanations.first?.text
    let description =
      best.map { "Best explained as \u{201C}\(shown($0))\u{201D}." }
      ?? "Nobody has explained it yet."
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="description" content="\(escaped(description))">
      <meta property="og:title" content="\(escaped(name)) of \(escaped(campaign.model))">
      <meta property="og:description" content="\(escaped(description))">
      <meta property="og:type" content="website">
      <meta property="og:image" content="/web/open-graph.png">
      <title>\(escaped(name)) \u{00B7} NeuronArena</title>
      <link rel="icon" href="/web/icon.svg" type="image/svg+xml">
      <link rel="stylesheet" href="/web/styles/tokens.css">
      <link rel="stylesheet" href="/web/styles/base.css">
      <link rel="stylesheet" href="/web/styles/heat.css">
      <link rel="stylesheet" href="/web/styles/pages.css">
      </head>
      <body class="embedded">
      <main class="unit-card">
      <p class="eyebrow">\(escaped(name)) of \(escaped(campaign.model))</p>
      <h1>\(best.map { "<bdi>\(escaped(shown($0)))</bdi>" } ?? "Nobody has explained it yet")</h1>
      <ul class="card-clues">
      \(page.clues.prefix(Self.clueCount).map(clue).joined(separator: "\n"))
      </ul>
      <p class="small soft">The stronger a word glows, the more it fires.
      <a href="/#/unit/\(escaped(page.unit.id.rawValue))" target="_blank" rel="noopener">Open it in NeuronArena</a></p>
      </main>
      </body>
      </html>

      """
  }

  private func clue(_ clue: Wire.Clue) -> String {
    let strongest = clue.peak < clue.tokens.count ? clue.tokens[clue.peak] : ""
    let words = (clue.window.first..<clue.window.second).map { place in
      token(clue.tokens[place], clue.activations[place], scale: clue.scale)
    }
    let cutBefore = clue.window.first > 0 ? "\u{2026}" : ""
    let cutAfter = clue.window.second < clue.tokens.count ? "\u{2026}" : ""
    return """
      <li><p class="heat">\(cutBefore)\(words.joined())\(cutAfter)</p>\
      <span class="unseen">Fires most on \(escaped(shown(strongest))).</span></li>
      """
  }

  /// A token with the levels of heat that the app's own texts have; white space before it has none.
  private func token(_ text: String, _ activation: Float, scale: Double) -> String {
    let lead = text.prefix(while: \.isWhitespace)
    let word = shown(String(text.dropFirst(lead.count)))
    let level = Self.heatLevel(Double(activation), scale: scale)
    guard level > 0, !word.isEmpty else { return (lead.isEmpty ? "" : " ") + escaped(word) }
    return "\(lead.isEmpty ? "" : " ")<span class=\"t h\(level)\">\(escaped(word))</span>"
  }

  /// How strongly a token is shown, 0 to 8, as `heatLevel` of the web app.
  static func heatLevel(_ activation: Double, scale: Double) -> Int {
    guard scale > 0, activation > 0 else { return 0 }
    let relative = min(1, activation / scale)
    return relative < 0.05 ? 0 : max(1, Int((relative * 8).rounded(.up)))
  }

  /// A unit's name as people say it.
  static func name(of id: UnitID) -> String {
    guard let parts = id.parts else { return id.rawValue }
    let noun =
      switch parts.kind {
      case .mlp: "Neuron"
      case .head: "Attention head"
      case .residual: "Direction"
      case .feature: "Feature"
      }
    return "\(noun) \(parts.index) in layer \(parts.layer)"
  }

  /// A text in which nothing is hidden and nothing turns the reading direction: what can't be seen has
  /// a visible mark.
  private func shown(_ text: String) -> String {
    var shown = String.UnicodeScalarView()
    var markCount = 0
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .privateUse, .unassigned, .surrogate:
        shown.append(scalar.properties.isWhitespace ? " " : "\u{FFFD}")
        markCount = 0
      case .nonspacingMark, .enclosingMark, .spacingMark:
        markCount += 1
        if markCount <= 2 { shown.append(scalar) }
      default:
        shown.append(scalar)
        markCount = 0
      }
    }
    return String(shown)
  }

  private func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }
}
