import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decisions, hrefOf, perSecond, Series, textAfter } from '../web/logic/console.js';
import { applyDuelEvent } from '../web/logic/duel-state.js';

test('a chart keeps the newest at its right edge and the largest at its top', () => {
  const series = new Series(5);
  assert.equal(series.points(40, 10), '');
  for (const value of [1, 2, 4, NaN, -3]) series.add(value);
  assert.equal(series.points(40, 10), '0,7.5 10,5 20,0 30,10 40,10');
  for (const value of [8, 8]) series.add(value);
  assert.equal(series.values.length, 5);
  assert.deepEqual([series.last, series.max], [8, 8]);
  const young = new Series(5);
  young.add(0);
  assert.equal(young.points(40, 10), '40,10');
});

test('a rate is that of the last step, and nothing after a restart or without time', () => {
  assert.equal(perSecond(null, { count: 7, at: 1000 }), 0);
  assert.equal(perSecond({ count: 5, at: 1000 }, { count: 9, at: 3000 }), 2);
  assert.equal(perSecond({ count: 5, at: 1000 }, { count: 2, at: 3000 }), 0);
  assert.equal(perSecond({ count: 5, at: 1000 }, { count: 9, at: 1000 }), 0);
});

test('what a line can be decided with depends on what it is about', () => {
  const report = (/** @type {string} */ about, /** @type {any} */ more = {}) => ({ title: `rude: ${about}`, state: 'waits', player: null, link: null, ...more });
  assert.deepEqual(decisions('texts', { state: 'waits' }), ['restore', 'hide']);
  assert.deepEqual(decisions('texts', { state: 'hidden' }), ['restore']);
  assert.deepEqual(decisions('texts', { state: 'restored' }), ['hide']);
  assert.deepEqual(decisions('reports', report('player/p_1', { player: 'p_1' })), ['mute', 'kick', 'dismiss']);
  assert.deepEqual(decisions('reports', report('duel/d_1/0/1/0', { player: 'p_1', link: 'duel/d_1' })), ['hide', 'mute', 'kick', 'void', 'dismiss']);
  assert.deepEqual(decisions('reports', report('excerpt/e: 1')), ['hide', 'dismiss']);
  assert.deepEqual(decisions('reports', report('duel/d_1', { link: 'duel/d_1' })), ['void', 'dismiss']);
  assert.deepEqual(decisions('flags', { title: 'speed', state: 'closed', player: 'p_1', link: 'duel/d' }), ['reopen']);
});

test('only the known links lead anywhere', () => {
  assert.equal(hrefOf('duel/d_1'), '#/duel/d_1');
  assert.equal(hrefOf('contest/c_1'), '#/board/c_1');
  assert.equal(hrefOf('unit/m/1/mlp/2'), '#/unit/m%2F1%2Fmlp%2F2');
  for (const none of [null, '', 'duel/', 'javascript:alert(1)', 'x/duel/d']) assert.equal(hrefOf(none), null);
});

test('a moderator\u2019s decision changes the reveal that is shown, and no other', () => {
  const view = { id: 'd', reveal: { number: 2, kind: 'write', hidden: [true, false], answers: [{ kind: 'write', text: '' }, { kind: 'write', text: 'b' }], tries: null } };
  const event = { type: 'duel.textChanged', data: { round: 2, seat: 0, attempt: 1, hidden: false, text: 'a' } };
  const next = applyDuelEvent(view, event);
  assert.deepEqual(next.reveal.hidden, [false, false]);
  assert.equal(next.reveal.answers[0].text, 'a');
  assert.deepEqual(view.reveal.hidden, [true, false]);
  assert.equal(applyDuelEvent(view, { ...event, data: { ...event.data, round: 1 } }), view);
  const fire = { id: 'd', reveal: { number: 1, kind: 'fire', answers: [null, null], tries: [[{ attempt: 1, text: 'x', hidden: false }, { attempt: 2, text: 'y', hidden: false }], []] } };
  const hidden = applyDuelEvent(fire, { type: 'duel.textChanged', data: { round: 1, seat: 0, attempt: 2, hidden: true, text: '' } });
  assert.deepEqual(hidden.reveal.tries[0].map((/** @type {any} */ one) => one.text), ['x', '']);
});

test('a hidden clue gives way to another in the round that is open, and what one has written stays', () => {
  const view = { id: 'd', phase: 'question', round: { number: 1, clues: [1, 2] }, you: { answer: { text: 'mine' } } };
  const event = { type: 'duel.cluesChanged', data: { round: { number: 1, clues: [1, 3] } } };
  const next = applyDuelEvent(view, event);
  assert.deepEqual(next.round.clues, [1, 3]);
  assert.equal(next.you.answer.text, 'mine');
  assert.equal(applyDuelEvent({ ...view, round: { number: 2, clues: [] } }, event).round.number, 2);
});

test('the keys go round the texts that can be hidden, from wherever one is', () => {
  const all = ['a', 'b', 'c'];
  assert.deepEqual(['a', 'b', 'c', 'x', null].map((now) => textAfter(all, now, false)), ['b', 'c', 'a', 'a', 'a']);
  assert.deepEqual(['a', 'b', 'c', 'x', null].map((now) => textAfter(all, now, true)), ['c', 'a', 'b', 'c', 'c']);
  assert.equal(textAfter([], null, false), undefined);
  assert.equal(textAfter([], null, true), undefined);
});
