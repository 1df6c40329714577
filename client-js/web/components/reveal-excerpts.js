import { h } from '../dom.js';
import { shownSeats } from '../logic/duel-state.js';
import { markCounts } from '../logic/marks.js';
import { shownText, unitName, unitNoun } from '../logic/text.js';
import { best, credited, seconds } from './credits.js';
import { clueItem, versusMap } from './heat-map.js';
import { unitLink } from './unit-link.js';

/**
 * Who chose or did something, as badges.
 * @param {any} reveal
 * @param {import('./duel.js').DuelContext} context
 * @param {(answer: any) => boolean} isTheirs
 */
function badges(reveal, context, isTheirs) {
  return shownSeats(context).map((seat, place) => (reveal.answers[seat] && isTheirs(reveal.answers[seat])
    ? h('span', { class: `badge ${place === 0 ? 'one' : 'two'}` }, context.name(seat), seconds(reveal.milliseconds?.[seat])) : null));
}

/**
 * The four texts with what the unit did on them, and the odd one among them.
 * @param {any} reveal
 * @param {any} view
 * @param {import('./duel.js').DuelContext} context
 */
export function oddTruth(reveal, view, context) {
  const noun = unitNoun(reveal.unit);
  const same = badges(reveal, context, (answer) => answer.odd === 0);
  const items = (reveal.excerpts ?? []).map((/** @type {any} */ excerpt, /** @type {number} */ i) => {
    // The part that was asked about, not the one around the peak.
    const window = view.round?.number === reveal.number ? view.round.excerpts?.[i]?.window : null;
    const isOdd = reveal.odd === i + 1;
    // The odd one's strongest token is no peak: the unit stays silent on it too.
    const item = clueItem({ ...excerpt, window: window ?? excerpt.window, ...(isOdd ? { peak: null } : {}) }, i, noun);
    if (isOdd) item.classList.add('right');
    item.prepend(h('div', { class: 'ran' }, h('span', { class: 'number' }, i + 1),
      isOdd ? h('span', { class: 'badge odd-one' }, 'the odd one') : null, badges(reveal, context, (answer) => answer.odd === i + 1)));
    return item;
  });
  return h('div', { class: 'stack' }, h('ol', { class: 'clues odd-texts', 'aria-label': 'The four texts' }, items),
    h('div', { class: `all-same${reveal.odd === 0 ? ' right' : ''}` },
      reveal.odd === 0 ? h('b', null, `The ${noun} fires in all four.`) : same.some(Boolean) ? h('span', null, 'All the same') : null,
      h('span', { class: 'ran' }, same)),
    best(reveal));
}

/**
 * What was said to fire, and how many of the firing tokens each marked.
 * @param {any} reveal
 * @param {import('./duel.js').DuelContext} context
 */
export function predictTruth(reveal, context) {
  const count = reveal.heat?.excerpt.tokens.length ?? 0;
  const explanation = reveal.explanation;
  return h('div', { class: 'stack' },
    explanation ? h('p', { class: 'soft' }, 'Said to fire on: ', h('strong', null, h('bdi', null, shownText(explanation.text))), ` (${credited(explanation)})`) : null,
    h('ul', { class: 'tally' }, shownSeats(context).map((seat, place) => {
      const marks = reveal.answers[seat]?.tokens;
      const { hits, firing, alarms, silent } = markCounts(marks ?? [], reveal.firing ?? [], count);
      return h('li', { class: 'ran' }, h('span', { class: `badge ${place === 0 ? 'one' : 'two'}` }, context.name(seat), seconds(reveal.milliseconds?.[seat])),
        h('span', null, marks ? [h('b', null, `${hits} of ${firing}`), ' firing, ', h('b', null, `${alarms} of ${silent}`), ' silent'] : 'nothing marked in time'));
    })));
}

/**
 * The marks of both, and what the explanation predicts, below what the unit did.
 * @param {any} reveal
 * @param {import('./duel.js').DuelContext} context
 */
export function markedMap(reveal, context) {
  const left = context.left();
  const excerpt = reveal.heat.excerpt;
  const noun = unitNoun(reveal.unit);
  // What fires is told by the excerpt's own peak: at half of it a token does.
  const scale = Math.max(0.001, ...excerpt.activations);
  const marked = shownSeats(context).map((seat) => ({ label: String(seat),
    values: excerpt.tokens.map((/** @type {string} */ _, /** @type {number} */ i) => (reveal.answers[seat]?.tokens?.includes(i) ? 1 : 0)) }));
  return h('div', { class: 'card stack' }, h('h3', null, 'Where it really fires'),
    h('p', { class: 'soft small' }, 'The text as read by ', unitLink(reveal.unit.id, unitName(reveal.unit), { beside: true }), '. What reaches half of the highest bar counts as firing.'),
    versusMap({ excerpt: { ...excerpt, scale }, predicted: [...marked, ...reveal.heat.predicted] }, (label) => {
      if (label !== '0' && label !== '1') return { name: 'the explanation predicted', tone: 'first' };
      const seat = Number(label);
      return { name: `${context.name(seat)} marked`, tone: seat === left ? 'one' : 'two' };
    }, noun));
}
