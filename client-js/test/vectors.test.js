import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ArenaClient, ArenaError, Board, closeAdvice } from '../src/index.js';
import { applyDuelEvent } from '../web/logic/duel-state.js';
import { settle } from './support/manual-timers.js';

/** The same files that the server's tests run. */
const protocolFile = (path) => JSON.parse(readFileSync(new URL(`../../protocol/${path}`, import.meta.url), 'utf8'));
const messages = protocolFile('vectors/messages.json');
const codes = protocolFile('codes.json');
const deltas = protocolFile('vectors/board/deltas.json');

test('there are vectors to run', () => {
  assert.ok(messages.frames.length > 100);
  assert.ok(messages.commands.length > 100);
  assert.ok(deltas.length > 3);
});

/** A client that is online and follows what the vectors speak of. */
async function listening() {
  let socket = null;
  const client = new ArenaClient({
    url: 'ws://x', random: () => 0.5,
    timers: { now: () => 0, setTimeout: () => 0, clearTimeout: () => {} },
    WebSocket: class {
      constructor() { socket = this; this.sent = []; queueMicrotask(() => this.onopen()); }
      send(text) { this.sent.push(JSON.parse(text)); }
      close() {}
    },
  });
  client.start();
  await settle();
  const answer = (command, data) => socket.onmessage({ data: JSON.stringify({ re: command.id, type: 'ok', command: command.type, at: 0, data }) });
  answer(socket.sent[0], { player: { id: 'p' }, secret: null, serverTime: 0 });
  await settle();
  return { client, socket: () => socket, answer };
}

test('every valid event of the vectors reaches the one who follows its topic', async () => {
  const { client, socket } = await listening();
  let count = 0;
  for (const { name, text, invalidAt } of messages.frames) {
    const frame = JSON.parse(text);
    if (invalidAt !== undefined || frame.topic === undefined) continue;
    const subscription = client.subscribe(frame.topic);
    const seen = [];
    const stop = subscription.on('event', (event) => seen.push(event));
    // On a board the offset is the version; the vectors number all frames alike.
    if (frame.type === 'board.delta') frame.offset = frame.data.to;
    const from = frame.data.from ?? frame.offset - 1;
    subscription.accepted({ epoch: frame.epoch, offset: from, recovered: false });
    socket().onmessage({ data: JSON.stringify(frame) });
    assert.deepEqual(seen, [frame], name);
    stop();
    subscription.close();
    count += 1;
  }
  assert.ok(count >= 25);
});

test('every valid answer and refusal of the vectors settles its command', async () => {
  const { client, socket } = await listening();
  for (const { name, text, invalidAt } of messages.frames) {
    const frame = JSON.parse(text);
    if (invalidAt !== undefined || typeof frame.re !== 'string') continue;
    /** @type {any[]} */
    const parts = [];
    const waiting = client.command('x', {}, { onPart: (part) => parts.push(part) });
    socket().onmessage({ data: JSON.stringify({ ...frame, re: socket().sent.at(-1).id }) });
    if (frame.type === 'part') {
      assert.deepEqual(parts, [frame.data], name);
    } else if (frame.type === 'ok') {
      assert.deepEqual(await waiting, frame.data, name);
    } else {
      await assert.rejects(waiting, (error) => error instanceof ArenaError && error.code === frame.data.code &&
        error.retryable === frame.data.retryable && error.retryAfterMs === frame.data.retryAfterMs);
    }
  }
});

test('what the client sends has the shape of a command', async () => {
  const { client, socket } = await listening();
  client.command('ping', { clientTime: 5 }).catch(() => {});
  for (const command of socket().sent) {
    assert.deepEqual(Object.keys(command), ['id', 'type', 'data']);
    assert.match(command.id, /^[A-Za-z0-9_-]{1,64}$/);
  }
  const hello = socket().sent[0];
  const schema = protocolFile('schemas/commands/hello.json');
  const allowed = Object.keys(schema.properties.data.properties);
  for (const key of Object.keys(hello.data)) assert.ok(allowed.includes(key), key);
  for (const key of schema.properties.data.required) assert.ok(key in hello.data, key);
});

test('every close code is taken as codes.json says', () => {
  for (const { code, retryable, advice } of codes.closeCodes) {
    const { retry, afterMs, spreadMs } = closeAdvice(code, '');
    assert.equal(retry, retryable, String(code));
    const [, from] = /(?:after|from) (\d+) s\b/.exec(advice) ?? [];
    assert.equal(afterMs ?? 0, from ? Number(from) * 1000 : 0, advice);
    const [, part] = /random part of (\d+) s\b/.exec(advice) ?? [];
    if (part) assert.equal(spreadMs, Number(part) * 1000, advice);
  }
  for (const { from, to, retryable } of codes.closeCodeRanges) {
    for (const code of [from, to]) assert.equal(closeAdvice(code, '').retry, retryable);
  }
});

for (const { name, before, after, operations } of deltas) {
  test(`board delta: ${name}`, () => {
    const board = new Board();
    board.apply({ type: 'board.snapshot', data: { version: 1, count: 0, entries: before, contest: null } });
    const flat = operations.map((step) => {
      const [[op, fields]] = Object.entries(step);
      return { op, ...fields };
    });
    assert.equal(board.apply({ type: 'board.delta', data: { from: 1, to: 2, count: 0, contest: null, operations: flat } }), 'applied');
    assert.deepEqual(board.entries, after);
  });
}

test('the duel of the vectors takes every event of a duel', () => {
  const frames = messages.frames.filter(({ invalidAt }) => invalidAt === undefined).map(({ text }) => JSON.parse(text));
  let view = applyDuelEvent(null, frames.find(({ type }) => type === 'duel.snapshot'));
  for (const frame of frames) {
    if (!frame.type.startsWith('duel.') || !String(frame.topic).startsWith('duel/')) continue;
    view = applyDuelEvent(view, frame);
    assert.equal(view.players.length, 2, frame.type);
  }
  assert.ok(view.result !== undefined);
});
