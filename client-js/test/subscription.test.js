import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ArenaClient } from '../src/index.js';
import { FakeArena } from './support/fake-arena.js';
import { ManualTimers, seededRandom, settle } from './support/manual-timers.js';

async function followed(topic = 'duel/d_1', { snapshot = true, seed = 3 } = {}) {
  const timers = new ManualTimers();
  const arena = new FakeArena({ timers });
  const log = [];
  if (snapshot) {
    arena.topic(topic).snapshot = {
      type: 'duel.snapshot', data: () => ({ seen: arena.topic(topic).offset }),
    };
  }
  const client = new ArenaClient({
    url: 'ws://x', WebSocket: arena.WebSocket, timers, random: seededRandom(seed),
  });
  client.start();
  await settle();
  const subscription = client.subscribe(topic);
  let lost = 0;
  subscription.on('event', (event) => log.push(event));
  subscription.on('lost', () => { lost += 1; });
  await settle();
  return { timers, arena, client, subscription, log, lost: () => lost };
}

const offsets = (log) => log.map((event) => event.offset);

test('a new topic starts with a snapshot and goes on from it', async () => {
  const { arena, log } = await followed();
  arena.publish('duel/d_1', 'duel.started', {});
  await settle();
  assert.deepEqual(log.map((event) => event.type), ['duel.snapshot', 'duel.started']);
});

test('after a cut exactly what was missed arrives', async () => {
  const { timers, arena, log, lost } = await followed();
  arena.publish('duel/d_1', 'a', {});
  await settle();
  arena.cut();
  arena.publish('duel/d_1', 'b', {});
  arena.publish('duel/d_1', 'c', {});
  await timers.advance(2000);
  arena.publish('duel/d_1', 'd', {});
  await settle();
  assert.deepEqual(offsets(log), [0, 1, 2, 3, 4]);
  const asked = arena.received.filter((command) => command.type === 'subscribe').at(-1);
  assert.deepEqual(asked.data, { topic: 'duel/d_1', epoch: 'e1', offset: 1 });
  assert.equal(lost(), 0);
});

test('what can no longer be recovered is replaced by a snapshot, and said', async () => {
  const { timers, arena, log, lost } = await followed();
  arena.cut();
  arena.publish('duel/d_1', 'a', {});
  arena.publish('duel/d_1', 'b', {});
  arena.forget('duel/d_1');
  await timers.advance(2000);
  assert.equal(log.at(-1).type, 'duel.snapshot');
  assert.equal(log.at(-1).offset, 2);
  assert.equal(lost(), 1);
  arena.publish('duel/d_1', 'c', {});
  await settle();
  assert.equal(log.at(-1).offset, 3);
});

test('a new epoch is taken up with its snapshot', async () => {
  const { timers, arena, log } = await followed();
  arena.publish('duel/d_1', 'a', {});
  await settle();
  arena.cut(1012);
  arena.epoch = 'e2';
  arena.topics.get('duel/d_1').events = [];
  await timers.advance(5000);
  assert.equal(log.at(-1).epoch, 'e2');
  arena.publish('duel/d_1', 'b', {});
  await settle();
  assert.equal(log.at(-1).type, 'b');
});

test('a topic without snapshots goes on from the position it is told', async () => {
  const { timers, arena, log, lost } = await followed('me', { snapshot: false });
  arena.publish('me', 'queue.waiting', {});
  await settle();
  arena.cut();
  arena.publish('me', 'duel.matched', {});
  arena.forget('me');
  await timers.advance(2000);
  assert.equal(lost(), 1);
  arena.publish('me', 'notice', {});
  await settle();
  assert.deepEqual(log.map((event) => event.type), ['queue.waiting', 'notice']);
});

test('duplicates are dropped', async () => {
  const { arena, log } = await followed();
  arena.wire = (frame, deliver) => { deliver(frame); deliver(frame); };
  arena.publish('duel/d_1', 'a', {});
  arena.publish('duel/d_1', 'b', {});
  await settle();
  assert.deepEqual(offsets(log), [0, 1, 2]);
});

test('a gap leads to a new subscription from the last good offset', async () => {
  const { arena, log } = await followed();
  arena.publish('duel/d_1', 'a', {});
  await settle();
  arena.wire = (frame, deliver) => { if (frame.offset !== 2) deliver(frame); };
  arena.publish('duel/d_1', 'b', {});
  await settle();
  arena.wire = (frame, deliver) => deliver(frame);
  arena.publish('duel/d_1', 'c', {});
  await settle();
  assert.deepEqual(offsets(log), [0, 1, 2, 3]);
});

