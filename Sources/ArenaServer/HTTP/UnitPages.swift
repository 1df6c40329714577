package import ArenaProtocol
import ArenaTypes
package import DispatchTransport
package import HTTPCodec
package import Interpretation

/// What is told of units over plain HTTP, to whoever has the link: data for programs, and a card that
/// pages elsewhere may show in a frame.
///
/// Held-out excerpts can't come through here, as they can't through `WireViews`; explicit ones are left
/// out, as nobody has asked to see them, and so is what moderators have hidden.
package struct UnitPages: Sendable {
  private let shown: @Sendable () -> Campaign
  private let summary: Wire.CampaignSummary
  private let links: UnitLinks

  /// Pages of what `campaign` shows whenever one is asked for.
  package init(
    campaign: @escaping @autoclosure @Sendable () -> Campaign, summary: Wire.CampaignSummary
  ) {
    shown = campaign
    self.summary = summary
    links = UnitLinks(campaign: campaign())
  }

  /// Whether a path is one of those that are answered here.
  package func owns(_ path: String) -> Bool {
    path.hasPrefix(UnitLinks.dataPath) || path.hasPrefix(UnitLinks.cardPath)
  }

  /// The answer to a request for one of those paths.
  ///
  /// - Parameter origin: By which the server was asked.
  package func respond(to request: RequestHead, origin: String) -> HTTPReply {
    guard let path = request.decodedPath,
      let id = links.unit(path: path, query: request.query),
      let page = WireViews(campaign: shown()).page(id, showsExplicit: false)
    else {
      return WebRoutes.text(
        .notFound, "There is no such unit, or the link is not whole: its page has the link.")
    }
    return path.hasPrefix(UnitLinks.dataPath) ? data(page) : card(page, origin: origin)
  }

  private func data(_ page: Wire.UnitPage) -> HTTPReply {
    HTTPReply(
      status: .ok,
      fields: WebRoutes.securityFields + [
        HTTPField("Content-Type", "application/json"), HTTPField("Cache-Control", "no-cache"),
      ],
      body: JSONWriter.bytes(of: UnitData(campaign: shown(), summary: summary, unit: page)))
  }

  private func card(_ page: Wire.UnitPage, origin: String) -> HTTPReply {
    let html = WholeAddresses.whole(UnitCardPage(page, campaign: summary).html, origin)
    return HTTPReply(
      status: .ok,
      fields: Self.cardFields + [
        HTTPField("Content-Type", "text/html; charset=utf-8"),
        HTTPField("Cache-Control", "no-cache"),
      ], body: Array(html.utf8))
  }

  /// As of all our pages, but that others may show it in a frame, and that it runs nothing.
  private static let cardFields = [
    HTTPField(
      "Content-Security-Policy",
      "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors *"),
    HTTPField("X-Content-Type-Options", "nosniff"),
    HTTPField("Referrer-Policy", "no-referrer"),
    HTTPField("Cross-Origin-Resource-Policy", "cross-origin"),
    HTTPField(
      "Permissions-Policy",
      "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"),
  ]
}

/// All that is public of a unit, with what one has to know to use it.
struct UnitData: JSONWritable {
  let campaign: Campaign
  let summary: Wire.CampaignSummary
  let unit: Wire.UnitPage

  func write(to writer: inout JSONWriter) {
    let info = campaign.info
    writer.object { writer in
      writer.key("campaign")
      writer.object { writer in
        writer.field("id", info.id)
        writer.field("title", info.title)
        writer.field("model", info.model)
        writer.field("architecture", info.architecture)
        writer.field("modelDigest", info.modelDigest)
        writer.field("practice", summary.practice)
        writer.field("builtAt", info.builtAt)
        writer.key("sources")
        writer.array { writer in
          for source in info.sources { writer.value(SourceData(source: source)) }
        }
      }
      writer.field("unit", unit)
    }
  }

  private struct SourceData: JSONWritable {
    let source: CorpusSource

    func write(to writer: inout JSONWriter) {
      writer.object { writer in
        writer.field("title", source.title)
        writer.field("licence", source.licence)
        writer.field("origin", source.origin)
      }
    }
  }
}
