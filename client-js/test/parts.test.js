import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ArenaClient } from '../src/index.js';
import { fakeBrowser } from './support/fake-browser.js';
import { FakeArena } from './support/fake-arena.js';
import { ManualTimers, seededRandom, settle } from './support/manual-timers.js';

async function online(options = {}) {
  const timers = new ManualTimers();
  const arena = new FakeArena({ timers });
  arena.on('unit.try', () => null);
  const client = new ArenaClient({
    url: 'ws://x', WebSocket: arena.WebSocket, timers, random: seededRandom(7), ...options,
  });
  client.start();
  await settle();
  const tell = (frame) => arena.send(arena.socket, { at: 0, command: 'unit.try', ...frame });
  return { timers, arena, client, tell };
}

const sent = (arena) => arena.received.filter((command) => command.type === 'unit.try');

test('parts come in order, before the answer and not after it, each to its own command', async () => {
  const { arena, client, tell } = await online();
  const heard = [[], []];
  const answers = heard.map((parts, i) =>
    client.command('unit.try', { unit: 'u', text: `${i}` }, { onPart: (part) => parts.push(part.from) }));
  await settle();
  const [one, two] = sent(arena).map((command) => command.id);
  tell({ re: one, type: 'part', data: { from: 0 } });
  tell({ re: two, type: 'part', data: { from: 0 } });
  tell({ re: one, type: 'part', data: { from: 32 } });
  tell({ re: 'nobody', type: 'part', data: { from: 9 } });
  tell({ re: one, type: 'ok', data: { tokens: [] } });
  tell({ re: one, type: 'part', data: { from: 64 } });
  tell({ re: two, type: 'error', data: { code: 'superseded', reason: 'Later.', retryable: false, retryAfterMs: null } });
  await settle();
  assert.deepEqual(heard, [[0, 32], [0]]);
  assert.deepEqual(await answers[0], { tokens: [] });
  await assert.rejects(answers[1], { code: 'superseded', retryable: false });
});

test('a part is no answer: without one the command still fails in its time', async () => {
  const { timers, arena, client, tell } = await online({ commandTimeoutMs: 3000, pingEveryMs: 1e9 });
  const waiting = client.command('unit.try', {}, { survives: false });
  const ended = assert.rejects(waiting, { code: 'timed_out' });
  await settle();
  tell({ re: sent(arena)[0].id, type: 'part', data: {} });
  await timers.advance(4000);
  await ended;
});

test('parts reach the tab that asked, and no other one on the same socket', async (t) => {
  const timers = new ManualTimers();
  const arena = new FakeArena({ timers });
  fakeBrowser(t, arena);
  arena.topic('me').snapshot = { type: 'me.snapshot', data: () => ({ player: { id: 'p_1' }, activeDuel: null, run: null }) };
  arena.on('unit.try', () => null);
  let kept = null;
  const identity = { load: () => kept, save: (value) => { kept = value; } };
  const tabs = [];
  for (const seed of [1, 2]) {
    const client = new ArenaClient({ url: 'ws://x/v1/socket', timers, random: seededRandom(seed), identity });
    client.start();
    await settle();
    tabs.push({ client, parts: [] });
  }
  const answers = tabs.map(({ client, parts }, i) =>
    client.command('unit.try', { unit: 'u', text: `${i}` }, { onPart: (part) => parts.push(part) }));
  await settle();
  for (const { id, data } of sent(arena)) {
    for (const from of [0, 32]) arena.send(arena.socket, { re: id, type: 'part', command: 'unit.try', at: 0, data: { from, text: data.text } });
    arena.send(arena.socket, { re: id, type: 'ok', command: 'unit.try', at: 0, data: { text: data.text } });
  }
  await settle();
  assert.equal(arena.sockets.length, 1);
  tabs.forEach(({ parts }, i) => assert.deepEqual(parts, [0, 32].map((from) => ({ from, text: `${i}` }))));
  assert.deepEqual(await Promise.all(answers), [{ text: '0' }, { text: '1' }]);
});