for (let seed = 1; seed <= 40; seed += 1) {
  test(`reordered, doubled, dropped and cut frames end in one unbroken stream (seed ${seed})`, async () => {
    const random = seededRandom(seed);
    const { timers, arena, log } = await followed('duel/d_1', { seed });
    const held = [];
    arena.wire = (frame, deliver) => {
      const chance = random();
      if (frame.topic === undefined || frame.type.endsWith('.snapshot')) deliver(frame);
      else if (chance < 0.15) held.push(() => deliver(frame));
      else if (chance < 0.25) { deliver(frame); deliver(frame); }
      else if (chance < 0.3) return;
      else deliver(frame);
      if (random() < 0.4) held.shift()?.();
    };
    for (let i = 0; i < 60; i += 1) {
      arena.publish('duel/d_1', 'tick', { i });
      if (random() < 0.05) arena.cut();
      if (random() < 0.3) await timers.advance(700);
    }
    arena.wire = (frame, deliver) => deliver(frame);
    await timers.advance(20000);
    arena.publish('duel/d_1', 'end', {});
    await timers.advance(1000);
    log.reduce((previous, event) => {
      const follows = event.offset === previous.offset + 1;
      const replaces = event.type === 'duel.snapshot' && event.offset > previous.offset;
      assert.ok(follows || replaces, `${previous.offset} then ${event.type} ${event.offset}`);
      return event;
    });
    assert.equal(log.at(-1).offset, 61);
    assert.equal(log.at(-1).type, 'end');
  });
}

test('a board delta over several versions fits if it starts where we are', async () => {
  const { arena, log } = await followed('board/c_1');
  const topic = arena.topic('board/c_1');
  topic.offset = 4;
  arena.publish('board/c_1', 'board.delta', { from: 0, to: 5, operations: [] });
  await settle();
  assert.equal(log.at(-1).offset, 5);
  topic.offset = 7;
  arena.publish('board/c_1', 'board.delta', { from: 6, to: 8, operations: [] });
  await settle();
  // This server sends the same misfit again and again: the client slows down instead of spinning.
  const asked = () => arena.received.filter((command) => command.type === 'subscribe');
  assert.equal(asked().length, 3);
  assert.equal(asked()[2].data.epoch, undefined);
  assert.equal(log.at(-1).offset, 8);
});

test('for await yields events until the reader leaves', async () => {
  const { arena, subscription } = await followed();
  const seen = [];
  const reading = (async () => {
    for await (const event of subscription) {
      seen.push(event.type);
      if (event.type === 'b') break;
    }
  })();
  arena.publish('duel/d_1', 'a', {});
  arena.publish('duel/d_1', 'b', {});
  arena.publish('duel/d_1', 'c', {});
  await settle();
  await reading;
  assert.deepEqual(seen, ['duel.snapshot', 'a', 'b']);
});

test('a loop that begins late has the snapshot and all that came after it', async () => {
  const { arena, subscription } = await followed();
  for (const type of ['a', 'b', 'c']) arena.publish('duel/d_1', type, {});
  await settle();
  const seen = [];
  for await (const event of subscription) {
    seen.push(event.type);
    if (event.type === 'c') break;
  }
  assert.deepEqual(seen, ['duel.snapshot', 'a', 'b', 'c']);
});

test('a loop that begins so late that not all is kept begins with a new snapshot', async () => {
  const { arena, subscription, lost } = await followed();
  for (let i = 0; i < 600; i += 1) arena.publish('duel/d_1', 'tick', {});
  await settle();
  assert.equal(subscription.lastSnapshot, null);
  const first = await subscription[Symbol.asyncIterator]().next();
  assert.equal(first.value.type, 'duel.snapshot');
  assert.equal(first.value.offset, 600);
  assert.equal(lost(), 0);
});

