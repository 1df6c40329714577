import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { NodeSocket } from '../src/node-socket.js';
import { ArenaClient } from '../src/index.js';

const protocol = 'neuronarena.v1.json';

/** A server that is scripted byte by byte; `script(socket, accept, request)` answers an upgrade. */
async function server(t, script, respond = (_, response) => response.writeHead(404).end()) {
  const http = createServer(respond);
  const sockets = new Set();
  http.on('upgrade', (request, socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    const key = request.headers['sec-websocket-key'];
    const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    script(socket, accept, request);
  });
  await new Promise((resolve) => { http.listen(0, '127.0.0.1', resolve); });
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    http.close();
    http.closeAllConnections();
  });
  return `ws://127.0.0.1:${http.address().port}/v1/socket`;
}

const head = (accept, more = `Sec-WebSocket-Protocol: ${protocol}\r\n`) =>
  `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n${more}\r\n`;

/** Opens a socket and notes what it tells, until it closes. */
function told(url) {
  const events = [];
  const socket = new NodeSocket(url, protocol);
  const closed = new Promise((resolve) => {
    socket.onopen = () => events.push('open');
    socket.onmessage = ({ data }) => events.push(data);
    socket.onclose = ({ code, reason }) => { events.push([code, reason]); resolve(events); };
  });
  return { socket, events, closed };
}

/** A client's masked frames, read. */
function clientFrames(bytes) {
  const frames = [];
  for (let at = 0; at + 2 <= bytes.length;) {
    const short = bytes[at + 1] & 0x7f;
    const size = short < 126 ? 2 : short === 126 ? 4 : 10;
    const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
    assert.equal(bytes[at + 1] & 0x80, 0x80, 'a client masks');
    const mask = bytes.subarray(at + size, at + size + 4);
    const payload = Buffer.from(bytes.subarray(at + size + 4, at + size + 4 + length));
    for (let i = 0; i < payload.length; i += 1) payload[i] ^= mask[i & 3];
    frames.push([bytes[at] & 0x0f, payload]);
    at += size + 4 + length;
  }
  return frames;
}

test('messages come, also with the handshake and in pieces, and a close is answered', async (t) => {
  const answers = [];
  let ended;
  const end = new Promise((resolve) => { ended = resolve; });
  const url = await server(t, (socket, accept, request) => {
    assert.equal(request.headers['sec-websocket-protocol'], protocol);
    socket.on('data', (chunk) => answers.push(chunk));
    socket.on('end', ended);
    socket.write(Buffer.concat([Buffer.from(head(accept)), Buffer.from('8102c3a4', 'hex')]));
    // A ping between fragments, a close with a reason.
    for (const byte of Buffer.from('01026869890170 8001218805 0fa8627965'.replaceAll(' ', ''), 'hex')) socket.write(Buffer.of(byte));
  });
  assert.deepEqual(await told(url).closed, ['open', '\u00e4', 'hi!', [4008, 'bye']]);
  await end;
  const frames = clientFrames(Buffer.concat(answers));
  assert.deepEqual(frames.map(([opcode]) => opcode), [10, 8]);
  assert.equal(frames[0][1].toString(), 'p');
  assert.equal(frames[1][1].readUInt16BE(0), 4008);
});

for (const length of [0, 125, 126, 65535, 65536]) {
  test(`a text of ${length} bytes arrives masked and whole`, async (t) => {
    let bytes = Buffer.alloc(0);
    const url = await server(t, (socket, accept) => {
      socket.write(head(accept));
      socket.on('data', (chunk) => {
        bytes = Buffer.concat([bytes, chunk]);
        if (bytes.length > length + 4) socket.end(Buffer.from('880203e8', 'hex'));
      });
    });
    const { socket, closed } = told(url);
    socket.onopen = () => socket.send('x'.repeat(length));
    await closed;
    assert.deepEqual(clientFrames(bytes)[0], [1, Buffer.from('x'.repeat(length))]);
  });
}

