import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { NodeSocket } from '../src/node-socket.js';
import { ArenaClient } from './first-client/client.js';
import { applyDuelEvent, seatState } from './first-client/duel-state.js';
import { FakeArena } from './support/fake-arena.js';
import { ManualTimers } from './support/manual-timers.js';
import { program, realArena } from './support/real-arena.js';

const skip = program ? false : 'there is no program: make build, or set NEURONARENA_BIN';
const vectors = JSON.parse(readFileSync(new URL('../../protocol/vectors/messages.json', import.meta.url), 'utf8'));
/** Every event that today's protocol has. */
const events = vectors.frames.filter(({ invalidAt }) => invalidAt === undefined).map(({ text }) => JSON.parse(text)).filter(({ topic }) => topic);

/** A first client that is online at a scripted arena, and what it complains of. */
async function online() {
  const timers = new ManualTimers();
  const arena = new FakeArena({ timers });
  const client = new ArenaClient({ url: 'ws://arena/v1/socket', WebSocket: arena.WebSocket, timers, random: () => 0.5 });
  const complaints = [];
  client.on('protocolError', (reason) => complaints.push(reason));
  client.start();
  await timers.advance(10);
  return { arena, client, timers, complaints };
}

test('the first client takes every event of today, and goes on', async () => {
  const { arena, client, timers, complaints } = await online();
  const seen = [];
  const topics = new Set(events.map(({ topic }) => topic));
  for (const topic of topics) {
    arena.topic(topic).snapshot = { type: topic === 'me' ? 'me.snapshot' : `${topic.split('/')[0]}.snapshot`, data: () => ({}) };
    client.subscribe(topic).on('event', (event) => seen.push(event.type));
  }
  await timers.advance(10);
  seen.length = 0;
  for (const { topic, type, data } of events) arena.publish(topic, type, data);
  arena.publish('me', 'something.nobodyKnew', { deep: [{ odd: null }] });
  await timers.advance(10);
  assert.deepEqual(complaints, []);
  assert.equal(client.state, 'online');
  const lossless = events.filter(({ topic }) => topic === 'me' || topic.startsWith('duel/'));
  for (const { type } of lossless) assert.ok(seen.includes(type), type);
  assert.ok(seen.includes('something.nobodyKnew'));
  // Whatever came, it still does what it is told.
  assert.ok(await client.command('rename', { name: 'Ada' }));
  client.stop();
});

test('the first model of a duel is moved on by today\u2019s events, and lets unknown ones pass', () => {
  const snapshot = events.find(({ type }) => type === 'duel.snapshot');
  let view = applyDuelEvent(null, snapshot);
  assert.equal(view.id, snapshot.data.duel.id);
  for (const event of events.filter(({ topic }) => topic.startsWith('duel/'))) {
    view = applyDuelEvent(view, event);
    for (const seat of [0, 1]) assert.equal(typeof seatState(view, seat).text, 'string');
  }
  const before = applyDuelEvent(view, events.find(({ type }) => type === 'duel.finished'));
  assert.equal(before.phase, 'finished');
  assert.deepEqual(applyDuelEvent(before, { type: 'duel.nobodyKnew', data: { phase: 'question' } }), before);
});

test('a ghost is a bot to the first client, and so is labelled', () => {
  const schema = JSON.parse(readFileSync(new URL('../../protocol/schemas/values/enums.json', import.meta.url), 'utf8'));
  assert.deepEqual(schema.$defs.seatKind.enum, ['human', 'bot']);
});

/** Plays pick rounds as the first web app did: it answers what it is shown and skips reveals. */
async function play(client, id) {
  const topic = client.subscribe(`duel/${id}`);
  let view = null;
  const answered = new Set();
  for await (const event of topic) {
    view = applyDuelEvent(view, event);
    const number = view?.round?.number;
    if (view?.phase === 'question' && !answered.has(number)) {
      answered.add(number);
      await client.command('duel.answer', { duel: id, round: number, answer: { kind: 'pick', side: 'a' } });
    }
    if (event.type === 'duel.revealed') client.command('duel.ready', { duel: id, round: event.data.reveal.number }).catch(() => {});
    if (view?.result) return { view, answered };
  }
  return assert.fail('The topic ended before the duel.');
}

test('the first client plays duels against a person and a bot on today\u2019s server', { skip, timeout: 180_000 }, async (t) => {
  const { url } = await realArena(t);
  const complaints = [];
  const join = () => {
    const client = new ArenaClient({ url, WebSocket: NodeSocket });
    t.after(() => client.stop());
    client.on('protocolError', (reason) => complaints.push(reason));
    const matched = new Promise((resolve) => {
      client.subscribe('me').on('event', ({ type, data }) => { if (type === 'duel.matched') resolve(data.duel); });
    });
    client.start();
    return { client, matched };
  };
  const [ada, bob] = [join(), join()];
  await Promise.all([ada, bob].map(({ client }) => client.command('queue.join', { format: 'pick' })));
  const duel = await ada.matched;
  assert.equal(await bob.matched, duel);
  const [one, two] = await Promise.all([ada, bob].map(({ client }) => play(client, duel)));
  assert.deepEqual(one.view.result, two.view.result);
  assert.ok(one.answered.size >= 5 && one.view.history.length === one.answered.size);
  const practice = await ada.client.command('queue.acceptBot', { format: 'pick' });
  const bot = await play(ada.client, practice.duel);
  assert.equal(bot.view.players[1].kind, 'bot');
  assert.deepEqual(complaints, []);
});
