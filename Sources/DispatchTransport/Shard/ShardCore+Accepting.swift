import ArenaTypes
import CLinux
import Glibc

/// Takes new connections, on the first shard, and hands them round.
///
/// One shard accepts for all and deals them out in turn. With a listener a shard (`SO_REUSEPORT`)
/// the kernel would deal them out by a hash of the addresses: a few dozen connections, or many from
/// one proxy, would fall very unevenly. An accept is a tenth of the work of a handshake, and the
/// handshake is done where the connection lands.
final class Acceptor {
  typealias Accept = @Sendable (_ listener: Int32, _ peer: inout ca_address) -> Int32

  let listeners: [ListeningSocket]
  let shards: [Shard]
  /// `accept4`, or what a test puts in its place.
  let accept: Accept
  private var turn = 0

  init(listeners: [ListeningSocket], shards: [Shard], accept: @escaping Accept) {
    self.listeners = listeners
    self.shards = shards
    self.accept = accept
  }

  /// The shard whose turn it is.
  func nextShard() -> Shard {
    turn = (turn + 1) % shards.count
    return shards[turn]
  }
}

extension ShardCore {
  /// How many connections are accepted before the others get their turn again.
  private static let acceptCountMax = 64

  /// Begins to accept.
  func listen(with acceptor: Acceptor) {
    self.acceptor = acceptor
    for (index, listener) in acceptor.listeners.enumerated() {
      _ = poller.addListener(listener.descriptor, index: index)
    }
  }

  func acceptAll(from listenerIndex: Int) {
    guard let acceptor, listenerIndex < acceptor.listeners.count else { return }
    for _ in 0..<Self.acceptCountMax {
      var address = ca_address()
      let descriptor = acceptor.accept(
        acceptor.listeners[listenerIndex].descriptor, &address)
      guard descriptor >= 0 else {
        switch -descriptor {
        case EAGAIN: return
        // That connection was gone before we came; the next may be fine.
        case ECONNABORTED, EINTR, EPROTO: continue
        // Out of descriptors or memory (EMFILE, ENFILE, ENOBUFS, ENOMEM), or worse: the listener
        // stays readable, and to try at once would be to spin.
        default:
          log.resting(errno: -descriptor)
          return restAccepting(from: listenerIndex)
        }
      }
      var peer = PeerAddress(address, listener: listenerIndex)
      peer.isSecure = configuration.listeners[listenerIndex].tls != nil
      welcome(descriptor, peer, acceptor)
    }
  }

  private func welcome(_ descriptor: Int32, _ peer: PeerAddress, _ acceptor: Acceptor) {
    let listener = configuration.listeners[peer.listener]
    let isKnown = listener.forwarding == .none
    let decision =
      listener.isExempt ? admission.admitExempt() : admission.admit(isKnown ? peer.group : nil)
    if decision != .admitted {
      tally.refused += 1
      noteShed()
    }
    if decision == .dropped {
      Glibc.close(descriptor)
      return
    }
    var flags: Connection.Flags = []
    flags.set(.isRefused, to: decision == .refused)
    flags.set(.isExempt, to: listener.isExempt)
    flags.set(
      .isCountedByAddress, to: isKnown && !listener.isExempt && decision == .admitted)
    flags.set(.awaitsProxyHeader, to: listener.forwarding == .proxyProtocol)
    let shard = acceptor.nextShard()
    if shard.index == index {
      adopt(descriptor, peer, flags)
    } else {
      shard.postToCore { [flags] core in core.adopt(descriptor, peer, flags) }
    }
  }

  /// Does not watch a listener for a while.
  private func restAccepting(from listenerIndex: Int) {
    guard let listener = acceptor?.listeners[listenerIndex].descriptor else { return }
    tally.acceptBackOffs += 1
    poller.removeListener(listener)
    scheduler.schedule(after: limits.acceptBackOff) { [unowned self] in
      guard acceptor != nil else { return }
      _ = poller.addListener(listener, index: listenerIndex)
    }
  }

  /// Takes a connection in; the shard owns its descriptor from here on.
  func adopt(_ descriptor: Int32, _ peer: PeerAddress, _ flags: Connection.Flags) {
    let deadline = deadline(after: limits.requestTimeout)
    let slot =
      isRunning && drained == nil
      ? slab.insert { generation in
        Connection(
          descriptor: descriptor, generation: generation, peer: peer, now: tick, deadline: deadline)
      } : nil
    guard let slot else {
      Glibc.close(descriptor)
      release(peer, flags)
      return
    }
    tally.accepted += 1
    tally.connectionsNow += 1
    slab.base[slot].flags = flags
    if configuration.listeners[peer.listener].tls != nil {
      slab.base[slot].flags.insert(.isSecure)
    }
    log.accepted(id(of: slot), peer, isRefused: flags.contains(.isRefused))
    if let byteCount = limits.sendBufferByteCount {
      _ = ca_set_send_buffer(descriptor, Int32(clamping: byteCount))
    }
    if !poller.add(descriptor, id(of: slot)) { breakOff(slot) }
    scheduleSweep()
  }

  /// Takes a connection that has ended out of the counts that it was in.
  func release(_ peer: PeerAddress, _ flags: Connection.Flags) {
    let standing: Admission.Standing =
      flags.contains(.isExempt) ? .exempt : flags.contains(.isRefused) ? .refused : .admitted
    admission.release(flags.contains(.isCountedByAddress) ? peer.group : nil, standing)
  }

  /// Stops accepting, for good.
  func closeListeners() {
    for listener in acceptor?.listeners ?? [] {
      poller.removeListener(listener.descriptor)
      listener.close()
    }
    acceptor = nil
  }
}
