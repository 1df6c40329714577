// node's ws: /echo, /sub and /pub. See README.md.

import { createServer } from "node:http";
import { createRequire } from "node:module";

// Where Debian's package lies; a node of another origin does not look there.
const { WebSocketServer, WebSocket } = createRequire(import.meta.url)("/usr/share/nodejs/ws");

const server = createServer();
const sockets = new WebSocketServer({
  server,
  perMessageDeflate: false,
  maxPayload: 16 * 1024 * 1024,
});
const subscribers = new Set();

sockets.on("connection", (socket, request) => {
  if (request.url === "/sub") {
    subscribers.add(socket);
    socket.on("close", () => subscribers.delete(socket));
  } else if (request.url === "/pub") {
    socket.on("message", (message, binary) => {
      for (const subscriber of subscribers) {
        if (subscriber.readyState === WebSocket.OPEN) subscriber.send(message, { binary });
      }
    });
  } else {
    socket.on("message", (message, binary) => socket.send(message, { binary }));
  }
});

server.listen({ host: "127.0.0.1", port: 0, backlog: 1024 }, () => {
  console.log(`port ${server.address().port}`);
});
