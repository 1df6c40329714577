// SwiftNIO: /echo, /sub and /pub on one event loop. See README.md.

import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket

setvbuf(stdout, nil, _IONBF, 0)
let hub = Hub()
let upgrader = NIOWebSocketServerUpgrader(
  maxFrameSize: 16 * 1024 * 1024,
  shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture(HTTPHeaders()) },
  upgradePipelineHandler: { channel, request in
    channel.pipeline.addHandler(SocketHandler(path: request.uri, hub: hub))
  })
let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
let channel = try ServerBootstrap(group: group)
  .serverChannelOption(ChannelOptions.backlog, value: 1024)
  .serverChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
  .childChannelInitializer { channel in
    channel.pipeline.configureHTTPServerPipeline(
      withServerUpgrade: (upgraders: [upgrader], completionHandler: { _ in }))
  }
  .childChannelOption(ChannelOptions.tcpOption(.tcp_nodelay), value: 1)
  .bind(host: "127.0.0.1", port: 0).wait()
print("port \(channel.localAddress?.port ?? 0)")
try channel.closeFuture.wait()
