import assert from 'node:assert/strict';
import { test } from 'node:test';
import { house } from './support/house.js';
import { settle } from './support/manual-timers.js';

test('two tabs of a player speak over one socket', async (t) => {
  const { arena, tab, hellos, browser } = house(t);
  const one = tab();
  await settle();
  const two = tab();
  await settle();
  assert.deepEqual([one.client.state, two.client.state], ['online', 'online']);
  assert.equal(arena.sockets.length, 1);
  assert.equal(browser.hub().socketCount, 1);
  assert.equal(hellos().length, 1);
  assert.equal(two.client.session.player.id, 'p_1');
  assert.equal(two.client.session.secret, null);
});

test('tabs of a new guest that open at one moment are one guest', async (t) => {
  const { arena, tab, hellos } = house(t);
  const tabs = [tab(), tab(), tab()];
  await settle();
  assert.equal(hellos().length, 1);
  assert.equal(arena.sockets.length, 1);
  assert.deepEqual(tabs.map(({ client }) => client.session.player.id), ['p_1', 'p_1', 'p_1']);
});

test('a tab to which storage tells the new guest too late is that guest all the same, and learns the secret', async (t) => {
  const { arena, tab, hellos, timers } = house(t);
  const saved = [];
  const slow = { identity: { load: () => null, save: (value) => saved.push(value) } };
  tab();
  await settle();
  const late = tab(slow);
  await settle();
  assert.equal(arena.sockets.length, 1);
  assert.equal(hellos().length, 1);
  assert.equal(late.client.session.player.id, 'p_1');
  assert.deepEqual(saved.map(({ id, secret }) => [id, typeof secret]), [['p_1', 'string']]);
  // Who knows the player is told no secret.
  assert.equal(tab().client.session, null);
  await settle();
  assert.equal(saved.length, 1);
  // Long after, whoever comes as nobody is somebody new.
  await timers.advance(10_000);
  tab(slow);
  await settle();
  assert.equal(arena.sockets.length, 2);
});

test('a guest whose connection is gone is nobody\u2019s any more', async (t) => {
  const { arena, tab, hellos } = house(t);
  const slow = { identity: { load: () => null, save() {} } };
  const one = tab(slow);
  await settle();
  one.client.stop();
  await settle();
  tab(slow);
  await settle();
  assert.equal(hellos().length, 2);
  assert.equal(arena.sockets.length, 2);
});

test('players who are not the same have a socket each', async (t) => {
  const { arena, tab } = house(t);
  tab();
  await settle();
  tab({ identity: { load: () => ({ id: 'p_2', secret: 'other' }), save() {} } });
  tab({ url: 'ws://y/v1/socket' });
  await settle();
  assert.equal(arena.sockets.length, 3);
});

test('answers go to who asked, events to who follows', async (t) => {
  const { arena, tab } = house(t);
  const [one, two] = [tab(), tab()];
  await settle();
  one.follow('me');
  one.follow('duel/d_1');
  two.follow('me');
  await settle();
  assert.deepEqual(await Promise.all([one.client.command('a'), two.client.command('b')]), [{ done: 1 }, { done: 2 }]);
  arena.publish('me', 'notice', {});
  arena.publish('duel/d_1', 'duel.started', {});
  await settle();
  assert.deepEqual(one.log, ['me.snapshot 0', 'duel.snapshot 0', 'notice 1', 'duel.started 1']);
  assert.deepEqual(two.log, ['me.snapshot 0', 'notice 1']);
});

test('a tab that comes late has its snapshot, and the others hear nothing twice', async (t) => {
  const { arena, tab } = house(t);
  const one = tab();
  one.follow('duel/d_1');
  await settle();
  arena.publish('duel/d_1', 'a', {});
  await settle();
  const two = tab();
  two.follow('duel/d_1');
  await settle();
  arena.publish('duel/d_1', 'b', {});
  await settle();
  assert.deepEqual(one.log, ['duel.snapshot 0', 'a 1', 'b 2']);
  assert.deepEqual(two.log, ['duel.snapshot 1', 'b 2']);
});

