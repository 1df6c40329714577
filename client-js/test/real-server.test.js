import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ArenaClient } from '../src/index.js';
import { NodeSocket } from '../src/node-socket.js';
import { seededRandom } from './support/manual-timers.js';
import { program, realArena } from './support/real-arena.js';
import { roughProxy } from './support/rough-proxy.js';

const skip = program ? false : 'there is no program: make build, or set NEURONARENA_BIN';

/** Waits take a fortieth of their time: what matters is their order, and lines break more often so. */
const hasty = {
  now: () => performance.timeOrigin + performance.now(),
  setTimeout: (work, ms) => setTimeout(work, ms / 40),
  clearTimeout: (timer) => clearTimeout(timer),
};

/** A socket that tells of a failed handshake as little as a browser's does. */
class Taciturn extends NodeSocket {
  set onclose(listen) {
    this._listen = listen && (({ code, reason }) => listen(code === 1013 ? { code: 1006, reason: '' } : { code, reason }));
  }

  get onclose() {
    return this._listen;
  }
}

/** A player that answers each round, and notes all that it sees and is told. */
function player(t, url, seed) {
  const random = seededRandom(seed);
  const client = new ArenaClient({
    url, timers: hasty, random, commandTimeoutMs: 4_000_000, pingTimeoutMs: 400_000,
  });
  t.after(() => client.stop());
  const told = { errors: [], answers: new Map(), events: [], welcomes: 0, duel: null, seat: null };
  client.on('hello', () => { told.welcomes += 1; });
  const keep = (event) => told.events.push(event);
  const wish = (type, data, options) => client.command(type, data, options)
    .catch((error) => told.errors.push(`${type}: ${error.code}`));
  const play = async () => {
    const me = client.subscribe('me');
    me.on('event', keep);
    client.start();
    wish('queue.join', { format: 'pick' });
    for await (const { type, data } of me) {
      if (type === 'duel.matched') ({ duel: told.duel, seat: told.seat } = data);
      if (type === 'me.snapshot' && data.activeDuel) told.duel = data.activeDuel;
      if (told.duel) break;
    }
    const topic = client.subscribe(`duel/${told.duel}`);
    topic.on('event', keep);
    for await (const { type, data } of topic) {
      const round = type === 'duel.roundStarted' ? data.round : type === 'duel.snapshot' ? data.duel.round : null;
      if (round && !told.answers.has(round.number)) {
        const side = random() < 0.5 ? 'a' : 'b';
        told.answers.set(round.number, side);
        wish('duel.answer', { duel: told.duel, round: round.number, answer: { kind: 'pick', side } });
      }
      // Skipping a reveal that has ended meanwhile is refused, and rightly so.
      if (type === 'duel.revealed') client.command('duel.ready', { duel: told.duel, round: data.reveal.number }).catch(() => {});
      const result = type === 'duel.finished' ? data.result : type === 'duel.snapshot' ? data.duel.result : null;
      if (result) return result;
    }
    return assert.fail('The topic ended before the duel.');
  };
  return { client, told, play };
}

/** Of each topic, every event follows the one before it, or is a snapshot that replaces it. */
function assertUnbroken(events) {
  const last = new Map();
  for (const event of events) {
    const before = last.get(event.topic);
    const isSnapshot = event.type.endsWith('.snapshot');
    const follows = before && event.epoch === before.epoch && event.offset === before.offset + 1;
    assert.ok(isSnapshot || follows, `${event.topic}: ${before?.epoch} ${before?.offset}, then ${event.type} ${event.epoch} ${event.offset}`);
    last.set(event.topic, event);
  }
}

/** The answers that the server reveals are those that were given. */
function assertAnswered({ events, answers, seat }) {
  const reveals = events.filter(({ type }) => type === 'duel.revealed').map(({ data }) => data.reveal);
  assert.ok(reveals.length > 0);
  for (const { number, answers: revealed } of reveals) {
    assert.deepEqual(revealed[seat], { kind: 'pick', side: answers.get(number) }, `round ${number}`);
  }
}

// Each has a server of its own, and mostly waits.
describe('against the real server', { concurrency: true, timeout: 180_000 }, () => {
  test('the bot of the README plays a duel to its end', { skip }, async (t) => {
    const { url } = await realArena(t, 'bot-offer-delay=50ms', 'duel-timing-pick=1s');
    const child = spawn(process.execPath, [fileURLToPath(new URL('../examples/bot.js', import.meta.url)), url]);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => { said += text; });
    assert.equal(await new Promise((resolve) => { child.on('exit', resolve); }), 0, said);
    assert.match(said, /^(won|drawn|lost) \d+ : \d+\n$/m);
  });

  for (const seed of [1, 2, 3, 4, 5]) {
    test(`a duel over lines that cut, split and slow is played to its end, each answer once (seed ${seed})`, { skip }, async (t) => {
      const { port } = await realArena(t, 'bot-offer-delay=60s');
      const proxy = await roughProxy(t, port, seed);
      const players = [player(t, proxy.url, seed * 2), player(t, proxy.url, seed * 2 + 1)];
      const results = await Promise.all(players.map((one) => one.play()));
      t.diagnostic(JSON.stringify({ ...proxy.counts, welcomes: players.map(({ told }) => told.welcomes) }));
      assert.deepEqual(results[0], results[1]);
      assert.ok(proxy.counts.cuts > 0);
      for (const { told } of players) {
        assert.deepEqual(told.errors, []);
        assertUnbroken(told.events);
        assertAnswered(told);
      }
    });
  }

  test('a duel goes on over a restart of the server', { skip }, async (t) => {
    const arena = await realArena(t, 'bot-offer-delay=60s');
    const [ada, bob] = [player(t, arena.url, 5), player(t, arena.url, 6)];
    const closes = [];
    ada.client.on('state', (change) => { if (change.close) closes.push(change.close); });
    const matched = new Promise((resolve) => {
      ada.client.subscribe('me').on('event', ({ type }) => { if (type === 'duel.matched') resolve(); });
    });
    const duels = [ada.play(), bob.play()];
    await matched;
    await arena.restart();
    const results = await Promise.all(duels);
    assert.deepEqual(results[0], results[1]);
    assert.equal(closes[0].code, 1012);
    assert.match(closes[0].reason, /retry in \d+ ms/);
    for (const { told } of [ada, bob]) assertUnbroken(told.events);
  });

  for (const [name, options] of [
    ['by the SDK\u2019s own socket', { WebSocket: NodeSocket }],
    ['over HTTP, where a socket does not tell', { WebSocket: Taciturn, fetch: globalThis.fetch }],
  ]) {
    test(`a server that is full is asked ${name} when to come back, and obeyed`, { skip }, async (t) => {
      const { url } = await realArena(t, 'connection-count-per-address-max=1');
      const first = new ArenaClient({ url });
      t.after(() => first.stop());
      await first.connected();
      const second = new ArenaClient({ url, timers: hasty, ...options });
      t.after(() => second.stop());
      const told = new Promise((resolve) => {
        second.on('state', ({ state, close, retryAt }) => { if (close?.code === 1013) resolve({ state, close, retryAt }); });
      });
      const welcome = second.connected();
      const { state, close, retryAt } = await told;
      assert.equal(state, 'waiting');
      assert.match(close.reason, /retry in 5000 ms/);
      assert.ok(retryAt - hasty.now() > 4000);
      first.stop();
      await welcome;
    });
  }
});
