import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ArenaClient } from '../src/index.js';
import { FakeArena } from './support/fake-arena.js';
import { ManualTimers, seededRandom, settle } from './support/manual-timers.js';

async function online({ seed = 7, ...options } = {}) {
  const timers = new ManualTimers();
  const arena = new FakeArena({ timers });
  const client = new ArenaClient({
    url: 'ws://x', WebSocket: arena.WebSocket, timers, random: seededRandom(seed), ...options,
  });
  client.start();
  await settle();
  return { timers, arena, client };
}

const busy = { code: 'busy', reason: 'Full.', retryable: true, retryAfterMs: 2000 };
const tooFast = { code: 'rate_limited', reason: 'Slowly.', retryable: true, retryAfterMs: 100 };
const sentOf = (arena, type) => arena.received.filter((command) => command.type === type);

test('what a listener sends at the welcome goes after what waited before it', async () => {
  const { timers, arena, client } = await online();
  arena.cut();
  client.command('first');
  client.on('state', ({ state }) => { if (state === 'online') client.command('second'); });
  client.on('hello', () => client.command('third'));
  await timers.advance(1000);
  assert.deepEqual(arena.effects.map((effect) => effect.type), ['first', 'second', 'third']);
});

test('a full queue does not keep the client from coming back', async () => {
  const { timers, arena, client } = await online({ pendingLimit: 3 });
  arena.cut();
  const waiting = ['a', 'b', 'c'].map((type) => client.command(type));
  await assert.rejects(client.command('d'), { code: 'too_many_pending', retryable: true });
  const me = client.subscribe('me');
  await timers.advance(1000);
  assert.equal(client.state, 'online');
  await Promise.all(waiting);
  assert.deepEqual(arena.effects.map((effect) => effect.type), ['a', 'b', 'c']);
  assert.equal(me.state, 'live');
});

test('a backlog goes out a window at a time, in order', async () => {
  const { timers, arena, client } = await online({ commandWindow: 4 });
  const held = [];
  arena.on('step', () => null);
  arena.cut();
  const answers = Array.from({ length: 12 }, (_, i) => client.command('step', { i }));
  await timers.advance(1000);
  const sent = () => sentOf(arena, 'step');
  assert.equal(sent().length, 4);
  for (let i = 0; i < 12; i += 1) {
    arena.send(arena.socket, { re: sent()[i].id, type: 'ok', data: { i } });
    await settle();
    held.push(sent().length);
  }
  assert.deepEqual(held, [5, 6, 7, 8, 9, 10, 11, 12, 12, 12, 12, 12]);
  assert.deepEqual(await Promise.all(answers), Array.from({ length: 12 }, (_, i) => ({ i })));
  assert.deepEqual(sent().map((command) => command.data.i), Array.from({ length: 12 }, (_, i) => i));
});

test('who was too fast waits as told, and holds back what comes after', async () => {
  const { timers, arena, client } = await online({ random: () => 0 });
  arena.on('one', () => ({ error: tooFast }));
  const one = client.command('one');
  await settle();
  arena.handlers.delete('one');
  const two = client.command('two');
  await timers.advance(99);
  assert.equal(sentOf(arena, 'two').length, 0);
  await timers.advance(1);
  assert.deepEqual([await one, await two], [{ done: 1 }, { done: 2 }]);
  const [first, again] = sentOf(arena, 'one');
  assert.equal(first.id, again.id);
});

test('a refusal for now goes to the caller, unless it is to be repeated', async () => {
  const { timers, arena, client } = await online({ random: () => 0 });
  arena.on('ask', () => ({ error: busy }));
  await assert.rejects(client.command('ask'), { code: 'busy', retryAfterMs: 2000 });
  const patient = client.command('ask', {}, { retry: true });
  const other = client.command('other');
  assert.deepEqual(await other, { done: 1 });
  await timers.advance(1999);
  assert.equal(sentOf(arena, 'ask').length, 2);
  arena.handlers.delete('ask');
  await timers.advance(1);
  assert.deepEqual(await patient, { done: 2 });
  assert.equal(new Set(sentOf(arena, 'ask').map((command) => command.id)).size, 2);
});

test('a command is repeated no longer than it may take', async () => {
  const { timers, arena, client } = await online({ random: () => 0 });
  arena.on('ask', () => ({ error: busy }));
  const answer = assert.rejects(client.command('ask', {}, { retry: true, timeoutMs: 5000 }), { code: 'busy' });
  await timers.advance(5000);
  await answer;
  assert.equal(sentOf(arena, 'ask').length, 3);
});

test('a refusal for good is never repeated', async () => {
  const { arena, client } = await online();
  arena.on('ask', () => ({ error: { code: 'duel_over', reason: 'Over.', retryable: false } }));
  await assert.rejects(client.command('ask', {}, { retry: true }), { code: 'duel_over', retryable: false });
  assert.equal(sentOf(arena, 'ask').length, 1);
});

test('a command refused while the server drains is sent after the reconnect', async () => {
  const { timers, arena, client } = await online();
  arena.on('queue.join', () => ({ error: { code: 'draining', reason: 'Restart.', retryable: true } }));
  const joined = client.command('queue.join', { format: 'pick' }, { retry: true });
  await settle();
  arena.cut(1012, 'restart; retry in 300 ms');
  arena.handlers.delete('queue.join');
  await timers.advance(20_000);
  assert.deepEqual(await joined, { done: 1 });
});

test('what must not wait fails while offline', async () => {
  const { arena, client } = await online();
  arena.cut();
  await assert.rejects(client.command('look', {}, { survives: false }), { code: 'offline', retryable: true });
});

test('what cannot be told as JSON rejects and harms nothing', async () => {
  const { client } = await online();
  const circle = {};
  circle.circle = circle;
  await assert.rejects(client.command('odd', circle), TypeError);
  assert.deepEqual(await client.command('next'), { done: 1 });
});

for (let seed = 1; seed <= 40; seed += 1) {
  test(`commands over cuts, lost answers and rate limits have one effect each, in order (seed ${seed})`, async () => {
    const random = seededRandom(seed);
    const { timers, arena, client } = await online({ seed, commandTimeoutMs: 600_000 });
    let tokens = 6;
    arena.on('step', (data) => {
      if (tokens <= 0) return { error: tooFast };
      tokens -= 1;
      arena.effects.push(data.i);
      return { i: data.i };
    });
    // An answer is lost only with its connection, as over TCP.
    let isLosing = false;
    arena.wire = (frame, deliver) => {
      if ('re' in frame && random() < 0.1) isLosing = true;
      if (!isLosing) deliver(frame);
    };
    const answers = [];
    for (let i = 0; i < 30; i += 1) {
      answers.push(client.command('step', { i }));
      if (isLosing || random() < 0.1) {
        arena.cut([1006, 1001, 4001, 4008][Math.floor(random() * 4)]);
        isLosing = false;
        arena.accepts = random() < 0.7;
      }
      if (random() < 0.4) tokens = 6;
      await timers.advance(random() * 900);
      arena.accepts = true;
    }
    arena.wire = (frame, deliver) => deliver(frame);
    if (isLosing) arena.cut();
    for (let i = 0; i < 60; i += 1) {
      tokens = 6;
      await timers.advance(1000);
    }
    assert.deepEqual((await Promise.all(answers)).map((answer) => answer.i), Array.from({ length: 30 }, (_, i) => i));
    assert.deepEqual(arena.effects, Array.from({ length: 30 }, (_, i) => i));
  });
}
