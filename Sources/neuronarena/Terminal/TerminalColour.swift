import ArenaTypes
import ArgumentParser
import Glibc

/// How activations are painted: what the terminal can show, or what was asked for.
enum TerminalColour: String, CaseIterable, ExpressibleByArgument {
  /// No escape sequence at all.
  case none
  /// The 256 colours of xterm.
  case palette = "256"
  /// 24 bits a colour.
  case full = "24bit"

  /// What standard output can show, as its environment says.
  static var detected: TerminalColour {
    detected(isTerminal: isatty(STDOUT_FILENO) == 1) { name in
      getenv(name).map { String(cString: $0) }
    }
  }

  /// What a terminal can show: nothing where `NO_COLOR` is set (no-color.org), where there is no
  /// terminal or a dumb one; 24 bits where `COLORTERM` says so.
  static func detected(isTerminal: Bool, environment: (String) -> String?) -> TerminalColour {
    if environment("NO_COLOR").map({ !$0.isEmpty }) ?? false { return .none }
    let terminal = environment("TERM") ?? ""
    guard isTerminal, !terminal.isEmpty, terminal != "dumb" else { return .none }
    let depth = environment("COLORTERM") ?? ""
    if depth == "truecolor" || depth == "24bit" || terminal.hasSuffix("-direct") { return .full }
    return .palette
  }
}

/// Paints tokens by how hard a unit fires on them.
struct ActivationPaint {
  /// From this share of the usual peak on a token is painted.
  static let shareMin: Float = 0.15
  /// From this share on a token is marked twice where there are no colours.
  static let shareStrong: Float = 0.5

  let colour: TerminalColour
  /// The activation that has the full colour.
  let scale: Float

  /// The token on a ground that is the redder the more it fires, the bluer the more it is below zero.
  func token(_ text: String, activation: Float) -> String {
    let share = scale > 0 && activation.isFinite ? max(-1, min(1, activation / scale)) : 0
    return painted(VisibleText.of(text), share: share)
  }

  private func painted(_ text: String, share: Float) -> String {
    guard abs(share) >= Self.shareMin else { return text }
    switch colour {
    case .none:
      if share < 0 { return text }
      return share >= Self.shareStrong ? ">>\(text)<<" : ">\(text)<"
    case .palette:
      let steps = share > 0 ? [224, 217, 210, 203, 196] : [189, 153, 111, 69, 27]
      let step = min(steps.count - 1, Int(abs(share) * Float(steps.count)))
      return "\u{1B}[48;5;\(steps[step])m\u{1B}[38;5;16m\(text)\u{1B}[0m"
    case .full:
      let fade = Int(255 * (1 - abs(share)))
      let ground = share > 0 ? "255;\(fade);\(fade)" : "\(fade);\(fade);255"
      return "\u{1B}[48;2;\(ground)m\u{1B}[38;2;0;0;0m\(text)\u{1B}[0m"
    }
  }

  /// What the colours, or the marks, stand for.
  var legend: String {
    let peak = VisibleText.number(scale)
    guard colour != .none else {
      return "> < from 15 %, >> << from 50 % of the usual peak \(peak)"
    }
    let steps: [Float] = [-1, -0.5, 0, 0.25, 0.5, 0.75, 1]
    let shown = steps.map { share in
      painted(" \(share == 0 ? "0" : VisibleText.number(share * scale)) ", share: share)
    }
    return shown.joined() + "  (usual peak \(peak))"
  }
}

/// Texts that can't do anything to a terminal.
enum VisibleText {
  /// The text with marks for what would move the cursor or start an escape sequence.
  ///
  /// Campaign files come from anywhere.
  static func of(_ text: String) -> String {
    var shown = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": shown += "\u{23CE}"
      case "\t": shown += "\u{21E5}"
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
          .unassigned:
          shown += "\u{FFFD}"
        default: shown.unicodeScalars.append(scalar)
        }
      }
    }
    return shown
  }

  /// A number with three digits or so.
  static func number(_ value: Float) -> String {
    guard value.isFinite else { return "\(value)" }
    let places = abs(value) >= 100 ? 0 : abs(value) >= 10 ? 1 : 2
    let factor: Double = places == 0 ? 1 : places == 1 ? 10 : 100
    let rounded = (Double(value) * factor).rounded() / factor
    guard abs(rounded) < 1e15 else { return "\(value)" }
    return places == 0 ? "\(Int(rounded))" : "\(rounded)"
  }

  /// A number without places; as it is where it is no number or far beyond any score.
  static func whole(_ value: Double) -> String {
    value.isFinite && abs(value) < 1e15 ? "\(Int(value.rounded()))" : "\(value)"
  }

  /// A score with its interval, such as `62 (48-75)`; never without.
  static func score(_ score: Score) -> String {
    "\(whole(score.value)) (\(whole(score.low))-\(whole(score.high)))"
  }

  /// A share in per cent.
  static func percent(_ share: Double) -> String {
    guard share.isFinite else { return "\(share)" }
    let value = share * 100
    return "\(value < 1 ? (value * 1_000).rounded() / 1_000 : (value * 10).rounded() / 10) %"
  }

  /// `text` with spaces up to `width`, or as it is where it is longer.
  static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// `text` with spaces before it up to `width`.
  static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
