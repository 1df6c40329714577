import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyDuelEvent, applyOwnAnswer, applyPrivateEvent, roundMarks, seatState, verdict } from '../web/logic/duel-state.js';

const seat = (name) => ({ player: `p_${name}`, name, kind: 'human', rating: 1500, deviation: 90, connected: true });
const round = (number, kind = 'pick') => ({ number, of: 5, kind, suddenDeath: false, weight: 1, unit: { id: 'm/1/mlp/2' }, clues: [],
  startedAt: 1000, deadline: 31000, options: { a: 'x', b: 'y' }, taboo: null, tries: kind === 'fire' ? 3 : null, full100: null });

function opened(kind = 'pick', you = { seat: 0, answer: null, textState: null, refused: null, tries: [], triesLeft: null }) {
  const duel = { id: 'd_1', format: kind, rounds: 5, players: [seat('Ada'), seat('Bob')], private: false, rated: true, startsAt: 0,
    phase: 'countdown', phaseEndsAt: 0, round: null, lockedIn: [false, false], ready: [false, false], reveal: null, totals: [0, 0],
    history: [], claimableAt: [null, null], result: null, spectators: 0, you };
  const view = applyDuelEvent(null, { type: 'duel.snapshot', data: { duel } });
  return applyDuelEvent(view, { type: 'duel.roundStarted', data: { round: round(1, kind) } });
}

const reveal = (more = {}) => ({ number: 1, kind: 'pick', unit: { id: 'm/1/mlp/2' }, weight: 1, suddenDeath: false, counted: true,
  points: [140, 0], answers: [{ kind: 'pick', side: 'a' }, null], right: 'a', shared: false, ...more });

test('events before a snapshot change nothing', () => {
  assert.equal(applyDuelEvent(null, { type: 'duel.lockedIn', data: { seat: 0 } }), null);
});

test('a round opens, is locked, is revealed, and the next one starts clean', () => {
  let view = opened();
  assert.equal(view.phase, 'question');
  assert.equal(view.phaseEndsAt, 31000);
  view = applyOwnAnswer(view, { kind: 'pick', side: 'a' }, { round: 1, attempt: null, triesLeft: null });
  view = applyDuelEvent(view, { type: 'duel.lockedIn', data: { round: 1, seat: 0 } });
  assert.deepEqual(view.lockedIn, [true, false]);
  view = applyDuelEvent(view, { type: 'duel.revealed', data: { reveal: reveal(), totals: [140, 0], nextAt: 40000 } });
  assert.equal(view.phase, 'reveal');
  assert.deepEqual(view.totals, [140, 0]);
  assert.equal(view.history.length, 1);
  view = applyDuelEvent(view, { type: 'duel.readied', data: { round: 1, seat: 1 } });
  assert.deepEqual(view.ready, [false, true]);
  view = applyDuelEvent(view, { type: 'duel.roundStarted', data: { round: round(2) } });
  assert.deepEqual([view.lockedIn, view.ready, view.reveal, view.you.answer], [[false, false], [false, false], null, null]);
});

test('a view is never changed in place', () => {
  const view = opened();
  const before = JSON.stringify(view);
  for (const event of [{ type: 'duel.lockedIn', data: { seat: 1 } }, { type: 'duel.spectators', data: { count: 3 } },
    { type: 'duel.presence', data: { seat: 1, connected: false, claimableAt: 9 } },
    { type: 'duel.revealed', data: { reveal: reveal(), totals: [1, 0], nextAt: 5 } },
    { type: 'duel.clockMoved', data: { byMilliseconds: 10, phaseEndsAt: 20 } }]) applyDuelEvent(view, event);
  applyPrivateEvent(view, { type: 'duel.writeChecked', data: { duel: 'd_1', round: 1, text: 't', accepted: true, refused: null } });
  assert.equal(JSON.stringify(view), before);
});

test('an outage moves the clocks', () => {
  const view = applyDuelEvent(opened(), { type: 'duel.clockMoved', data: { byMilliseconds: 5000, phaseEndsAt: 36000 } });
  assert.deepEqual([view.round.startedAt, view.round.deadline, view.phaseEndsAt], [6000, 36000, 36000]);
});

test('a check that overtakes the acknowledgement is not forgotten', () => {
  const checked = applyPrivateEvent(opened('write'), { type: 'duel.writeChecked',
    data: { duel: 'd_1', round: 1, text: 'storms', accepted: true, refused: null } });
  const view = applyOwnAnswer(checked, { kind: 'write', text: 'storms' }, { round: 1, attempt: null, triesLeft: null });
  assert.equal(view.you.textState, 'accepted');
});

