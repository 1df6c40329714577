import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRoute } from '../web/logic/route.js';
import { budgetText, costOf, costText, counted, outcomeText, progressText, soloAct, streakText, voteAfter } from '../web/logic/solo.js';

test('the budget is told with every answer', () => {
  assert.equal(budgetText({ left: 3, of: 20 }), '3 of 20 scores left today');
});

test('several meanings cost a score each and one for all', () => {
  assert.deepEqual(['', 'rain', ' rain | ', 'rain|snow', 'a | b | c'].map(costOf), [1, 1, 1, 3, 4]);
  assert.equal(costText('rain', { left: 3 }), '');
  assert.match(costText('a | b', { left: 3 }), /3 scores/);
  assert.match(costText('a | b', { left: 2 }), /wait in the queue/);
  assert.match(costText('rain', { left: 0 }), /No scores are left/);
});

test('every outcome is told, and an unknown one is no harm', () => {
  for (const outcome of ['scoring', 'draft', 'counted', 'repeated']) assert.notEqual(outcomeText(outcome), '');
  assert.equal(outcomeText('something new'), '');
});

test('a draft tells its place and its votes', () => {
  const text = { state: 'draft', place: 3, votes: 1, needed: 3, hidden: false };
  assert.equal(progressText(text), 'draft, number 3 in the queue, 1 of 3 votes of others');
  assert.equal(progressText({ ...text, place: null }), 'draft, 1 of 3 votes of others');
  assert.match(progressText({ ...text, state: 'scoring', hidden: true }), /being scored.*moderator/);
  assert.equal(progressText({ ...text, state: 'scored' }), '');
});

test('the same vote again takes it back', () => {
  assert.equal(voteAfter('none', 'up'), 'up');
  assert.equal(voteAfter('up', 'up'), 'none');
  assert.equal(voteAfter('up', 'down'), 'down');
});

test('keys mean the same in either case, and others mean nothing', () => {
  assert.equal(soloAct('N'), 'next');
  assert.equal(soloAct('ArrowLeft'), 'back');
  assert.equal(soloAct('U'), 'voteUp');
  assert.equal(soloAct('Tab'), '');
  assert.equal(soloAct('constructor'), '');
});

test('a streak is told in words', () => {
  assert.equal(counted(1, 'day'), '1 day');
  assert.match(streakText({ days: 0, today: false, sparesLeft: 2 }), /begin/);
  assert.match(streakText({ days: 4, today: false, sparesLeft: 0 }), /still waits.*No spare day/);
  assert.match(streakText({ days: 4, today: true, sparesLeft: 1 }), /done.*1 spare day left/);
});

test('solo play has an address, with a unit and without', () => {
  assert.equal(parseRoute('#/solo').name, 'solo');
  assert.equal(parseRoute('#/solo/smollm2-135m/12/mlp/703').argument, 'smollm2-135m/12/mlp/703');
  assert.equal(parseRoute('#/solo/nonsense').name, 'unknown');
  assert.equal(parseRoute('#/me').name, 'me');
});
