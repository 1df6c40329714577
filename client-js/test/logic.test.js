import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowChanges } from '../web/logic/board-rows.js';
import { clockFace, duration, stay, untilNextSecond } from '../web/logic/clock.js';
import { heatLevel, levelCount, shownActivation, shownTokens } from '../web/logic/heat.js';
import { pressed } from '../web/logic/keys.js';
import { parseRoute, unitAddress } from '../web/logic/route.js';
import { aUnit, countedUnits, grouped, initialOf, shortUnitName, shownName, shownText, signed, unitName, unitNoun } from '../web/logic/text.js';
import { measureText, tabooHits } from '../web/logic/words.js';

const nothingChosen = { aimed: null, chosen: null };

test('heat grows with the activation, from nothing to full', () => {
  assert.equal(heatLevel(0, 10), 0);
  assert.equal(heatLevel(-3, 10), 0);
  assert.equal(heatLevel(0.4, 10), 0);
  assert.equal(heatLevel(0.6, 10), 1);
  assert.equal(heatLevel(10, 10), levelCount);
  assert.equal(heatLevel(25, 10), levelCount);
  let last = 0;
  for (let a = 0; a <= 10; a += 0.1) {
    const level = heatLevel(a, 10);
    assert.ok(level >= last);
    last = level;
  }
});

test('a letter stands for a name', () => {
  const cases = [['Patient Badger 80', 'P'], ['  ada', 'A'], ['\u00e9mile', '\u00c9'], ['<7>', '7'], ['\u{1f9e0}\u{1f9e0}', 'N'], ['', 'N'], ['\u{10400}x', '\u{10400}'], ['\u0646\u0648\u0631', '\u0646'], ['\u00dfen', 'S']];
  for (const [name, letter] of cases) assert.equal(initialOf(name), letter, name);
});

test('heat is nothing where scale or activation make no sense', () => {
  for (const [activation, scale] of [[1, 0], [1, -1], [NaN, 1], [1, NaN]]) {
    assert.equal(heatLevel(activation, scale), 0);
  }
});

test('tokens joined give the text again, with the space outside of the heat', () => {
  const tokens = ['The', ' storm', ',', ' it', "'s", ' here'];
  const shown = shownTokens(tokens, [0, 9, 0, 0, 0, 1], { scale: 9, peak: 1 });
  assert.equal(shown.map(({ lead, text }) => lead + text).join(''), tokens.join(''));
  assert.deepEqual([shown[1].lead, shown[1].text, shown[1].isPeak, shown[1].level], [' ', 'storm', true, 8]);
});

test('a window shows its tokens and keeps their places', () => {
  const shown = shownTokens(['a', ' b', ' c', ' d'], [0, 0, 5, 0], { scale: 5, peak: 2, from: 1, to: 3 });
  assert.deepEqual(shown.map(({ first }) => first), [1, 2]);
  assert.equal(shown[1].isPeak, true);
});

test('parts of one character are shown as one sign with the strongest activation', () => {
  const shown = shownTokens(['don', '\ufffd', '\ufffd', 't'], [0, 1, 4, 0], { scale: 4, peak: 2 });
  assert.equal(shown.length, 3);
  assert.equal(shown[1].activation, 4);
  assert.equal(shown[1].isPeak, true);
  assert.ok(shown[1].note);
});

test('line breaks and lone white space have a visible form', () => {
  const shown = shownTokens(['a', '\n', ' ', '\n\nB'], [0, 1, 1, 0], { scale: 1 });
  assert.match(shown[1].text, /\u21b5/);
  assert.match(shown[2].text, /\u2423/);
  assert.equal(shown[3].text, 'B');
});

test('tokens can not turn the reading direction', () => {
  const [token] = shownTokens(['\u202eabc\u202c'], [0], { scale: 1 });
  assert.equal(token.text, '\u21c4abc\u21c4');
});

test('a tower of combining marks over a token is cut down', () => {
  const [token] = shownTokens([`a${'\u0301'.repeat(10000)}`], [1], { scale: 1 });
  assert.ok([...token.text].length <= 3);
});

test('a stay is said in minutes, hours or days', () => {
  const minute = 60000;
  assert.deepEqual([-5, 0, 59999, 12 * minute, 79 * minute, 49 * 60 * minute].map(stay), ['0 min', '0 min', '0 min', '12 min', '1 h 19 min', '2 days']);
});

test('hostile names are harmless', () => {
  assert.equal(shownName('\u202egnp.exe\u202c'), '\u21c4gnp.exe\u21c4');
  assert.equal(shownName(' \n '), 'somebody');
  assert.ok([...shownName(`a${'\u0301'.repeat(10000)}b`)].length <= 5);
  assert.equal([...shownName('x'.repeat(500))].length, 24);
  assert.equal(shownText('<b>bold</b>'), '<b>bold</b>');
  assert.equal(shownText('a\n\n b'), 'a b');
});