test('an acknowledgement of an earlier round says nothing about this one', () => {
  const view = opened();
  assert.equal(applyOwnAnswer(view, { kind: 'pick', side: 'a' }, { round: 9, triesLeft: null }), view);
});

test('fire results take their place by attempt, also when told twice', () => {
  const told = (attempt, points) => ({ type: 'duel.fireResult',
    data: { duel: 'd_1', round: 1, result: { attempt, points, state: 'measured' }, triesLeft: 3 - attempt } });
  let view = opened('fire');
  view = applyPrivateEvent(view, told(2, 20));
  view = applyPrivateEvent(view, told(1, 50));
  view = applyPrivateEvent(view, told(2, 25));
  assert.deepEqual(view.you.tries.map((item) => [item.attempt, item.points]), [[1, 50], [2, 25]]);
});

test('private events of another duel or to a spectator change nothing', () => {
  const watching = opened('fire', null);
  const event = { type: 'duel.fireResult', data: { duel: 'd_1', round: 1, result: { attempt: 1 }, triesLeft: 2 } };
  assert.equal(applyPrivateEvent(watching, event), watching);
  const view = opened('fire');
  assert.equal(applyPrivateEvent(view, { ...event, data: { ...event.data, duel: 'd_2' } }), view);
});

test('a seat says how it stands', () => {
  const view = opened();
  assert.equal(seatState(view, 0).kind, 'plain');
  assert.equal(seatState(applyDuelEvent(view, { type: 'duel.lockedIn', data: { seat: 0 } }), 0).kind, 'locked');
  const gone = applyDuelEvent(view, { type: 'duel.presence', data: { seat: 1, connected: false, claimableAt: 5 } });
  assert.equal(seatState(gone, 1).kind, 'gone');
  assert.deepEqual(gone.claimableAt, [null, 5]);
});

test('round marks are seen from a seat', () => {
  const view = { ...opened(), history: [{ number: 1, points: [100, 0] }, { number: 2, points: [0, 0] }, { number: 3, points: [1, 9] }] };
  assert.deepEqual(roundMarks(view, 0), [1, 0, -1, null, null]);
  assert.deepEqual(roundMarks(view, 1), [-1, 0, 1, null, null]);
});

test('the headline tells each what the round meant to it', () => {
  assert.deepEqual(verdict(reveal(), 0), { text: 'Right!', tone: 'right' });
  assert.match(verdict(reveal(), 1).text, /Too late/);
  assert.equal(verdict(reveal({ answers: [null, { kind: 'pick', side: 'b' }] }), 1).text, 'It was A');
  assert.equal(verdict(reveal(), null).text, 'A was right');
  assert.equal(verdict(reveal({ counted: false }), 0).tone, 'plain');
  assert.equal(verdict(reveal({ right: null, points: [100, 100] }), 0).text, 'You agreed!');
  assert.equal(verdict(reveal({ kind: 'write', points: [50, 70] }), 0).text, 'Their round');
  assert.equal(verdict(reveal({ kind: 'write', points: [60, 60], shared: true }), 0).text, 'You said the same');
});

test('the headline of an odd one out names it', () => {
  const odd = (more) => reveal({ kind: 'oddOneOut', right: null, odd: 3, points: [126, 0],
    answers: [{ kind: 'oddOneOut', odd: 3 }, { kind: 'oddOneOut', odd: 0 }], ...more });
  assert.deepEqual(verdict(odd(), 0), { text: 'Right!', tone: 'right' });
  assert.deepEqual(verdict(odd(), 1), { text: 'It was number 3', tone: 'wrong' });
  assert.deepEqual(verdict(odd({ odd: 0 }), 0), { text: 'All four fire', tone: 'wrong' });
  assert.deepEqual(verdict(odd({ odd: 0 }), 1), { text: 'Right!', tone: 'right' });
  assert.deepEqual(verdict(odd({ answers: [null, null] }), 0), { text: 'Too late: it was number 3', tone: 'wrong' });
  assert.deepEqual(verdict(odd(), null), { text: 'It was number 3', tone: 'plain' });
  assert.equal(verdict(reveal({ kind: 'predict', right: null, points: [88, 50] }), 0).text, 'Your round!');
});

test('predictions come after the reveal and belong to its round', () => {
  const view = applyDuelEvent(opened(), { type: 'duel.revealed', data: { reveal: reveal({ heat: { predicted: [] } }), totals: [1, 0], nextAt: 5 } });
  const heat = { predicted: [{ label: 'a', values: [1] }] };
  assert.deepEqual(applyDuelEvent(view, { type: 'duel.heat', data: { round: 1, heat } }).reveal.heat, heat);
  assert.equal(applyDuelEvent(view, { type: 'duel.heat', data: { round: 2, heat } }), view);
});
