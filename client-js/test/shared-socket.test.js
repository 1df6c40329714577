import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SharedSocket } from '../src/shared-socket.js';
import { house } from './support/house.js';
import { seededRandom, settle } from './support/manual-timers.js';

/** Makes the arena's sockets those of the runtime, until the test ends. */
function lendSockets(t, arena) {
  const own = Object.getOwnPropertyDescriptor(globalThis, 'WebSocket');
  t.after(() => (own ? Object.defineProperty(globalThis, 'WebSocket', own) : delete globalThis.WebSocket));
  globalThis.WebSocket = arena.WebSocket;
}

test('a tab that dies without a word is noticed by its lock', async (t) => {
  const { tab, asked, browser } = house(t);
  const one = tab();
  await settle();
  const two = tab();
  await settle();
  one.follow('duel/d_1');
  await settle();
  // What a crash leaves behind: a line that says nothing, and a lock that is free.
  const socket = one.client._socket;
  socket._port.postMessage = () => {};
  socket._ending.abort();
  await settle();
  assert.deepEqual(asked('unsubscribe').map(({ data }) => data.topic), ['duel/d_1']);
  assert.equal(browser.hub().socketCount, 1);
  assert.deepEqual(await two.client.command('a'), { done: 1 });
});

test('when the worker dies the tabs notice at once, and have a new one', async (t) => {
  const { tab, arena, browser, timers } = house(t);
  const tabs = [tab(), tab()];
  await settle();
  arena.socket.isOpen = false;
  browser.endWorker();
  await settle();
  assert.deepEqual(tabs.map(({ client }) => client.state), ['waiting', 'waiting']);
  await timers.advance(1000);
  assert.deepEqual(tabs.map(({ client }) => client.state), ['online', 'online']);
  assert.equal(arena.sockets.length, 2);
  assert.equal(browser.hub().socketCount, 1);
});

test('a page that is put away says so, and comes back when it is shown again', async (t) => {
  const { tab, browser, timers, arena } = house(t, { withLocks: false });
  const one = tab();
  await settle();
  browser.hide();
  assert.equal(one.client.state, 'waiting');
  await settle();
  assert.equal(browser.hub().socketCount, 0);
  await timers.advance(1000);
  assert.equal(one.client.state, 'online');
  assert.equal(arena.sockets.length, 2);
});

test('a close reaches all tabs with its code, and one socket brings all back', async (t) => {
  const { tab, arena, timers } = house(t);
  const tabs = [tab(), tab(), tab()];
  await settle();
  for (const { follow } of tabs) follow('duel/d_1');
  await settle();
  const closes = tabs.map(() => null);
  tabs.forEach(({ client }, i) => client.on('state', (change) => { closes[i] ??= change; }));
  arena.cut(1012, 'restart; retry in 700 ms');
  arena.publish('duel/d_1', 'a', {});
  await settle();
  for (const { state, close, retryAt } of closes) {
    assert.equal(state, 'waiting');
    assert.equal(close.code, 1012);
    assert.ok(retryAt >= timers.time + 700);
  }
  await timers.advance(2000);
  assert.equal(arena.sockets.length, 2);
  for (const { client, log } of tabs) {
    assert.equal(client.state, 'online');
    assert.deepEqual(log, ['duel.snapshot 0', 'a 1']);
  }
});

test('a final close ends all tabs', async (t) => {
  const { tab, arena, timers } = house(t);
  const tabs = [tab(), tab()];
  await settle();
  arena.cut(4500, 'Out.');
  await timers.advance(60_000);
  assert.deepEqual(tabs.map(({ client }) => client.state), ['stopped', 'stopped']);
  assert.equal(arena.sockets.length, 1);
});

test('tabs whose socket is refused ask why, and wait as they are told', async (t) => {
  const { tab, arena, timers } = house(t);
  arena.accepts = false;
  const fetch = async () => ({ status: 503, headers: { get: () => '9' }, text: async () => 'Full.' });
  const tabs = [tab({ fetch }), tab({ fetch })];
  await settle();
  const count = arena.sockets.length;
  arena.accepts = true;
  await timers.advance(8999);
  assert.equal(arena.sockets.length, count);
  await timers.advance(2000);
  assert.deepEqual(tabs.map(({ client }) => client.state), ['online', 'online']);
});

