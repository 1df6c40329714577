import { fill, h } from '../dom.js';
import { shownActivation } from '../logic/heat.js';
import { OwnText, strongestAdds, wholeTokens, wholeValues } from '../logic/own-text.js';
import { isolated, openText, shownText } from '../logic/text.js';
import { shownToken } from '../logic/unit-page.js';
import { tabWord } from '../storage.js';
import { heatText, hideTip } from './heat-map.js';

/**
 * A place to try one's own text on a unit: it glows as one types, and each token tells what adds to it.
 * @param {string} unit
 * @param {{tokensMax: number, charactersMax: number, left: number}} offer
 * @param {string} noun
 * @param {import('../app.js').App} app
 * @returns {{element: HTMLElement, close: () => void}}
 */
export function ownText(unit, offer, noun, app) {
  const draft = `own.${unit}`;
  const field = h('textarea', {
    class: 'field', id: 'own-text', rows: 3, maxlength: offer.charactersMax, spellcheck: 'false', autocomplete: 'off',
    'aria-describedby': 'own-status', placeholder: 'Write something\u2026',
  });
  const place = h('div', { class: 'own-read', hidden: true });
  const status = h('p', { class: 'small soft', id: 'own-status', role: 'status' });
  const more = h('div', { class: 'own-adds', hidden: true });
  const trial = new OwnText({
    unit, left: offer.left,
    ask: (type, data, onPart) => app.client.command(type, data, { survives: false, onPart }),
    later: (work, ms) => setTimeout(work, ms), forget: (timer) => clearTimeout(timer),
    changed: (state) => show(state),
  });
  let drawn = '';
  const show = (/** @type {import('../logic/own-text.js').OwnTextState} */ state) => {
    status.classList.toggle('problem', state.problem !== '' && !state.isSealed);
    const told = statusOf(state, offer, noun);
    if (status.textContent !== told) status.textContent = told;
    place.classList.toggle('stale', state.reading !== null && state.reading.text !== state.text);
    const key = JSON.stringify([state.reading?.text, state.reading?.tokens.length, state.reading?.isWhole, state.attribution]);
    if (key === drawn) return;
    drawn = key;
    hideTip();
    const hadFocus = place.contains(document.activeElement);
    place.hidden = state.reading === null;
    more.hidden = state.attribution === null;
    if (!state.reading) return;
    fill(place, state.attribution ? addsText(state.reading, state.attribution, trial, noun) : readText(state.reading, trial, noun));
    if (state.attribution) fill(more, addsList(state.reading, state.attribution, trial, noun));
    if (hadFocus) place.querySelector('p')?.focus({ preventScroll: true });
  };
  field.addEventListener('input', () => {
    tabWord(draft, field.value || null);
    trial.type(field.value);
  });
  const stopListening = app.on('online', () => trial.again());
  field.value = tabWord(draft);
  if (field.value !== '') trial.type(field.value);
  else show(trial.state);
  return {
    element: h('section', { class: 'card stack own-card', 'aria-labelledby': 'own' }, h('h2', { id: 'own' }, 'Try your own text'),
      h('label', { class: 'small soft', for: 'own-text' }, `The model reads as you type, and each word glows as hard as this ${noun} fires. Choose a word to see what makes it fire there.`),
      field, place, status, more),
    close() {
      stopListening();
      trial.close();
    },
  };
}

/**
 * @param {import('../logic/own-text.js').OwnTextState} state
 * @param {{tokensMax: number}} offer
 * @param {string} noun
 */
function statusOf({ text, reading, attribution, isBusy, problem, left }, offer, noun) {
  if (problem) return shownText(problem, 400);
  if (text.trim() === '') return `Up to ${offer.tokensMax} word pieces.`;
  if (attribution) return attribution.isWhole ? 'Each word is left out once: this is what it adds.' : 'Leaving out one word after the other\u2026';
  if (isBusy || !reading?.isWhole) return 'The model is reading\u2026';
  const activations = reading.tokens.map((token) => token.activation);
  const peak = Math.max(...activations);
  const word = isolated(openText(shownToken(reading.tokens[activations.indexOf(peak)]?.text ?? '')));
  const peakText = peak < 0.05 * reading.scale ? `The ${noun} stays silent.` : `Most on \u201c${word}\u201d: ${shownActivation(peak)}.`;
  const few = left < 10 ? ` ${left} more ${left === 1 ? 'text' : 'texts'} just now.` : '';
  return `${peakText} ${reading.of} of ${offer.tokensMax} word pieces.${few}`;
}

/**
 * @param {import('../logic/own-text.js').Reading} reading
 * @param {OwnText} trial
 * @param {string} noun
 */
