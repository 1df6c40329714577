import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSettings, readSettings } from '../web/logic/settings.js';
import { excerptNote, nearUnits, shownDensity, shownToken } from '../web/logic/unit-page.js';

test('sound and vibration are off until somebody wants them', () => {
  assert.deepEqual(readSettings(''), defaultSettings);
  assert.equal(defaultSettings.sound || defaultSettings.vibration, false);
});

test('settings are read back as they were kept', () => {
  const settings = { theme: 'dark', motion: 'less', sound: true, vibration: true };
  assert.deepEqual(readSettings(JSON.stringify(settings)), settings);
});

test('settings that make no sense are as by default', () => {
  for (const text of ['{', 'null', '7', '[]', '"dark"', '{"theme":"neon","motion":1,"sound":"yes","vibration":null}', '{"__proto__":{"theme":"dark"}}']) {
    assert.deepEqual(readSettings(text), defaultSettings, text);
  }
  assert.equal(readSettings('{"theme":"neon","sound":true}').sound, true);
});

test('how often a unit fires is said in words', () => {
  assert.equal(shownDensity(0.0121), 'fires on 1.2 % of all word pieces');
  assert.equal(shownDensity(0.31), 'fires on 31 % of all word pieces');
  assert.equal(shownDensity(0.0008), 'fires on one word piece in 1250');
  for (const nothing of [0, -1, NaN]) assert.equal(shownDensity(nothing), 'hardly ever fires');
});

test('a neighbour is named once, with all that makes it one', () => {
  assert.deepEqual(nearUnits([{ unit: 'a', relation: 'weights' }, { unit: 'b', relation: 'firing' }, { unit: 'a', relation: 'firing' }, { unit: 'a', relation: 'firing' }]),
    [{ unit: 'a', why: 'wired alike, fires together', isHere: true }, { unit: 'b', why: 'fires together', isHere: true }]);
  assert.deepEqual(nearUnits([{ unit: 'a', relation: 'dreams', here: false }]), [{ unit: 'a', why: 'dreams', isHere: false }]);
});

test('tokens are never invisible', () => {
  assert.deepEqual([' storm', 'storm', ' ', '', '\n\n', '\t', '  x'].map(shownToken), ['storm', 'storm', '\u2423', '\u2423', '\u21b5\u21b5', '\u21e5', '\u2423x']);
  assert.equal(excerptNote('nearMiss'), 'near miss');
  assert.equal(excerptNote('top'), '');
});