const accepted = (accept) => head(accept);
for (const [name, answer] of [
  ['a wrong proof', () => head('AAAAAAAAAAAAAAAAAAAAAAAAAAA=')],
  ['no subprotocol', (accept) => head(accept, '')],
  ['another subprotocol', (accept) => head(accept, 'Sec-WebSocket-Protocol: other\r\n')],
  ['an extension that was not offered', (accept) =>
    head(accept, `Sec-WebSocket-Protocol: ${protocol}\r\nSec-WebSocket-Extensions: permessage-deflate\r\n`)],
  ['nothing at all', () => null],
  ['no HTTP', () => 'SSH-2.0-x\r\n'],
]) {
  test(`${name} is a failed handshake`, async (t) => {
    const url = await server(t, (socket, accept) => {
      const text = answer(accept);
      if (text === null) socket.destroy();
      else socket.end(text);
    });
    assert.deepEqual(await told(url).closed, [[1006, '']]);
  });
}

for (const [name, bytes, code] of [
  ['a masked frame', '818137fa213d7f', 1002], ['a binary message', '820100', 1003],
  ['bytes that are no text', '8101ff', 1007], ['a message that is too long', '817f0000000000500000', 1009],
]) {
  test(`${name} ends the connection with ${code}, and says so`, async (t) => {
    const answers = [];
    let ended;
    const end = new Promise((resolve) => { ended = resolve; });
    const url = await server(t, (socket, accept) => {
      socket.on('data', (chunk) => answers.push(chunk));
      socket.on('end', ended);
      socket.write(accepted(accept));
      socket.write(Buffer.from(bytes, 'hex'));
    });
    const events = await told(url).closed;
    assert.equal(events.at(-1)[0], code);
    await end;
    assert.equal(clientFrames(Buffer.concat(answers))[0][1].readUInt16BE(0), code);
  });
}

test('a connection that is cut is told as 1006', async (t) => {
  const url = await server(t, (socket, accept) => socket.write(accepted(accept), () => socket.destroy()));
  assert.deepEqual((await told(url).closed).at(-1), [1006, '']);
});

test('nobody there is told as 1006, and no address at all throws', async () => {
  assert.deepEqual(await told('ws://127.0.0.1:1/').closed, [[1006, '']]);
  for (const url of ['', 'http://127.0.0.1/', 'ws://', 'ws://a b/', 'nonsense']) {
    assert.throws(() => new NodeSocket(url, protocol), undefined, url);
  }
});

test('a handshake that is refused for now comes as overload, with what the server says', async (t) => {
  const url = await server(t, (socket) => {
    socket.end('HTTP/1.1 503 Service Unavailable\r\nRetry-After: 7\r\nContent-Length: 9\r\nConnection: close\r\n\r\nStarting.');
  });
  assert.deepEqual(await told(url).closed, [[1013, 'Starting. retry in 7000 ms']]);
});

test('a client in Node needs nothing but the address, and waits as a refusal says', async (t) => {
  const url = await server(t, (socket) => {
    socket.end('HTTP/1.1 429 Too Many Requests\r\nRetry-After: 3\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
  });
  const client = new ArenaClient({ url, WebSocket: NodeSocket });
  const waiting = new Promise((resolve) => { client.on('state', (change) => change.state === 'waiting' && resolve(change)); });
  client.start();
  const { retryAt, close } = await waiting;
  client.stop();
  assert.equal(close.code, 1013);
  assert.ok(retryAt - performance.timeOrigin - performance.now() > 2000);
});

test('a socket that is closed while it connects opens no more', async (t) => {
  let upgrades = 0;
  const url = await server(t, () => { upgrades += 1; });
  const { socket, closed } = told(url);
  socket.close();
  assert.deepEqual(await closed, [[1006, '']]);
  assert.throws(() => socket.send('x'));
  assert.equal(upgrades, 0);
});