test('a cut between the answer and its snapshot loses nothing', async () => {
  const { timers, arena, client } = await followed('me');
  const topic = 'duel/d_2';
  arena.topic(topic).snapshot = { type: 'duel.snapshot', data: () => ({}) };
  arena.publish(topic, 'a', {});
  arena.wire = (frame, deliver) => { if (frame.type !== 'duel.snapshot') deliver(frame); };
  const log = [];
  client.subscribe(topic).on('event', (event) => log.push(event));
  await settle();
  arena.wire = (frame, deliver) => deliver(frame);
  arena.cut();
  arena.publish(topic, 'b', {});
  await timers.advance(2000);
  arena.publish(topic, 'c', {});
  await settle();
  assert.deepEqual(log.map(({ type, offset }) => `${type} ${offset}`), ['duel.snapshot 2', 'c 3']);
});

test('a snapshot that somebody else asked for tells nothing new', async () => {
  const { arena, log } = await followed();
  arena.publish('duel/d_1', 'a', {});
  await settle();
  const snapshot = { type: 'duel.snapshot', topic: 'duel/d_1', epoch: 'e1', offset: 1, at: 0, data: {} };
  arena.send(arena.socket, snapshot);
  arena.send(arena.socket, { ...snapshot, offset: 0 });
  await settle();
  assert.deepEqual(log.map((event) => event.type), ['duel.snapshot', 'a']);
  arena.send(arena.socket, { ...snapshot, offset: 5 });
  await settle();
  assert.equal(log.at(-1).offset, 5);
});

test('a loop over a refused topic throws, before and after the refusal', async () => {
  const { arena, client } = await followed();
  arena.on('subscribe', () => ({ error: { code: 'not_found', reason: 'No such duel.' } }));
  const other = client.subscribe('duel/none');
  const read = async () => { for await (const event of other) assert.fail(event.type); };
  const early = assert.rejects(read(), { code: 'not_found' });
  await settle();
  await early;
  await assert.rejects(read(), { code: 'not_found' });
});

test('a refused topic tells its holder', async () => {
  const { arena, client } = await followed();
  arena.on('subscribe', () => ({ error: { code: 'not_found', reason: 'No such duel.' } }));
  const other = client.subscribe('duel/none');
  let code = null;
  other.on('error', (error) => { code = error.code; });
  await settle();
  assert.equal(code, 'not_found');
});

test('two holders share one stream and the last one to leave ends it', async () => {
  const { arena, client, subscription } = await followed();
  const second = client.subscribe('duel/d_1');
  assert.equal(second, subscription);
  second.close();
  await settle();
  assert.ok(!arena.received.some((command) => command.type === 'unsubscribe'));
  subscription.close();
  await settle();
  assert.equal(arena.received.at(-1).type, 'unsubscribe');
});

test('one\u2019s own place on a board comes beside its versions and moves no offset on', async () => {
  const timers = new ManualTimers();
  const arena = new FakeArena({ timers });
  arena.topic('board/c_1').snapshot = { type: 'board.snapshot', data: () => ({ version: arena.topic('board/c_1').offset, count: 0, contest: null, entries: [] }) };
  const client = new ArenaClient({ url: 'ws://x', WebSocket: arena.WebSocket, timers, random: seededRandom(1) });
  client.start();
  await settle();
  const plain = client.subscribe('board/c_1');
  await settle();
  const asked = () => arena.received.filter((command) => command.type === 'subscribe').map(({ data }) => data.own);
  assert.deepEqual(asked(), [undefined]);
  const own = client.subscribe('board/c_1', { own: true });
  assert.equal(own, plain, 'holders share one stream');
  await settle();
  assert.deepEqual(asked(), [undefined, true], 'the wish of one is asked for again');
  const log = [];
  own.on('event', ({ type, offset }) => log.push([type, offset]));
  const { offset, epoch } = own;
  own.receive({ type: 'board.own', topic: 'board/c_1', epoch, offset, at: 0, data: { rank: 3 } });
  own.receive({ type: 'board.own', topic: 'board/c_1', epoch: 'another', offset, at: 0, data: { rank: 4 } });
  own.receive({ type: 'board.delta', topic: 'board/c_1', epoch, offset: offset + 1, at: 0, data: { from: offset, to: offset + 1 } });
  own.receive({ type: 'board.own', topic: 'board/c_1', epoch, offset: offset + 1, at: 0, data: { rank: 5 } });
  assert.deepEqual(log, [['board.own', offset], ['board.delta', offset + 1], ['board.own', offset + 1]]);
  assert.equal(own.offset, offset + 1);
  arena.cut();
  await timers.advance(5000);
  assert.equal(asked().at(-1), true, 'after a reconnect, too');
});
