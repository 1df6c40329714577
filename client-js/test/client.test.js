import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ArenaClient, ArenaError } from '../src/index.js';
import { FakeArena } from './support/fake-arena.js';
import { ManualTimers, seededRandom, settle } from './support/manual-timers.js';

async function arenaWithClient({ seed = 7, options = {}, serverAhead = 0 } = {}) {
  const timers = new ManualTimers();
  const arena = new FakeArena({ timers, serverAhead });
  const saved = [];
  let kept = null;
  const client = new ArenaClient({
    url: 'ws://arena.test/v1/socket', WebSocket: arena.WebSocket, timers,
    random: seededRandom(seed),
    identity: { load: () => kept, save: (value) => { kept = value; saved.push(value); } },
    ...options,
  });
  const states = [];
  client.on('state', (change) => states.push(change));
  client.start();
  await settle();
  return { timers, arena, client, saved, states };
}

test('it speaks the subprotocol and says hello first', async () => {
  const { arena, client, states } = await arenaWithClient();
  assert.equal(arena.socket.protocol, 'neuronarena.v1.json');
  assert.equal(arena.received[0].type, 'hello');
  assert.equal(arena.received[0].data.protocol, 'neuronarena.v1');
  assert.equal(client.state, 'online');
  assert.deepEqual(states.map((change) => change.state), ['connecting', 'online']);
});

test('a new guest is kept and presented at the next connection', async () => {
  const { timers, arena, saved } = await arenaWithClient();
  assert.deepEqual(saved, [{ id: 'p_1', secret: 's3cret' }]);
  assert.equal('player' in arena.received[0].data, false);
  arena.cut();
  await timers.advance(1000);
  const hellos = arena.received.filter((command) => command.type === 'hello');
  assert.deepEqual(hellos[1].data.player, { id: 'p_1', secret: 's3cret' });
  assert.equal(saved.length, 1);
});

test('a command resolves with its answer and rejects with a typed error', async () => {
  const { arena, client } = await arenaWithClient();
  assert.deepEqual(await client.command('queue.leave'), { done: 1 });
  arena.on('duel.answer', () => ({
    error: { code: 'busy', reason: 'The engine is full.', retryable: true, retryAfterMs: 1200, path: null },
  }));
  await assert.rejects(client.command('duel.answer', {}), (error) => {
    assert.ok(error instanceof ArenaError);
    assert.equal(error.code, 'busy');
    assert.equal(error.reason, 'The engine is full.');
    assert.equal(error.retryable, true);
    assert.equal(error.retryAfterMs, 1200);
    return true;
  });
});

test('an unanswered command is sent again under the same id and has one effect', async () => {
  const { timers, arena, client } = await arenaWithClient();
  // The server performs it, but the answer is lost with the connection.
  arena.wire = (frame, deliver) => { if (frame.type !== 'ok') deliver(frame); };
  const answer = client.command('duel.answer', { duel: 'd_1', round: 1 });
  await settle();
  arena.wire = (frame, deliver) => deliver(frame);
  arena.cut();
  await timers.advance(2000);
  assert.deepEqual(await answer, { done: 1 });
  const sent = arena.received.filter((command) => command.type === 'duel.answer');
  assert.equal(sent.length, 2);
  assert.equal(sent[0].id, sent[1].id);
  assert.equal(arena.effects.length, 1);
});

test('commands given while offline go out in order after hello', async () => {
  const { timers, arena, client } = await arenaWithClient();
  arena.cut();
  await settle();
  const first = client.command('rename', { name: 'One' });
  const second = client.command('queue.join', { format: 'pick' });
  assert.equal(arena.effects.length, 0);
  await timers.advance(2000);
  await Promise.all([first, second]);
  assert.deepEqual(arena.effects.map((effect) => effect.type), ['rename', 'queue.join']);
  const types = arena.received.slice(-4).map((command) => command.type);
  assert.ok(types.indexOf('hello') < types.indexOf('rename'));
});

test('a command that is never answered fails after its time', async () => {
  const { timers, arena, client } = await arenaWithClient();
  arena.on('contest.list', () => null);
  const answer = assert.rejects(client.command('contest.list', {}, { timeoutMs: 3000 }),
    { code: 'timed_out', retryable: true });
  await timers.advance(3001);
  await answer;
});

test('more waiting commands than the limit are refused at once', async () => {
  const { arena, client } = await arenaWithClient({ options: { pendingLimit: 2 } });
  arena.on('slow', () => null);
  client.command('slow').catch(() => {});
  client.command('slow').catch(() => {});
  await assert.rejects(client.command('slow'), { code: 'too_many_pending' });
});