test('a socket that died in silence is given up for all tabs at once', async (t) => {
  const { tab, arena, timers, browser } = house(t);
  const tabs = [tab(), tab()];
  await settle();
  arena.mute = true;
  await timers.advance(1000 + 8000 + 10);
  arena.mute = false;
  await timers.advance(20_000);
  assert.deepEqual(tabs.map(({ client }) => client.state), ['online', 'online']);
  assert.equal(arena.sockets.length, 2);
  assert.equal(arena.sockets[0].closedWith, 1000);
  assert.equal(browser.hub().socketCount, 1);
});

test('a tab that only thinks so, after a sleep, does not take the socket from the others', async (t) => {
  const { tab, arena, timers } = house(t);
  const [one, two] = [tab(), tab()];
  await settle();
  // Its timer fires before the answer that lies there is read.
  one.client._dead('The connection went silent.');
  await settle();
  assert.equal(two.client.state, 'online');
  await timers.advance(1000);
  assert.equal(one.client.state, 'online');
  assert.equal(arena.sockets.length, 1);
});

for (let seed = 1; seed <= 25; seed += 1) {
  test(`tabs that come, go, freeze and are cut each have an unbroken stream and one effect a command (seed ${seed})`, async (t) => {
    const random = seededRandom(seed * 101);
    const { tab, arena, timers, browser } = house(t);
    const tabs = [];
    const answers = [];
    const open = () => {
      const one = tab({ commandTimeoutMs: 600_000 });
      one.events = [];
      one.client.subscribe('duel/d_1').on('event', (event) => one.events.push(event));
      tabs.push(one);
    };
    open();
    await settle();
    for (let i = 0; i < 60; i += 1) {
      const chance = random();
      const [some] = tabs.slice(Math.floor(random() * tabs.length));
      if (chance < 0.15 && tabs.length < 5) open();
      else if (chance < 0.22 && tabs.length > 1) {
        tabs.splice(tabs.indexOf(some), 1);
        some.client.stop();
      } else if (chance < 0.32) arena.cut([1006, 1001, 4001, 4008][Math.floor(random() * 4)]);
      else if (chance < 0.36) some.client._dead('It seems so.');
      else if (chance < 0.4) browser.hide();
      else if (chance < 0.65) answers.push(some.client.command('step', { i }).catch((error) => error.code));
      arena.publish('duel/d_1', 'tick', { i });
      if (random() < 0.6) await timers.advance(random() * 1200);
    }
    await timers.advance(60_000);
    arena.publish('duel/d_1', 'end', {});
    await timers.advance(2000);
    for (const { client, events } of tabs) {
      assert.equal(client.state, 'online');
      assert.equal(events.at(-1).type, 'end');
      events.reduce((before, event) => {
        const follows = event.offset === before.offset + 1 || (event.type === 'duel.snapshot' && event.offset >= before.offset);
        assert.ok(follows, `${before.offset} then ${event.type} ${event.offset}`);
        return event;
      });
    }
    const done = (await Promise.all(answers)).map((answer) => answer.done).filter(Boolean);
    assert.equal(new Set(done).size, done.length);
    assert.ok(arena.effects.length <= answers.length);
    assert.equal(browser.hub().socketCount, 1);
    assert.equal(arena.sockets.filter((socket) => socket.isOpen).length, 1);
    for (const { client } of tabs) client.stop();
    await settle();
    assert.equal(browser.hub().socketCount, 0);
  });
}

test('a tab can have a connection of its own', async (t) => {
  const { tab, browser, arena } = house(t);
  lendSockets(t, arena);
  const one = tab({ shared: false });
  await settle();
  assert.equal(one.client.state, 'online');
  assert.equal(browser.workers.size, 0);
});

test('where the worker can\u2019t run, each tab has a connection of its own', async (t) => {
  const { tab, browser, arena, timers } = house(t);
  lendSockets(t, arena);
  browser.breaks = true;
  let asked = 0;
  const fetch = async () => { asked += 1; };
  const [one, two] = [tab({ fetch }), tab({ fetch })];
  await timers.advance(1000);
  assert.deepEqual([one.client.state, two.client.state], ['online', 'online']);
  assert.equal(arena.sockets.length, 2);
  assert.equal(asked, 0);
  // It stays so: the last test of this file.
  assert.equal(SharedSocket.isAvailable, false);
});
