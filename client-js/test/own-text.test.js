import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OwnText, strongestAdds, wholeTokens, wholeValues } from '../web/logic/own-text.js';
import { ManualTimers, settle } from './support/manual-timers.js';

/** A trial whose questions are answered by the test. */
function trial() {
  const timers = new ManualTimers();
  const asked = [];
  const states = [];
  const own = new OwnText({
    unit: 'm/1/mlp/2', left: 60, later: timers.setTimeout, forget: timers.clearTimeout, changed: (state) => states.push(state),
    ask: (type, data, onPart) => new Promise((resolve, reject) => asked.push({ type, ...data, onPart, resolve, reject })),
  });
  return { timers, asked, states, own };
}

const tokens = (text) => text.split(/(?= )/).map((word, i) => ({ text: word, activation: i + 1 }));
const whole = (text) => ({ tokens: tokens(text), scale: 8, left: 42 });
const refused = (code, more = {}) => Object.assign(new Error(code), { code, reason: `No: ${code}.`, retryable: false, retryAfterMs: null, ...more });

test('a text is read once it rests, and only as it then is', async () => {
  const { timers, asked, own } = trial();
  for (const text of ['T', 'Th', 'The']) {
    own.type(text);
    await timers.advance(100);
  }
  assert.equal(asked.length, 0);
  assert.equal(own.state.isBusy, true);
  await timers.advance(300);
  own.type('The');
  await timers.advance(2000);
  assert.deepEqual(asked.map(({ type, text, unit }) => [type, text, unit]), [['unit.try', 'The', 'm/1/mlp/2']]);
});

test('parts are shown as they come, then the whole', async () => {
  const { timers, asked, own } = trial();
  own.type('a b c');
  await timers.advance(300);
  const [{ onPart, resolve }] = asked;
  onPart({ from: 0, of: 3, tokens: tokens('a b'), scale: 8 });
  assert.deepEqual([own.state.reading.tokens.length, own.state.reading.of, own.state.reading.isWhole], [2, 3, false]);
  onPart({ from: 2, of: 3, tokens: [{ text: ' c', activation: 3 }], scale: 8 });
  assert.deepEqual(own.state.reading.tokens.map(({ text }) => text), ['a', ' b', ' c']);
  resolve(whole('a b c'));
  await settle();
  assert.deepEqual([own.state.reading.isWhole, own.state.isBusy, own.state.left], [true, false, 42]);
});

test('what comes late for an earlier text is dropped', async () => {
  const { timers, asked, own } = trial();
  own.type('one');
  await timers.advance(300);
  own.type('two');
  asked[0].onPart({ from: 0, of: 1, tokens: tokens('one'), scale: 8 });
  assert.equal(own.state.reading, null);
  await timers.advance(300);
  asked[1].resolve(whole('two'));
  await settle();
  asked[0].reject(refused('superseded'));
  await settle();
  assert.deepEqual([own.state.reading.text, own.state.problem], ['two', '']);
});

test('where another tab has taken its place, it asks again a while later', async () => {
  const { timers, asked, own } = trial();
  own.type('one');
  await timers.advance(300);
  asked[0].reject(refused('superseded'));
  await settle();
  assert.deepEqual([own.state.isBusy, own.state.problem], [true, '']);
  await timers.advance(1600);
  assert.deepEqual(asked.map(({ text }) => text), ['one', 'one']);
});

test('an emptied field asks nothing, and what comes then is dropped', async () => {
  const { timers, asked, own } = trial();
  own.type('one');
  await timers.advance(300);
  own.type('  ');
  asked[0].resolve(whole('one'));
  await timers.advance(3000);
  assert.deepEqual([own.state.reading, own.state.isBusy, asked.length], [null, false, 1]);
});

for (const [code, more, wait] of [
  ['texts_spent', { retryable: true, retryAfterMs: 4000 }, 4000], ['busy', { retryable: true, retryAfterMs: 1000 }, 1000],
  ['unavailable', { retryable: true }, 1000], ['sealed', {}, 5000],
]) {
  test(`after ${code} the newest text is asked for again in its time, and the reader is told`, async () => {
    const { timers, asked, own } = trial();
    own.type('one');
    await timers.advance(300);
    asked[0].reject(refused(code, more));
    await settle();
    assert.ok(own.state.problem.length > 5);
    assert.equal(own.state.isSealed, code === 'sealed');
    await timers.advance(wait - 50);
    assert.equal(asked.length, 1);
    await timers.advance(100);
    assert.deepEqual(asked.map(({ text }) => text), ['one', 'one']);
    asked[1].resolve(whole('one'));
    await settle();
    assert.deepEqual([own.state.problem, own.state.isSealed], ['', false]);
  });
}

test('a text that can never be read is not asked for again', async () => {
  const { timers, asked, own } = trial();
  own.type('one');
  await timers.advance(300);
  asked[0].reject(refused('text_too_long'));
  await timers.advance(60_000);
  assert.deepEqual([asked.length, own.state.problem], [1, 'No: text_too_long.']);
});

