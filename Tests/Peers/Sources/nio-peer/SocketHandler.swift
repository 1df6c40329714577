import NIOCore
import NIOWebSocket

/// Who listens; touched by the one event loop alone.
final class Hub: @unchecked Sendable {
  private var subscribers: [ObjectIdentifier: any Channel] = [:]

  func add(_ channel: any Channel) { subscribers[ObjectIdentifier(channel)] = channel }

  func remove(_ channel: any Channel) { subscribers[ObjectIdentifier(channel)] = nil }

  func publish(_ frame: WebSocketFrame) {
    for channel in subscribers.values { channel.writeAndFlush(frame, promise: nil) }
  }
}

/// One WebSocket connection.
final class SocketHandler: ChannelInboundHandler {
  typealias InboundIn = WebSocketFrame
  typealias OutboundOut = WebSocketFrame

  private let path: String
  private let hub: Hub

  init(path: String, hub: Hub) {
    self.path = path
    self.hub = hub
  }

  func handlerAdded(context: ChannelHandlerContext) {
    if path == "/sub" { hub.add(context.channel) }
  }

  func channelInactive(context: ChannelHandlerContext) {
    hub.remove(context.channel)
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let frame = unwrapInboundIn(data)
    switch frame.opcode {
    case .text, .binary:
      let answer = WebSocketFrame(fin: true, opcode: frame.opcode, data: frame.unmaskedData)
      if path == "/pub" {
        hub.publish(answer)
      } else if path == "/echo" {
        context.write(wrapOutboundOut(answer), promise: nil)
      }
    case .ping:
      let pong = WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData)
      context.write(wrapOutboundOut(pong), promise: nil)
    case .connectionClose:
      let close = WebSocketFrame(fin: true, opcode: .connectionClose, data: frame.unmaskedData)
      context.writeAndFlush(wrapOutboundOut(close)).whenComplete { _ in
        context.close(promise: nil)
      }
    default: break
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) { context.flush() }
}