test('what can not be seen is marked, and what writing needs is kept', () => {
  assert.equal(shownText('a\u0000b\u001bc\u007f'), 'a\u2400b\u241bc\u2421');
  assert.equal(shownText('Ada\u200b'), 'Ada\u00b7');
  assert.equal(shownText('\ufeffAda\u00ad\u2060'), '\u00b7Ada\u00b7\u00b7');
  assert.equal(shownText('A\u200dda'), 'A\u00b7da');
  assert.equal(shownText('\ud800 \u{e000} \u{10ffff}'), '\ufffd \ufffd \ufffd');
  for (const text of ['\u{1f469}\u{1f3fd}\u200d\u{1f680}', '\u{1f3f3}\ufe0f\u200d\u{1f308}', '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645', '\u0915\u094d\u200d\u0937']) {
    assert.equal(shownText(text), text);
  }
  for (const turning of '\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069') assert.equal(shownText(`x${turning}y`), 'x\u21c4y');
});

test('activations are shown with as many digits as a person needs', () => {
  assert.equal(shownActivation(10.97), '11.0');
  assert.equal(shownActivation(0.456), '0.46');
});

test('numbers are grouped and signed', () => {
  assert.equal(grouped(1234567), '1\u2009234\u2009567');
  assert.equal(grouped(12), '12');
  assert.deepEqual([signed(12.4), signed(-3.6), signed(0.2)], ['+12', '\u22124', '\u00b10']);
});

test('a unit has a name that people can say', () => {
  assert.equal(unitName({ id: 'smollm2-135m/12/mlp/703', layer: 12 }), 'neuron 703 in layer 12');
  assert.equal(unitName({ id: 'smollm2-135m/3/head/8', layer: 3 }), 'attention head 8 in layer 3');
  assert.equal(unitName({ id: 'gpt2-small/6/feature:res-jb/4321', layer: 6 }), 'feature 4321 of res-jb in layer 6');
  assert.equal(unitName({ id: 'm/0/residual:truth/0', layer: 0 }), 'direction 0 of truth in layer 0');
  assert.equal(unitName({ id: 'something else', layer: 0 }), 'something else');
  assert.equal(shortUnitName('gpt2-small/6/feature:res-jb/4321'), 'feature 4321 in layer 6');
  assert.equal(shortUnitName('smollm2-135m/12/mlp/703'), 'neuron 703 in layer 12');
  assert.equal(shortUnitName('a:b'), 'a:b');
});

test('a unit is called what it is, and several sorts by a word for all', () => {
  assert.equal(unitNoun({ id: 'm/3/mlp/8' }), 'neuron');
  assert.equal(unitNoun({ id: 'm/3/head/8' }), 'attention head');
  assert.equal(unitNoun({ id: 'm/3/feature:res-jb/8' }), 'feature');
  assert.equal(unitNoun({ id: 'constructor' }), 'part of the model');
  assert.equal(unitNoun(null), 'part of the model');
  assert.equal(aUnit(null), 'a neuron');
  assert.equal(aUnit({}), 'a neuron');
  assert.equal(aUnit({ kinds: ['head'] }), 'an attention head');
  assert.equal(aUnit({ kinds: ['mlp', 'head'] }), 'a part of the model');
  assert.equal(aUnit({ kinds: ['unheard of'] }), 'a part of the model');
  assert.equal(countedUnits({ units: 179 }), '179 neurons');
  assert.equal(countedUnits({ units: 1, kinds: ['feature'] }), '1 feature');
  assert.equal(countedUnits({ units: 1200, kinds: ['mlp', 'head', 'feature'] }), '1\u2009200 neurons, attention heads and features');
  assert.equal(countedUnits({ units: 0, kinds: [] }), '0 units');
});

test('the clock shows the seconds that are left, rounded up, and never less than none', () => {
  assert.deepEqual(clockFace(0, 30000, 0), { seconds: 30, share: 1, isLow: false });
  assert.deepEqual(clockFace(0, 30000, 29001), { seconds: 1, share: 999 / 30000, isLow: true });
  assert.deepEqual(clockFace(0, 30000, 40000), { seconds: 0, share: 0, isLow: false });
  assert.equal(clockFace(0, 30000, -5000).share, 1);
  assert.equal(clockFace(null, null, 5).seconds, 0);
});

test('durations read as a person says them', () => {
  assert.equal(duration(0), '0:00');
  assert.equal(duration(61000), '1:01');
  assert.equal(duration(3600000 + 62000), '1:01:02');
  assert.equal(duration(3 * 86400000), '3 days');
  assert.equal(duration(-50), '0:00');
});