test('ids of two clients of one player differ', async () => {
  const one = await arenaWithClient({ seed: 1 });
  const two = await arenaWithClient({ seed: 2 });
  const ids = new Set([...one.arena.received, ...two.arena.received].map((command) => command.id));
  assert.equal(ids.size, one.arena.received.length + two.arena.received.length);
  for (const id of ids) assert.match(id, /^[A-Za-z0-9_-]{1,64}$/);
});

test('waits between attempts grow, with full jitter, up to the cap', async () => {
  const { timers, arena, client, states } = await arenaWithClient();
  arena.accepts = false;
  arena.cut();
  const waits = [];
  for (let i = 0; i < 12; i += 1) {
    const last = states.filter((change) => change.state === 'waiting').at(-1);
    const wait = last.retryAt - timers.time;
    waits.push(wait);
    await timers.advance(wait);
    assert.notEqual(client.state, 'online');
  }
  waits.forEach((wait, i) => assert.ok(wait <= Math.min(15000, 400 * 2 ** i), `${i}: ${wait}`));
  assert.ok(Math.max(...waits) > 5000);
  arena.accepts = true;
  await timers.advance(15001);
  assert.equal(client.state, 'online');
});

test('a connection that is dropped at once does not reset the backoff', async () => {
  const { timers, arena, client } = await arenaWithClient();
  const attempts = [];
  client.on('state', (change) => { if (change.state === 'waiting') attempts.push(change.attempt); });
  for (let i = 0; i < 4; i += 1) {
    arena.cut();
    while (client.state !== 'online') await timers.advance(50);
  }
  assert.deepEqual(attempts, [1, 2, 3, 4]);
  await timers.advance(6000);
  arena.cut();
  assert.equal(attempts.at(-1), 1);
});

for (const code of [4500, 4501, 4503, 4999, 1000, 1002, 1009]) {
  test(`close code ${code} is final`, async () => {
    const { timers, arena, client } = await arenaWithClient();
    arena.on('slow', () => null);
    const waiting = assert.rejects(client.command('slow'), { code: 'closed' });
    arena.cut(code, 'That is all.');
    await waiting;
    assert.equal(client.state, 'stopped');
    await timers.advance(60000);
    assert.equal(arena.sockets.length, 1);
    await assert.rejects(client.command('rename'), { code: 'closed' });
  });
}

for (const code of [1001, 1006, 1011, 4000, 4008, 4499]) {
  test(`close code ${code} is followed by a reconnect`, async () => {
    const { timers, arena, client } = await arenaWithClient();
    arena.cut(code);
    await timers.advance(1000);
    assert.equal(client.state, 'online');
  });
}

test('a restart with a hint is waited for at least that long', async () => {
  const { timers, arena, client } = await arenaWithClient();
  arena.cut(1012, 'restart; retry in 3000 ms');
  await timers.advance(2999);
  assert.equal(client.state, 'waiting');
  await timers.advance(2001);
  assert.equal(client.state, 'online');
});

for (const [code, least, most] of [[1012, 0, 5000], [1013, 5000, 10000], [4029, 30000, 30400]]) {
  test(`close code ${code} is waited for as codes.json advises`, async () => {
    for (const [random, expected] of [[0, least], [1 - 1e-9, most]]) {
      const { timers, arena, client } = await arenaWithClient({ options: { random: () => random } });
      arena.cut(code);
      await timers.advance(Math.max(0, expected - 1));
      assert.equal(client.state, expected === 0 ? 'online' : 'waiting');
      await timers.advance(1);
      assert.equal(client.state, 'online');
    }
  });
}

test('a wrong secret ends the client and does not loop', async () => {
  const timers = new ManualTimers();
  const arena = new FakeArena({ timers });
  arena.on('hello', () => ({
    error: { code: 'bad_secret', reason: 'This player is not known here.', retryable: false },
  }));
  const client = new ArenaClient({ url: 'ws://x', WebSocket: arena.WebSocket, timers, random: () => 0.5 });
  let close = null;
  client.on('state', (change) => { close = change.close; });
  client.start();
  await timers.advance(60000);
  assert.equal(client.state, 'stopped');
  assert.equal(close.code, 4503);
  assert.equal(arena.sockets.length, 1);
});

for (const [code, close] of [['banned', 4501], ['unsupported_protocol', 4504], ['bad_field', 4503]]) {
  test(`a hello refused with ${code} ends as close code ${close} would`, async () => {
    const timers = new ManualTimers();
    const arena = new FakeArena({ timers });
    arena.on('hello', () => ({ error: { code, reason: 'No.', retryable: false } }));
    const client = new ArenaClient({ url: 'ws://x', WebSocket: arena.WebSocket, timers, random: () => 0.5 });
    await assert.rejects(client.connected(), { code: 'closed', reason: 'No.' });
    const last = await new Promise((resolve) => { client.on('state', resolve); client.stop(); });
    assert.equal(last.state, 'stopped');
    assert.equal(arena.sockets.length, 1);
  });
}

