import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyDuelEvent, applyOwnAnswer, applyPrivateEvent, firedTries, lockedText, roundMarks, seatState, verdict, writtenText } from '../web/logic/duel-state.js';
import { ownScore, shownScore } from '../web/logic/score.js';

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

const told = (value, provisional, more = {}) => ({ type: 'duel.score', data: { duel: 'd_1', round: 1, text: 'storms',
  score: { value, low: value - 14, high: value + 13, cap: null, scorer: 'judge/3' }, provisional, ...more } });

test('one\u2019s own score comes provisionally, then for good, and never back', () => {
  let view = applyPrivateEvent(opened('write'), told(62.1, true));
  assert.deepEqual([view.you.score.value, view.you.provisional], [62.1, true]);
  view = applyPrivateEvent(view, told(60.4, false));
  assert.deepEqual([view.you.score.value, view.you.provisional], [60.4, false]);
  assert.equal(applyPrivateEvent(view, told(62.1, true)), view);
  assert.deepEqual(applyPrivateEvent(view, told(60.4, false)), view);
  view = applyDuelEvent(view, { type: 'duel.roundStarted', data: { round: round(2, 'write') } });
  assert.deepEqual([view.you.score, view.you.provisional, view.you.hidden], [null, false, false]);
});

test('a score of another round or duel, to a spectator or after the reveal is not shown', () => {
  const view = opened('write');
  assert.equal(applyPrivateEvent(view, told(50, false, { round: 2 })), view);
  assert.equal(applyPrivateEvent(view, told(50, false, { duel: 'd_2' })), view);
  const watching = opened('write', null);
  assert.equal(applyPrivateEvent(watching, told(50, false)), watching);
  const over = applyDuelEvent(view, { type: 'duel.revealed', data: { reveal: reveal({ kind: 'write' }), totals: [1, 0], nextAt: 5 } });
  assert.equal(applyPrivateEvent(over, told(50, true)), over);
});

test('a score is never told without its interval', () => {
  assert.equal(shownScore({ value: 62.4, low: 47.6, high: 75, cap: null }), '62 (48\u201375)');
  assert.equal(ownScore({ value: 62.4, low: 48, high: 75, cap: null }, true), 'about 62 (48\u201375), checking\u2026');
  assert.equal(ownScore({ value: 62.4, low: 48, high: 75, cap: null }, false), 'scored 62 (48\u201375)');
});

test('a hidden text is its author\u2019s alone', () => {
  const checked = applyPrivateEvent(opened('write'), { type: 'duel.writeChecked',
    data: { duel: 'd_1', round: 1, text: 'lust', accepted: true, refused: null, hidden: true } });
  assert.equal(checked.you.hidden, true);
  const data = { reveal: reveal({ kind: 'write', hidden: [true, true],
    answers: [{ kind: 'write', text: '' }, { kind: 'write', text: '' }] }), totals: [1, 0], nextAt: 5 };
  const view = applyDuelEvent(checked, { type: 'duel.revealed', data });
  assert.deepEqual(writtenText(view, 0), { text: 'lust', isHidden: true, isOwn: true });
  assert.deepEqual(writtenText(view, 1), { text: null, isHidden: true, isOwn: false });
  const watching = applyDuelEvent(opened('write', null), { type: 'duel.revealed', data });
  assert.deepEqual(writtenText(watching, 0), { text: null, isHidden: true, isOwn: false });
  // A server that hides nothing says nothing of it.
  const old = { reveal: reveal({ answers: [{ kind: 'write', text: 'storms' }, null] }), you: null };
  assert.deepEqual([writtenText(old, 0).text, writtenText(old, 1).text], ['storms', null]);
});

test('of the tries of a fire round one knows one\u2019s own hidden texts', () => {
  const own = { attempt: 1, text: 'lust', hidden: true };
  const view = { reveal: { tries: [[{ attempt: 1, text: '', hidden: true }], [{ attempt: 1, text: '', hidden: true }]] },
    you: { seat: 0, tries: [own] } };
  assert.deepEqual(firedTries(view, 0), [own]);
  assert.deepEqual(firedTries(view, 1), view.reveal.tries[1]);
  assert.deepEqual(firedTries({ reveal: { tries: null }, you: null }, 0), []);
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

test('how the answers stand is said to who plays, alone or against somebody', () => {
  const view = (answer, isOtherIn, isSolo) => ({ you: { seat: 0, answer }, lockedIn: [answer !== null, isOtherIn], isSolo });
  const answer = { kind: 'pick', side: 'a' };
  assert.equal(lockedText(view(null, false), 'thinking'), null);
  assert.equal(lockedText(view(null, true), 'thinking'), 'Your opponent has locked in.');
  assert.equal(lockedText(view(answer, false), 'marking'), 'Locked in. Your opponent is still marking.');
  assert.equal(lockedText(view(answer, true), 'marking'), 'Both locked in.');
  assert.equal(lockedText(view(null, true, true), 'thinking'), null);
  assert.doesNotMatch(lockedText(view(answer, false, true), 'thinking'), /opponent/);
});