test('the next change of the clock is at a whole second', () => {
  assert.equal(untilNextSecond(10000, 7500), 500);
  assert.equal(untilNextSecond(10000, 7000), 1000);
  assert.equal(untilNextSecond(10000, 11000), Infinity);
});

test('letters choose at once, arrows aim and Enter chooses what is aimed at', () => {
  assert.deepEqual(pressed(nothingChosen, 'b'), { aimed: 'b', chosen: 'b' });
  const aimed = pressed(nothingChosen, 'ArrowRight');
  assert.deepEqual(aimed, { aimed: 'b', chosen: null });
  assert.deepEqual(pressed(aimed, 'Enter'), { aimed: 'b', chosen: 'b' });
  assert.deepEqual(pressed(pressed(aimed, 'ArrowLeft'), 'Enter').chosen, 'a');
});

test('what was chosen stays, and Enter alone chooses nothing', () => {
  const chosen = pressed(nothingChosen, 'A');
  for (const key of ['b', 'B', 'ArrowLeft', 'Enter', 'x']) assert.equal(pressed(chosen, key), chosen);
  const nothing = nothingChosen;
  for (const key of ['Enter', 'Tab', 'q', ' ']) assert.equal(pressed(nothing, key), nothing);
});

test('addresses lead to their screens and nonsense leads nowhere', () => {
  const routes = {
    '': ['lobby', ''], '#/': ['lobby', ''], '#/duel/d_51c0': ['duel', 'd_51c0'], '#/join/K7Q2-MOSS': ['join', 'K7Q2-MOSS'],
    '#/contest/c_1': ['contest', 'c_1'], '#/moderate': ['moderate', ''], '#/queue/fire': ['queue', 'fire'],
    '#/invite/mixed': ['invite', 'mixed'], '#/why': ['why', ''], '#/settings': ['settings', ''], '#/first': ['first', ''],
    '#/board/c_1': ['board', 'c_1'], '#/unit/smollm2-135m/12/mlp/703': ['unit', 'smollm2-135m/12/mlp/703'],
  };
  for (const [hash, [name, argument]] of Object.entries(routes)) assert.deepEqual(parseRoute(hash), { name, argument, query: '' }, hash);
  assert.deepEqual(parseRoute('#/board/c_1?overlay'), { name: 'board', argument: 'c_1', query: 'overlay' });
  const feature = 'gemma-2-2b/25/feature:layer_25-width_16k.v2/16383';
  assert.deepEqual(parseRoute(unitAddress(feature)), { name: 'unit', argument: feature, query: '' });
  for (const hash of ['#/duel', '#/duel/', '#/duel/%', '#/duel/a b', '#/queue/chess', '#/x', '#/duel/<b>', '#/constructor',
    '#/unit', '#/unit/a/b', '#/unit/a/1/mlp/', '#/unit/a/1/mlp/2/3', `#/unit/${'a'.repeat(99)}/1/mlp/2`, '#/board/a/b', '#/duel/a/b']) {
    assert.equal(parseRoute(hash).name, 'unknown', hash);
  }
});

test('an explanation is measured by meaning', () => {
  const state = measureText('rain  and snow | hail');
  assert.deepEqual(state.meanings, [{ words: 3, characters: 13 }, { words: 1, characters: 4 }]);
  assert.equal(state.problem, null);
  assert.equal(measureText('   ').isEmpty, true);
  assert.match(measureText('a '.repeat(13)).problem, /12 words/);
  assert.match(measureText('x'.repeat(81)).problem, /80 characters/);
  assert.match(measureText('a|b|c|d').problem, /3 meanings/);
  assert.equal(measureText('\u{1f525}'.repeat(80)).problem, null);
});

test('taboo words are found whole and whatever their case', () => {
  assert.deepEqual(tabooHits('The Storm came', ['storm', 'quake']), ['storm']);
  assert.deepEqual(tabooHits('stormy weather', ['storm']), []);
});

test('rows say who came, who left, who moved and who gained', () => {
  const before = [{ player: 'a', points: 3 }, { player: 'b', points: 2 }, { player: 'c', points: 1 }];
  const after = [{ player: 'c', points: 4 }, { player: 'a', points: 3 }, { player: 'd', points: 1 }];
  const changes = rowChanges(before, after);
  assert.deepEqual(changes.entered, ['d']);
  assert.deepEqual(changes.left, ['b']);
  assert.deepEqual(changes.raised, ['c']);
  assert.deepEqual([...changes.moved], [['c', 2], ['a', -1]]);
});

test('white space without heat stays white space', () => {
  const tokens = ['in', ' ', '2', '6'];
  const shown = shownTokens(tokens, [0, 0.01, 0, 0], { scale: 5 });
  assert.equal(shown.map(({ lead, text }) => lead + text).join(''), 'in 26');
});
