import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contestText, runningContests, soloVerdict, soloView } from '../web/logic/contests.js';

test('of each kind one contest is shown: an open one before one that comes', () => {
  const contests = [
    { id: 'd2', kind: 'daily', state: 'scheduled' }, { id: 'd1', kind: 'daily', state: 'open' },
    { id: 'q', kind: 'quest', state: 'paused' }, { id: 'r0', kind: 'race', state: 'final' },
    { id: 'x', kind: 'marathon', state: 'open' }, { id: 'r1', kind: 'race', state: 'open' },
  ];
  assert.deepEqual(runningContests(contests).map(({ id }) => id), ['r1', 'd1', 'q']);
  assert.deepEqual(runningContests([]), []);
});

test('a contest says in a sentence what it is about', () => {
  assert.match(contestText({ kind: 'daily', rounds: 5 }), /same 5 rounds/);
  assert.match(contestText({ kind: 'quest', rounds: 5, tries: 3 }), /3 tries each/);
  assert.match(contestText({ kind: 'live', rounds: 10 }), /10 rounds/);
  assert.equal(contestText({ kind: 'marathon' }), '');
});

test('a round that is played alone looks to its stage like one of a duel', () => {
  const run = { points: 150, given: null, reveal: null, fireTries: [{ state: 'measured' }, { state: 'refused' }],
    rounds: [{ number: 1, refused: null }, { number: 2, refused: { code: 'taboo_word', reason: 'No.' } }] };
  const fire = soloView({ number: 2, of: 5, kind: 'fire', tries: 3 }, run);
  assert.equal(fire.you.triesLeft, 2);
  assert.equal(fire.you.refused.reason, 'No.');
  assert.equal(fire.you.textState, 'refused');
  const pick = soloView({ number: 1, of: 5, kind: 'pick' }, run);
  assert.deepEqual(pick.you.tries, []);
  assert.equal(pick.you.triesLeft, null);
  assert.deepEqual(pick.lockedIn, [false, false]);
});

test('the headline of a reveal speaks to one alone', () => {
  const pick = { kind: 'pick', counted: true, answers: [{ kind: 'pick', side: 'a' }, null] };
  assert.equal(soloVerdict(pick, 120).tone, 'right');
  assert.equal(soloVerdict(pick, 0).text, 'Not this time');
  assert.equal(soloVerdict({ ...pick, answers: [null, null] }, 0).text, 'Too late');
  assert.equal(soloVerdict({ kind: 'write', counted: false, answers: [] }, 0).tone, 'plain');
  assert.equal(soloVerdict({ kind: 'write', counted: true, answers: [] }, 80).tone, 'right');
});
