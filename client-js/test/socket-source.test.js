import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ArenaClient } from '../src/index.js';
import { SocketSource } from '../src/socket-source.js';
import { FakeArena } from './support/fake-arena.js';
import { ManualTimers, settle } from './support/manual-timers.js';

const answer = (status, retryAfter, text = 'Starting.') => async () => ({
  status, headers: { get: (name) => (name === 'Retry-After' ? retryAfter : null) }, text: async () => text,
});

async function refused(fetch) {
  const timers = new ManualTimers();
  const arena = new FakeArena({ timers });
  arena.accepts = false;
  const asked = [];
  const client = new ArenaClient({
    url: 'wss://arena.test/v1/socket', WebSocket: arena.WebSocket, timers, random: () => 0.5,
    fetch: (url, init) => { asked.push([url, init]); return fetch(url, init); },
  });
  const changes = [];
  client.on('state', (change) => changes.push(change));
  client.start();
  await settle();
  const last = changes.at(-1);
  return { timers, arena, client, asked, last, waitMs: last.retryAt - timers.time };
}

test('a refused handshake is asked about over HTTP, and Retry-After is obeyed', async () => {
  const { timers, arena, client, asked, last, waitMs } = await refused(answer(503, '20'));
  assert.equal(asked[0][0], 'https://arena.test/v1/socket');
  assert.equal(asked[0][1].credentials, 'omit');
  assert.equal(last.attempt, 1);
  assert.deepEqual(last.close, { code: 1013, reason: 'Starting. retry in 20000 ms' });
  assert.ok(waitMs >= 20_000 && waitMs <= 20_400, String(waitMs));
  arena.accepts = true;
  await timers.advance(19_999);
  assert.equal(client.state, 'waiting');
  await timers.advance(500);
  assert.equal(client.state, 'online');
});

test('a refusal without Retry-After counts as overload', async () => {
  const { waitMs } = await refused(answer(429, null));
  assert.ok(waitMs >= 5000 && waitMs <= 10_000, String(waitMs));
});

for (const [name, fetch] of [
  ['another status', answer(426, '20')], ['no answer', async () => { throw new TypeError('failed'); }],
  ['an answer that never ends', () => new Promise(() => {})],
]) {
  test(`${name} leaves the wait as it is`, async () => {
    const { last, waitMs } = await refused(fetch);
    assert.equal(last.close.code, 1006);
    assert.ok(waitMs <= 400, String(waitMs));
  });
}

test('an answer that comes after the wait changes nothing', async () => {
  let late;
  const { timers, arena, client } = await refused(() => new Promise((resolve) => { late = resolve; }));
  arena.accepts = true;
  await timers.advance(1000);
  assert.equal(client.state, 'online');
  late(await answer(503, '20')());
  await settle();
  assert.equal(client.state, 'online');
});

test('a connection that was open is not asked about', async () => {
  const timers = new ManualTimers();
  const arena = new FakeArena({ timers });
  let asked = 0;
  const client = new ArenaClient({
    url: 'ws://x', WebSocket: arena.WebSocket, timers, fetch: async () => { asked += 1; },
  });
  await client.connected();
  arena.cut();
  await timers.advance(1000);
  assert.equal(client.state, 'online');
  assert.equal(asked, 0);
});

test('the runtime\u2019s own class is taken where there is one, and ours where there is none', async (t) => {
  const own = Object.getOwnPropertyDescriptor(globalThis, 'WebSocket');
  t.after(() => (own ? Object.defineProperty(globalThis, 'WebSocket', own) : delete globalThis.WebSocket));
  const open = (options) => new Promise((resolve) => {
    new SocketSource(options).open('ws://127.0.0.1:1/', 'p', resolve);
  });
  class Runtime {}
  globalThis.WebSocket = Runtime;
  assert.ok(await open({ url: '' }) instanceof Runtime);
  delete globalThis.WebSocket;
  const { NodeSocket } = await import('../src/node-socket.js');
  const socket = await open({ url: '' });
  assert.ok(socket instanceof NodeSocket);
  socket.close();
  class Given { constructor() { throw new SyntaxError('no address'); } }
  assert.equal(await open({ url: '', WebSocket: Given }), null);
});

test('an address that is none is tried again, but not at once for ever', async () => {
  const timers = new ManualTimers();
  let count = 0;
  class Thrower { constructor() { count += 1; throw new SyntaxError('no address'); } }
  const client = new ArenaClient({ url: 'nonsense', WebSocket: Thrower, timers, random: () => 0.9 });
  client.start();
  await timers.advance(60_000);
  assert.ok(count > 3 && count < 15, String(count));
  client.stop();
});
