import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coachAdvice } from '../web/logic/coach.js';

const you = { seat: 0, answer: null };
const view = (/** @type {any} */ changes) => ({ phase: 'question', round: { number: 1 }, reveal: null, you, ...changes });
const reveal = (/** @type {any} */ side, right = 'a') => view({ phase: 'reveal', reveal: { number: 1, right, answers: [side && { kind: 'pick', side }, null] } });

test('the guide says each move once, and the last one lets the player go', () => {
  const moves = [view({ phase: 'countdown', round: null }), view({}), view({ you: { seat: 0, answer: { side: 'a' } } }), view({ phase: 'scoring' }), reveal('a')]
    .map((now) => coachAdvice(now));
  assert.deepEqual(moves.map((advice) => advice?.move), [1, 2, 2, 2, 3]);
  assert.deepEqual(moves.map((advice) => advice?.isOver), [false, false, false, false, true]);
  assert.equal(new Set(moves.map((advice) => advice?.text)).size, moves.length);
});

test('the reveal is told as it went', () => {
  assert.match(coachAdvice(reveal('a'))?.text ?? '', /^Right/);
  assert.match(coachAdvice(reveal('b'))?.text ?? '', /^Not this time/);
  assert.match(coachAdvice(reveal(null))?.text ?? '', /^Too late/);
});

test('after the first round, at the end, and for those who watch there is no guide', () => {
  assert.equal(coachAdvice(view({ round: { number: 2 } })), null);
  assert.equal(coachAdvice(view({ phase: 'finished' })), null);
  assert.equal(coachAdvice(view({ you: null })), null);
  assert.equal(coachAdvice(view({ phase: 'reveal', reveal: { number: 2, answers: [] } })), null);
});