function readText(reading, trial, noun) {
  const whole = wholeTokens(reading.text, reading.tokens.map((token) => token.text));
  const activations = wholeValues(whole, reading.tokens.map((token) => token.activation));
  const peak = activations.indexOf(Math.max(...activations));
  return heatText({ tokens: whole.tokens, activations, scale: reading.scale, peak }, {
    label: `Where the ${noun} fires. Arrow keys walk over the words, Enter asks what adds to one.`,
    choose: (i) => trial.attribute(strongestPart(reading, whole, i)),
    note: (i) => (whole.ends[i] - whole.starts[i] > 1 ? `${whole.ends[i] - whole.starts[i]} pieces for the model` : null),
  });
}

/**
 * @param {import('../logic/own-text.js').Reading} reading
 * @param {{starts: number[], ends: number[]}} whole
 * @param {number} i
 */
function strongestPart(reading, whole, i) {
  let best = whole.starts[i] ?? 0;
  for (let place = best; place < (whole.ends[i] ?? 0); place += 1) {
    if ((reading.tokens[place]?.activation ?? 0) > (reading.tokens[best]?.activation ?? 0)) best = place;
  }
  return best;
}

/**
 * Whole tokens before the one that was chosen, with what each adds, and that one.
 * @param {import('../logic/own-text.js').Reading} reading
 * @param {import('../logic/own-text.js').Attribution} attribution
 */
function addsOf(reading, attribution) {
  const whole = wholeTokens(reading.text, reading.tokens.map((token) => token.text));
  const target = whole.ends.findIndex((end) => end > attribution.token);
  return { whole, target, adds: wholeValues(whole, attribution.adds).slice(0, target) };
}

/**
 * What counts as much: the most that a word adds, but what is next to nothing for the unit stays so.
 * @param {number[]} adds
 * @param {import('../logic/own-text.js').Reading} reading
 */
function scaleOf(adds, reading) {
  return Math.max(0.15 * reading.scale, ...adds.map(Math.abs));
}

/**
 * The text as seen from one of its tokens: what adds to it is marked below, what holds it down above.
 * @param {import('../logic/own-text.js').Reading} reading
 * @param {import('../logic/own-text.js').Attribution} attribution
 * @param {OwnText} trial
 * @param {string} noun
 */
function addsText(reading, attribution, trial, noun) {
  const { whole, target, adds } = addsOf(reading, attribution);
  const scale = scaleOf(adds, reading);
  const values = [...adds, ...whole.tokens.slice(target).map((_, i) => (i === 0 ? attribution.activation : 0))];
  const text = heatText({ tokens: whole.tokens, activations: values.map((value, i) => (i === target ? 0 : value)), scale, peak: null }, {
    label: `What earlier words add to ${whole.tokens[target] ?? ''}. Arrow keys walk over the words, Enter asks about another, Escape goes back.`,
    choose: (i) => (i === target ? trial.overview() : trial.attribute(strongestPart(reading, whole, i))),
    note: (i) => (i === target ? 'chosen' : i > target ? 'comes later' : (adds[i] ?? 0) < 0 ? 'holds it down' : 'adds'),
    mark: (i) => (i === target ? 'target' : i > target ? 'later' : (adds[i] ?? 0) < -0.05 * scale ? 'held' : ''),
    value: (i) => values[i] ?? 0,
  });
  text.setAttribute('aria-label', `As seen from one word, for the ${noun}`);
  text.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'Escape') trial.overview();
  });
  return text;
}

/**
 * @param {import('../logic/own-text.js').Reading} reading
 * @param {import('../logic/own-text.js').Attribution} attribution
 * @param {OwnText} trial
 * @param {string} noun
 */
function addsList(reading, attribution, trial, noun) {
  const { whole, target, adds } = addsOf(reading, attribution);
  const chosen = h('bdi', null, openText(shownToken(whole.tokens[target] ?? '')));
  const back = h('button', { class: 'button small', on: { click: () => trial.overview() } }, 'Whole text');
  const strongest = strongestAdds(whole.tokens, adds, scaleOf(adds, reading));
  const rows = strongest.map((one) => {
    const bar = h('i', { class: one.adds < 0 ? 'held' : '' });
    bar.style.width = `${Math.max(3, Math.round(one.share * 100))}%`;
    return h('li', null, h('bdi', { class: 'word' }, openText(shownToken(one.text))), h('span', { class: 'bar', 'aria-hidden': 'true' }, bar),
      h('b', null, `${one.adds < 0 ? '\u2212' : '+'}${shownActivation(Math.abs(one.adds))}`));
  });
  const none = !attribution.isWhole ? null : target === 0 ? 'It is the first word: nothing stands before it.'
    : `Leaving out any one word changes next to nothing: the ${noun} fires on the word itself, or several words say the same.`;
  return [
    h('div', { class: 'row' }, h('h3', null, 'What adds to \u201c', chosen, '\u201d'), back),
    h('p', { class: 'small soft' }, `It fires with ${shownActivation(attribution.activation)} there. This is what words before it add to that, or hold back:`),
    rows.length > 0 ? h('ol', { class: 'adds', 'aria-busy': String(!attribution.isWhole) }, rows) : none ? h('p', null, none) : null,
  ];
}
