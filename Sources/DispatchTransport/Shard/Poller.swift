import CLinux
import Glibc

/// A shard's epoll set, with the descriptors that belong to the shard itself.
///
/// The descriptors are closed by whoever cancels the shard's Dispatch source, in its cancel handler,
/// and not before: until then libdispatch watches the epoll descriptor.
struct Poller {
  /// What an event is about.
  enum Subject {
    case connection(ConnectionID)
    case mailbox
    case timer
    case listener(Int)
  }

  /// No connection has a shard of 255, so these don't collide with ids.
  private static let ownBase = UInt64(0xFF) << 56
  private static let mailboxData = ownBase
  private static let timerData = ownBase + 1
  private static let listenerData = ownBase + 2

  static let batchSize = 1_024

  let epoll: Int32
  private let timer: Int32
  private let mailbox: Mailbox
  private let events: UnsafeMutablePointer<ca_event>

  init(mailbox: Mailbox) throws(TransportError) {
    self.mailbox = mailbox
    epoll = try TransportError.check(ca_epoll_create(), "epoll_create1")
    timer = try TransportError.check(ca_timerfd(), "timerfd_create")
    events = .allocate(capacity: Self.batchSize)
    let input = UInt32(ca_epoll_in)
    _ = try TransportError.check(
      ca_epoll_add(epoll, mailbox.descriptor, input, Self.mailboxData), "epoll_ctl")
    _ = try TransportError.check(
      ca_epoll_add(epoll, timer, input, Self.timerData), "epoll_ctl")
  }

  /// Waits up to `milliseconds` for events; how many there are.
  func wait(milliseconds: Int) -> Int {
    let count = ca_epoll_wait(
      epoll, events, Int32(Self.batchSize), Int32(clamping: milliseconds))
    // Only EINTR can happen here; it counts as nothing.
    return max(0, Int(count))
  }

  func subject(at index: Int) -> Subject {
    switch events[index].data {
    case Self.mailboxData: .mailbox
    case Self.timerData: .timer
    case Self.listenerData...: .listener(Int(events[index].data - Self.listenerData))
    default: .connection(ConnectionID(rawValue: events[index].data))
    }
  }

  /// Whether the event says only that the peer is gone, or that there is room, or input.
  func bits(at index: Int) -> UInt32 { events[index].events }

  func add(_ descriptor: Int32, _ id: ConnectionID) -> Bool {
    ca_epoll_add(epoll, descriptor, UInt32(ca_epoll_in), id.rawValue) == 0
  }

  func watch(_ descriptor: Int32, input: Bool, output: Bool, _ id: ConnectionID) {
    let bits = (input ? ca_epoll_in : 0) | (output ? ca_epoll_out : 0)
    _ = ca_epoll_modify(epoll, descriptor, UInt32(bits), id.rawValue)
  }

  func addListener(_ descriptor: Int32, index: Int) -> Bool {
    ca_epoll_add(
      epoll, descriptor, UInt32(ca_epoll_in), Self.listenerData + UInt64(index)) == 0
  }

  func removeListener(_ descriptor: Int32) { _ = ca_epoll_remove(epoll, descriptor) }

  /// Makes the epoll descriptor readable after `milliseconds`, while nobody waits in `wait`.
  func armTimer(milliseconds: Int64) { ca_timerfd_arm(timer, max(1, milliseconds)) }

  func clearTimer() { ca_eventfd_clear(timer) }

  /// Closes the descriptors; in the source's cancel handler.
  func close() {
    Glibc.close(epoll)
    Glibc.close(timer)
    events.deallocate()
  }
}