test('a hello refused for now is tried again when the server says', async () => {
  const timers = new ManualTimers();
  const arena = new FakeArena({ timers });
  const error = { code: 'unavailable', reason: 'Full.', retryable: true, retryAfterMs: 5000 };
  arena.on('hello', () => ({ error }));
  const client = new ArenaClient({ url: 'ws://x', WebSocket: arena.WebSocket, timers, random: () => 0 });
  const session = client.connected();
  await timers.advance(4999);
  assert.equal(arena.sockets.length, 1);
  arena.handlers.delete('hello');
  await timers.advance(1);
  assert.equal((await session).player.id, 'p_1');
});

test('connected answers at once while online, and follows a start after an end', async () => {
  const { arena, client } = await arenaWithClient();
  assert.equal((await client.connected()).player.id, 'p_1');
  client.stop();
  assert.equal((await client.connected()).player.id, 'p_1');
  assert.equal(arena.sockets.length, 2);
});

test('the server clock is measured through the shortest round trip', async () => {
  const { timers, arena, client } = await arenaWithClient({ serverAhead: 90_000 });
  assert.equal(Math.round(client.clock.now() - timers.time), 90_000);
  // A slow answer must not spoil what a quick one has told.
  arena.wire = (frame, deliver) => timers.setTimeout(() => deliver(frame), 900);
  await timers.advance(20000);
  assert.ok(Math.abs(client.clock.now() - timers.time - 90_000) < 1);
  assert.equal(client.clock.roundTripMs, 0);
});

test('a silent connection is given up and made anew', async () => {
  const { timers, arena, client } = await arenaWithClient();
  arena.mute = true;
  await timers.advance(1000 + 8000 + 10);
  assert.notEqual(client.state, 'online');
  assert.equal(arena.sockets[0].closedWith, 1000);
  arena.mute = false;
  await timers.advance(16000);
  assert.equal(client.state, 'online');
});

test('wake tries at once', async () => {
  const { timers, arena, client } = await arenaWithClient();
  arena.accepts = false;
  arena.cut();
  for (let i = 0; i < 6; i += 1) await timers.advance(15000);
  arena.accepts = true;
  while (client.state !== 'waiting') await timers.advance(10);
  client.wake();
  await settle();
  assert.equal(client.state, 'online');
});

test('stop ends the connection and everything that waits', async () => {
  const { timers, arena, client } = await arenaWithClient();
  arena.on('slow', () => null);
  const waiting = assert.rejects(client.command('slow'), { code: 'closed' });
  client.stop();
  await waiting;
  await timers.advance(60000);
  assert.equal(arena.sockets.length, 1);
  assert.equal(arena.socket.closedWith, 1000);
});

test('a listener that throws keeps nobody else from hearing, and its error is not swallowed', async (t) => {
  const { arena, client } = await arenaWithClient();
  const uncaught = [];
  const plain = globalThis.queueMicrotask;
  t.mock.method(globalThis, 'queueMicrotask', (work) => plain(() => {
    try {
      work();
    } catch (error) {
      uncaught.push(error.message);
    }
  }));
  const subscription = client.subscribe('me');
  await settle();
  const seen = [];
  subscription.on('event', () => { throw new Error('mine'); });
  subscription.on('event', (event) => seen.push(event.type));
  arena.publish('me', 'notice', {});
  await settle();
  assert.deepEqual(seen, ['notice']);
  assert.deepEqual(uncaught, ['mine']);
});

test('loops end quietly at a stop, and throw at an end by the server', async () => {
  const { arena, client } = await arenaWithClient();
  const read = async (topic) => { for await (const event of client.subscribe(topic)) void event; };
  const quiet = read('me');
  await settle();
  client.stop();
  await quiet;
  await client.connected();
  const loud = assert.rejects(read('lobby'), { code: 'closed', reason: 'Out.' });
  await settle();
  arena.cut(4500, 'Out.');
  await loud;
  await assert.rejects(read('lobby'), { code: 'closed' });
});

test('frames that are not what they should be harm nothing', async () => {
  const { arena, client } = await arenaWithClient();
  const errors = [];
  client.on('protocolError', (reason) => errors.push(reason));
  for (const data of ['', '{', 'null', '[]', '7', '{"re":"nobody","type":"ok"}', '{"topic":"x"}']) {
    arena.socket.onmessage({ data });
  }
  arena.socket.onmessage({ data: '{"re":null,"type":"error","data":{"code":"bad_json","reason":"No."}}' });
  assert.deepEqual(errors.at(-1), 'No.');
  assert.deepEqual(await client.command('queue.leave'), { done: 1 });
});