test('a later tab is told what the player does now', async (t) => {
  const { arena, tab, timers } = house(t);
  tab();
  await settle();
  arena.activeDuel = 'd_9';
  arena.run = { contest: 'c_3' };
  await timers.advance(5000);
  const two = tab();
  await settle();
  assert.equal(two.client.session.activeDuel, 'd_9');
  assert.equal(two.client.session.activeRun, 'c_3');
  assert.equal(two.client.session.serverTime, arena.now);
});

test('a topic is left when the last tab leaves it', async (t) => {
  const { tab, asked } = house(t);
  const [one, two] = [tab(), tab()];
  await settle();
  const [first, second] = [one.follow('duel/d_1'), two.follow('duel/d_1')];
  await settle();
  first.close();
  await settle();
  assert.equal(asked('unsubscribe').length, 0);
  second.close();
  await settle();
  assert.deepEqual(asked('unsubscribe').map(({ data }) => data.topic), ['duel/d_1']);
});

test('a refused topic is no tab\u2019s', async (t) => {
  const { arena, tab } = house(t);
  const one = tab();
  await settle();
  arena.on('subscribe', () => ({ error: { code: 'not_found', reason: 'None.', retryable: false } }));
  const subscription = one.follow('duel/none');
  await settle();
  assert.equal(subscription.refusal.code, 'not_found');
});

test('a tab that stops leaves the others their socket; the last one closes it', async (t) => {
  const { arena, tab, browser } = house(t);
  const [one, two] = [tab(), tab()];
  await settle();
  one.follow('duel/d_1');
  two.follow('me');
  await settle();
  one.client.stop();
  await settle();
  assert.deepEqual(await two.client.command('a'), { done: 1 });
  assert.equal(arena.received.filter(({ type }) => type === 'unsubscribe')[0].data.topic, 'duel/d_1');
  two.client.stop();
  await settle();
  assert.equal(arena.socket.closedWith, 1000);
  assert.equal(browser.hub().socketCount, 0);
});

test('a frozen tab holds nobody up, is let go after a while, and resumes', async (t) => {
  const { tab, arena, browser, timers } = house(t);
  const [one, two] = [tab(), tab()];
  await settle();
  one.follow('duel/d_1');
  two.follow('duel/d_1');
  await settle();
  const port = browser.ports[0];
  const read = port.onmessage;
  const unread = [];
  port.onmessage = (message) => unread.push(message);
  for (let i = 0; i < 3000; i += 1) {
    arena.publish('duel/d_1', 'tick', {});
    if (i % 500 === 0) await settle();
  }
  await settle();
  assert.equal(two.log.length, 3001);
  assert.ok(unread.length < 2200, String(unread.length));
  // It wakes up.
  port.onmessage = read;
  for (const message of unread) read(message);
  await timers.advance(2000);
  assert.equal(one.client.state, 'online');
  assert.equal(one.log.at(-1), 'tick 3000');
  assert.equal(new Set(one.log).size, one.log.length);
  assert.equal(arena.sockets.length, 1);
});

test('a hello that is refused is refused to all who wait for it', async (t) => {
  const { tab, arena, timers } = house(t);
  arena.on('hello', () => ({ error: { code: 'unavailable', reason: 'Full.', retryable: true, retryAfterMs: 3000 } }));
  const tabs = [tab(), tab()];
  await settle();
  assert.deepEqual(tabs.map(({ client }) => client.state), ['waiting', 'waiting']);
  arena.handlers.delete('hello');
  await timers.advance(10_000);
  assert.deepEqual(tabs.map(({ client }) => client.state), ['online', 'online']);
  assert.equal(arena.sockets.filter((socket) => socket.closedWith === null).length, 1);
});

test('a later tab that can\u2019t be brought up to date now waits as the server says', async (t) => {
  const { tab, arena, timers } = house(t);
  const one = tab();
  await settle();
  arena.on('subscribe', () => ({ error: { code: 'rate_limited', reason: 'Slowly.', retryable: true, retryAfterMs: 2000 } }));
  const two = tab();
  await settle();
  assert.equal(two.client.state, 'waiting');
  assert.equal(one.client.state, 'online');
  arena.handlers.delete('subscribe');
  await timers.advance(10_000);
  assert.equal(two.client.state, 'online');
  assert.equal(arena.sockets.length, 1);
});
