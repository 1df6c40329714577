import { countUp, fill, h } from '../dom.js';
import { progressText } from '../logic/solo.js';
import { shownScore } from '../logic/score.js';
import { shownText } from '../logic/text.js';
import { credited } from './credits.js';
import { versusMap } from './heat-map.js';
import { interval } from './score.js';

/**
 * What the player has written about a unit; the one that was just scored is shown beside the best.
 * @param {string} noun
 */
export function ownTexts(noun) {
  const result = h('div', { class: 'card stack own-result', hidden: true });
  const list = h('ul', { class: 'explanations' });
  const element = h('section', { class: 'stack', 'aria-label': 'What you wrote', hidden: true }, result, list);
  let awaited = '';
  let shownID = '';
  return {
    element,
    /** @param {string} id */
    sent(id) { awaited = id; },
    /** @param {any} data As in `solo.scored`. */
    scored(data) {
      shownID = data.text.id;
      fill(result, resultParts(data, noun));
      result.hidden = false;
      if (data.text.id === awaited) result.scrollIntoView({ block: 'center' });
    },
    /** @param {any[]} own */
    update(own) {
      element.hidden = own.length === 0;
      fill(list, own.filter(({ id }) => id !== shownID).map(textRow));
    },
  };
}

/** @param {any} text */
export function textRow(text) {
  return h('li', { class: 'card' }, h('bdi', { class: 'what' }, shownText(text.text)), scored(text.score),
    h('small', { class: 'soft' }, text.score ? `scored ${shownScore(text.score)} ` : '', progressText(text)), meanings(text));
}

/** @param {any} score */
function scored(score) {
  return score ? h('div', { class: 'scored' }, interval(score), h('span', { class: 'value', 'aria-hidden': 'true' }, Math.round(score.value))) : null;
}

/**
 * Several meanings, each alone.
 * @param {any} text
 */
function meanings(text) {
  if (text.meanings.length === 0) return null;
  return h('ul', { class: 'alone', 'aria-label': 'Each meaning alone' }, text.meanings.map((/** @type {any} */ one) =>
    h('li', null, h('bdi', null, shownText(one.text)), h('b', null, one.score ? shownScore(one.score) : '\u2026'))));
}

/**
 * @param {any} data
 * @param {string} noun
 */
function resultParts(data, noun) {
  const value = h('strong', { class: 'big-number' }, '0');
  setTimeout(() => countUp(value, 0, Math.round(data.text.score.value)));
  return [
    h('div', { class: 'beside' },
      h('div', null, value, h('p', null, 'for ', h('bdi', { class: 'what' }, shownText(data.text.text)))),
      data.best ? h('div', { class: 'other' }, h('strong', null, Math.round(data.best.score.value)),
        h('p', null, 'best so far: ', h('bdi', null, shownText(data.best.text)), h('small', { class: 'soft' }, ' ', h('bdi', null, credited({ ...data.best, score: null }))))) : null),
    interval(data.text.score), h('small', { class: 'soft' }, `Likely between ${Math.round(data.text.score.low)} and ${Math.round(data.text.score.high)}. ${progressText(data.text)}`),
    meanings(data.text), h('p', { class: 'tip-line' }, data.tip.text),
    data.heat ? versusMap(data.heat, () => ({ name: 'what your words expect', tone: 'one' }), noun) : null,
  ];
}
