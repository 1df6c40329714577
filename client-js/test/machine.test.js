import assert from 'node:assert/strict';
import { test } from 'node:test';
import { machineOf } from '../web/logic/machine.js';

const score = (value, scorer = 'judge/3') => ({ value, low: value - 5, high: value + 5, cap: null, scorer });
const said = (more = {}) => ({ text: 'rain: falling water', author: { kind: 'machine', player: null, name: 'concept-bank/1' }, score: score(41), ...more });

test('what the machine says is named as a program\u2019s and keeps its score', () => {
  const shown = machineOf({ scores: [score(70), null], machine: said() });
  assert.equal(shown.text, 'rain: falling water');
  assert.equal(shown.score.value, 41);
  assert.match(shown.note, /^Written by a program, concept-bank\/1, from clues alone\.$/);
});

test('a score on another scale says so, and a missing one is none', () => {
  assert.match(machineOf({ scores: [null, score(70)], machine: said({ score: score(41, 'gen-window/1') }) }).note,
    /Scored by gen-window\/1, not as the texts above\.$/);
  assert.equal(machineOf({ scores: null, machine: said({ score: null }) }).score, null);
});

test('servers that tell nothing of a machine, and rounds without one, show none', () => {
  assert.equal(machineOf({ scores: [null, null] }), null);
  assert.equal(machineOf({ scores: [null, null], machine: null }), null);
});