test('without a connection it waits for one, and then asks for what is not known', async () => {
  const { timers, asked, own } = trial();
  own.again();
  own.type('one');
  await timers.advance(300);
  asked[0].reject(refused('offline', { retryable: true }));
  await timers.advance(60_000);
  assert.equal(asked.length, 1);
  own.again();
  await timers.advance(10);
  asked[1].resolve(whole('one'));
  await settle();
  own.again();
  await timers.advance(1000);
  assert.equal(asked.length, 2);
});

test('a token tells what adds to it, the nearest first, and typing on forgets it', async () => {
  const { timers, asked, own } = trial();
  own.type('a b c');
  await timers.advance(300);
  await own.attribute(2);
  assert.equal(asked.length, 1, 'nothing is known yet');
  asked[0].resolve(whole('a b c'));
  await settle();
  own.attribute(2);
  assert.deepEqual([asked[1].type, asked[1].token], ['unit.attribute', 2]);
  assert.deepEqual(own.state.attribution.adds, [null, null]);
  asked[1].onPart({ from: 1, adds: [0.5], activation: 3 });
  assert.deepEqual(own.state.attribution.adds, [null, 0.5]);
  asked[1].resolve({ token: 2, activation: 3, adds: [-1, 0.5], left: 40 });
  await settle();
  assert.deepEqual(own.state.attribution, { token: 2, activation: 3, adds: [-1, 0.5], isWhole: true });
  own.attribute(1);
  own.overview();
  asked[2].resolve({ token: 1, activation: 2, adds: [1], left: 39 });
  await settle();
  assert.equal(own.state.attribution, null);
  own.attribute(0);
  own.type('a b c d');
  assert.equal(own.state.attribution, null);
  assert.equal(own.attribute(1) instanceof Promise, true);
  assert.equal(asked.length, 4, 'the text is another one by now');
});

test('an attribution that fails says why and leaves the text', async () => {
  const { timers, asked, own } = trial();
  own.type('a b');
  await timers.advance(300);
  asked[0].resolve(whole('a b'));
  await settle();
  own.attribute(1);
  asked[1].reject(refused('texts_spent', { retryable: true, retryAfterMs: 2500 }));
  await settle();
  assert.equal(own.state.attribution, null);
  assert.match(own.state.problem, /in 3 s/);
  assert.equal(own.state.reading.isWhole, true);
});

test('closed, it is silent', async () => {
  const { timers, asked, own, states } = trial();
  own.type('one');
  await timers.advance(300);
  own.type('two');
  own.close();
  const count = states.length;
  asked[0].resolve(whole('one'));
  await timers.advance(10_000);
  assert.deepEqual([asked.length, states.length], [1, count]);
});

test('characters that a model reads in parts are shown whole', () => {
  const bad = '\ufffd';
  for (const [text, pieces, shown, starts] of [
    ['ab', ['a', 'b'], ['a', 'b'], [0, 1]], ['a\u{1F600}b', ['a', bad, bad, bad, 'b'], ['a', '\u{1F600}', 'b'], [0, 1, 4]],
    ['\u{1F600}', [bad, bad], ['\u{1F600}'], [0]], ['a \u{1F600}', ['a', ` ${bad}`, bad], ['a', ' \u{1F600}'], [0, 1]],
    [`a${bad}b`, ['a', bad, 'b'], ['a', bad, 'b'], [0, 1, 2]], ['', [], [], []],
    ['xy', [bad, 'z'], [bad, 'z'], [0, 1]], ['\u{1F600}\u{1F601} x', [bad, bad, bad, ' x'], ['\u{1F600}\u{1F601}', ' x'], [0, 3]],
  ]) {
    const found = wholeTokens(text, pieces);
    assert.deepEqual([found.tokens, found.starts], [shown, starts], JSON.stringify(text));
    assert.equal(found.ends.at(-1) ?? 0, pieces.length);
  }
  const parts = wholeTokens('a\u{1F600}b', ['a', bad, bad, bad, 'b']);
  assert.deepEqual(wholeValues(parts, [1, 2, -7, 3, null]), [1, -7, 0]);
});

test('what matters most comes first, what hardly matters not at all', () => {
  const found = strongestAdds(['a', 'b', 'c', 'd'], [0.001, -2, 4, 0.1], 4);
  assert.deepEqual(found.map(({ text, share }) => [text, share]), [['c', 1], ['b', 0.5]]);
  assert.deepEqual(strongestAdds(['a'], [0], 6), []);
  assert.deepEqual(strongestAdds([], [], 0), []);
  assert.equal(strongestAdds(Array(9).fill('x'), Array(9).fill(1), 1).length, 5);
  assert.deepEqual(strongestAdds(['a', 'b'], [0.02, -0.02], 1), []);
});
