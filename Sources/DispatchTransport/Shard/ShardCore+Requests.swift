import ArenaCrypto
import ArenaTypes
import HTTPCodec
import WebSocketCodec

/// HTTP on the same port: requests, their responses, and the upgrade.
extension ShardCore {
  /// Answers every request that is whole, one after the other.
  ///
  /// A request that came before the response to the last one is sent waits in the connection, and
  /// meanwhile nothing is read: a peer that does not read can't make us keep more.
  func readRequests(_ bytes: UnsafeMutableRawBufferPointer, at slot: Int) {
    var bytes = bytes
    let connection = slab.base + slot
    while !bytes.isEmpty {
      if connection.pointee.hasUnsent {
        connection.pointee.flags.insert(.isPipelining)
        return keep(bytes, at: slot)
      }
      // Most requests come at once, so the parser's state rarely has to be kept.
      var parser = connection.pointee.request?.parser ?? RequestParser(limits: limits.http)
      switch parser.parse(UnsafeRawBufferPointer(bytes)) {
      case .incomplete:
        beginRequest(parser, at: slot)
        return keep(bytes, at: slot)
      case .violation(let violation):
        tally.badRequests += 1
        count(violation.status)
        log.refused(id(of: slot), status: violation.status.code, why: violation.rawValue)
        put(ResponseWriter.response(to: violation, date: date), at: slot)
        return linger(slot)
      case .request(let head, let body, let byteCount):
        if connection.pointee.request != nil { connection.pointee.request = nil }
        let body = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[body])
        bytes = UnsafeMutableRawBufferPointer(rebasing: bytes[byteCount...])
        if head.asksForWebSocket { return upgrade(head, leftOver: bytes, at: slot) }
        answer(head, body, at: slot)
        guard connection.pointee.phase == .http else { return }
      }
    }
    keep(bytes, at: slot)
    connection.pointee.deadline = deadline(after: limits.keepAliveTimeout)
  }

  /// Notes that a request has begun; the first has had its deadline since the connection's start.
  private func beginRequest(_ parser: RequestParser, at slot: Int) {
    let connection = slab.base + slot
    if let underWay = connection.pointee.request {
      underWay.parser = parser
      return
    }
    if connection.pointee.flags.contains(.hasAsked) {
      connection.pointee.deadline = deadline(after: limits.requestTimeout)
    }
    connection.pointee.request = RequestUnderWay(parser)
  }

  /// What the `Date` of a response says.
  var date: String {
    dates.text(millisecondsSince1970: scheduler.now.millisecondsSinceEpoch)
  }

  private func answer(_ head: RequestHead, _ body: UnsafeRawBufferPointer, at slot: Int) {
    slab.base[slot].flags.insert(.hasAsked)
    tally.requests += 1
    let isRefused = slab.base[slot].flags.contains(.isRefused)
    guard let peer = peer(of: head, at: slot) else { return refuseForwarding(slot) }
    let reply = isRefused ? nil : handler?.respond(to: head, body: body, peer: peer)
    write(
      reply ?? .overloaded, omitsBody: head.method == .head,
      keepsAlive: head.keepsAlive && !isRefused && drained == nil, at: slot)
  }

  /// Answers a request whose proxies did not say where it comes from.
  ///
  /// Not to be told who asks is no reason to believe that the proxy itself does: that would share the
  /// proxy's budget, and its trust, with everybody.
  private func refuseForwarding(_ slot: Int) {
    tally.badForwarding += 1
    let text = "X-Forwarded-For does not name a client for each trusted proxy"
    write(
      HTTPReply(status: .badRequest, text: text), omitsBody: false, keepsAlive: false, at: slot)
  }

  private func write(_ reply: HTTPReply, omitsBody: Bool, keepsAlive: Bool, at slot: Int) {
    do throws(ResponseError) {
      put(
        try ResponseWriter.head(
          reply.status, fields: reply.fields, date: date, bodyByteCount: reply.body.count,
          keepsAlive: keepsAlive),
        at: slot)
      count(reply.status)
      if !omitsBody, !reply.status.forbidsBody { put(reply.body, at: slot) }
    } catch {
      // A field that would break the framing is a mistake of the handler's; the peer learns nothing.
      let failure = try? ResponseWriter.response(
        .internalServerError, date: date, keepsAlive: false)
      count(.internalServerError)
      put(failure ?? [], at: slot)
      return linger(slot)
    }
    if !keepsAlive { linger(slot) }
  }

  // MARK: The upgrade

  private func upgrade(
    _ head: RequestHead, leftOver: UnsafeMutableRawBufferPointer, at slot: Int
  ) {
    let connection = slab.base + slot
    if connection.pointee.flags.contains(.isRefused) || drained != nil {
      return write(.overloaded, omitsBody: false, keepsAlive: false, at: slot)
    }
    let handshake: UpgradeHandshake
    do throws(UpgradeRefusal) {
      handshake = try UpgradeHandshake(head)
    } catch {
      tally.badRequests += 1
      count(error.status)
      log.refused(id(of: slot), status: error.status.code, why: error.rawValue)
      put(ResponseWriter.response(to: error, date: date), at: slot)
      return linger(slot)
    }
    guard let peer = peer(of: head, at: slot) else { return refuseForwarding(slot) }
    connection.pointee.peer = peer
    if let refusal = refusal(slot) {
      return write(refusal, omitsBody: false, keepsAlive: false, at: slot)
    }
    switch handler?.acceptsUpgrade(head, peer: peer) ?? .refuse(.overloaded) {
    case .refuse(let reply): write(reply, omitsBody: false, keepsAlive: false, at: slot)
    case .accept(let subprotocol):
      guard complete(handshake, of: head, subprotocol: subprotocol, at: slot) else { return }
      open(slot, head)
      if connection.pointee.phase == .open, !leftOver.isEmpty { readFrames(leftOver, at: slot) }
    }
  }

  /// Answers a handshake that is welcome; whether it is complete, or was answered with an error.
  private func complete(
    _ handshake: UpgradeHandshake, of head: RequestHead, subprotocol: String?, at slot: Int
  ) -> Bool {
    var extensions: String?
    switch negotiate(head) {
    case .malformed:
      tally.badRequests += 1
      let reply = HTTPReply(status: .badRequest, text: "malformed Sec-WebSocket-Extensions")
      write(reply, omitsBody: false, keepsAlive: false, at: slot)
      return false
    case .plain: break
    case .deflate(let context, let answer):
      slab.base[slot].deflate = context
      extensions = answer
    }
    do throws(CryptoError) {
      let response = try handshake.response(subprotocol: subprotocol, extensions: extensions) {
        bytes throws(CryptoError) in
        Base64.encode(try hash(bytes))
      }
      put(response, at: slot)
      return true
    } catch {
      write(
        HTTPReply(status: .internalServerError), omitsBody: false, keepsAlive: false, at: slot)
      return false
    }
  }

  /// What a well-formed handshake gets that comes at a bad time, or too often.
  private func refusal(_ slot: Int) -> HTTPReply? {
    let connection = slab.base + slot
    guard !connection.pointee.flags.contains(.isExempt) else { return nil }
    if isOverloaded {
      tally.shed += 1
      noteShed()
      return .busy
    }
    if let wait = admission.takeHandshake(
      connection.pointee.peer.group, now: scheduler.monotonicMilliseconds)
    {
      tally.rateLimited += 1
      noteShed()
      return .tooManyHandshakes(retryAfterMilliseconds: wait)
    }
    return join(slot) == .admitted ? nil : .overloaded
  }

  private func hash(_ bytes: UnsafeRawBufferPointer) throws(CryptoError) -> [UInt8] {
    let hasher = if let hasher { hasher } else { try SHA1Hasher() }
    self.hasher = hasher
    return try hasher.hash(bytes)
  }

  private func open(_ slot: Int, _ head: RequestHead) {
    let connection = slab.base + slot
    connection.pointee.phase = .open
    connection.pointee.flags.insert(.isKnownToHandler)
    connection.pointee.deadline = 0
    connection.pointee.rest = []
    tally.handshakes += 1
    count(.switchingProtocols)
    tally.webSocketsNow += 1
    log.upgraded(id(of: slot), path: head.path)
    handler?.connectionOpened(id(of: slot), request: head, peer: connection.pointee.peer)
  }
}
