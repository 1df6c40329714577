// uWebSockets: /echo, /sub and /pub on one thread. See README.md.

#include <cstdio>
#include <string_view>

#include "App.h"

struct Connection {};

using Socket = uWS::WebSocket<false, true, Connection>;

static uWS::App::WebSocketBehavior<Connection> behavior() {
  uWS::App::WebSocketBehavior<Connection> behavior;
  behavior.compression = uWS::DISABLED;
  behavior.maxPayloadLength = 16 * 1024 * 1024;
  behavior.maxBackpressure = 64 * 1024 * 1024;
  behavior.idleTimeout = 0;
  behavior.sendPingsAutomatically = false;
  return behavior;
}

int main() {
  uWS::App app;
  auto echo = behavior();
  echo.message = [](Socket *socket, std::string_view message, uWS::OpCode opcode) {
    socket->send(message, opcode);
  };
  auto subscribe = behavior();
  subscribe.open = [](Socket *socket) { socket->subscribe("all"); };
  auto publish = behavior();
  publish.message = [&app](Socket *, std::string_view message, uWS::OpCode opcode) {
    app.publish("all", message, opcode);
  };
  app.ws<Connection>("/echo", std::move(echo));
  app.ws<Connection>("/sub", std::move(subscribe));
  app.ws<Connection>("/pub", std::move(publish));
  app.listen("127.0.0.1", 0, [](us_listen_socket_t *listener) {
    if (!listener) return;
    std::printf("port %d\n", us_socket_local_port(0, reinterpret_cast<us_socket_t *>(listener)));
    std::fflush(stdout);
  });
  app.run();
}
