import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shownTokens } from '../web/logic/heat.js';
import { listed, markCounts, oddPressed, readMarks, spansOf, withSpan, wordsOf } from '../web/logic/marks.js';

const nothingChosen = { aimed: null, chosen: null };

test('a sign that the model reads in parts is marked whole, and every token is in one span', () => {
  const tokens = ['Rain', ' \ufffd', '\ufffd', '\ufffd', ' fell'];
  const spans = spansOf(shownTokens(tokens, [], { scale: 1 }), tokens.length);
  assert.deepEqual(spans, [{ from: 0, to: 1 }, { from: 1, to: 4 }, { from: 4, to: 5 }]);
  assert.deepEqual(listed(withSpan(new Set([4]), spans[1])), [1, 2, 3, 4]);
  assert.deepEqual(listed(withSpan(new Set([1, 2, 3]), spans[1])), []);
  assert.deepEqual(spansOf([], 0), []);
});

test('what is written together stays on a line, unless it is long', () => {
  const words = (/** @type {string[]} */ tokens) => wordsOf(shownTokens(tokens, [], { scale: 1 })).map(({ from, to }) => tokens.slice(from, to).join('|'));
  assert.deepEqual(words(['The', ' boy', "'s", ' cogn', 'ac', '.', ' Top']), ['The', " boy|'s", ' cogn|ac|.', ' Top']);
  assert.deepEqual(words(['W'.repeat(12), 'W'.repeat(12), 'w', ' x']), ['W'.repeat(12), `${'W'.repeat(12)}|w`, ' x']);
  assert.deepEqual(words([]), []);
});

test('marking leaves the old marks alone, and drawing over marks what is wanted', () => {
  const old = new Set([1]);
  const span = { from: 1, to: 2 };
  assert.deepEqual(listed(withSpan(old, span, true)), [1]);
  assert.deepEqual(listed(withSpan(old, span, false)), []);
  assert.deepEqual(listed(old), [1]);
});

test('marks are sent ascending, by number and not by digit', () => {
  assert.deepEqual(listed(new Set([10, 9, 2, 33])), [2, 9, 10, 33]);
});

test('kept marks are read back, and what is no token is left out', () => {
  assert.deepEqual(listed(readMarks('0 7 12', 12)), [0, 7]);
  assert.deepEqual(listed(readMarks('', 12)), []);
  assert.deepEqual(listed(readMarks('1 x -2 3.5 999 1', 12)), [1]);
});

test('marks are counted against what fires', () => {
  assert.deepEqual(markCounts([2, 3, 4], [2, 9], 10), { hits: 1, firing: 2, alarms: 2, silent: 8 });
  assert.deepEqual(markCounts([], [2], 3), { hits: 0, firing: 1, alarms: 0, silent: 2 });
});

test('a number chooses at once, 0 says all the same, and a choice stays', () => {
  for (const key of ['0', '1', '2', '3', '4']) {
    const chosen = oddPressed(nothingChosen, key, 4);
    assert.deepEqual(chosen, { aimed: Number(key), chosen: Number(key) });
    for (const next of ['0', '1', 'Enter', 'ArrowDown']) assert.equal(oddPressed(chosen, next, 4), chosen);
  }
  const state = nothingChosen;
  for (const key of ['5', '9', 'a', 'Enter', ' ', 'Tab', '12']) assert.equal(oddPressed(state, key, 4), state);
});

test('arrows go over the four texts and "all the same", around the end, and Enter chooses', () => {
  let state = nothingChosen;
  const seen = [];
  for (let i = 0; i < 6; i += 1) {
    state = oddPressed(state, i % 2 ? 'ArrowDown' : 'ArrowRight', 4);
    seen.push(state.aimed);
    assert.equal(state.chosen, null);
  }
  assert.deepEqual(seen, [1, 2, 3, 4, 0, 1]);
  state = oddPressed(oddPressed(nothingChosen, 'ArrowLeft', 4), 'ArrowUp', 4);
  assert.equal(state.aimed, 4);
  assert.deepEqual(oddPressed(state, 'Enter', 4), { aimed: 4, chosen: 4 });
  assert.deepEqual(oddPressed({ aimed: 0, chosen: null }, 'Enter', 4), { aimed: 0, chosen: 0 });
});
