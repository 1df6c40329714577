import assert from 'node:assert/strict';
import { test } from 'node:test';
import { campaignOf, campaignOption, campaignsOfUnit, isRatedAnywhere, practiceText, unratedText, waitingText } from '../web/logic/campaigns.js';

const practice = { id: 'a', title: 'Practice campaign', practice: true, model: 'smollm2-135m' };
const rated = { id: 'b', title: 'Made up', practice: false, model: 'gpt2-small' };

test('a campaign that is not named, or no longer open, is the first one', () => {
  assert.equal(campaignOf([practice, rated], 'b'), rated);
  for (const id of [null, undefined, '', 'c']) assert.equal(campaignOf([practice, rated], id), practice);
  assert.equal(campaignOf([], 'b'), null);
});

test('something is rated where one campaign is not for practice', () => {
  assert.equal(isRatedAnywhere([practice, rated]), true);
  assert.equal(isRatedAnywhere([practice]), false);
  assert.equal(isRatedAnywhere([]), false);
});

test('why no rating moves is said by what is nearest: the ghost, the bot, the campaign', () => {
  const people = [{ kind: 'human' }, { kind: 'human' }];
  const why = (rated, players, campaign) => unratedText({ rated, players }, campaign);
  assert.equal(why(true, people, rated), null);
  assert.match(why(false, [{ kind: 'human' }, { kind: 'human', ghost: true }], practice), /ghost/);
  assert.match(why(false, [{ kind: 'human' }, { kind: 'bot' }], practice), /bot/);
  assert.equal(why(false, people, practice), practiceText);
  assert.equal(why(false, people, rated), 'This duel moves no rating.');
  assert.equal(why(false, people, null), 'This duel moves no rating.');
});

test('a unit is of the campaigns of its model', () => {
  assert.deepEqual(campaignsOfUnit([practice, rated], 'gpt2-small/6/feature:x/3'), [rated]);
  assert.deepEqual(campaignsOfUnit([practice, rated], 'gpt2/6/mlp/3'), []);
  assert.deepEqual(campaignsOfUnit([practice, { ...practice, id: 'c' }], 'smollm2-135m/25/mlp/677').length, 2);
});

test('a list says which campaigns are for practice, once, and how many wait', () => {
  assert.equal(campaignOption(practice), 'Practice campaign');
  assert.equal(campaignOption({ ...rated, practice: true }), 'Made up (practice)');
  assert.equal(campaignOption(rated), 'Made up');
  assert.deepEqual([undefined, 0, 1, 7].map(waitingText), ['nobody waits here right now', 'nobody waits here right now', 'one player waits here', '7 players wait here']);
});
