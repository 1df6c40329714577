import { fill, h } from '../dom.js';
import { voteAfter } from '../logic/solo.js';
import { shownScore } from '../logic/score.js';
import { shownText } from '../logic/text.js';
import { credited } from './credits.js';
import { interval } from './score.js';

/**
 * The explanations of a unit, each with one's vote; aimed at by keys.
 * @param {import('../app.js').App} app
 * @param {{unit: string, changed: (explanation: any, budget: any) => void}} options
 */
export function explanationList(app, { unit, changed }) {
  const list = h('ol', { class: 'explanations votes', 'aria-label': 'Explanations' });
  const element = h('section', { class: 'card stack', 'aria-labelledby': 'said', hidden: true }, h('h2', { id: 'said' }, 'What others say'), list);
  /** @type {Map<string, {element: HTMLElement, update: (one: any) => void, vote: (side: 'up' | 'down') => void}>} */
  const rows = new Map();
  /** @type {string[]} */ let order = [];
  let aimed = -1;

  /** @param {any} first */
  const makeRow = (first) => {
    let one = first;
    const vote = async (/** @type {'up' | 'down'} */ side) => {
      if (one.own) return;
      const answer = await app.wish('solo.vote', { unit, explanation: one.id, vote: voteAfter(one.vote, side) });
      if (answer) changed(answer.explanation, answer.budget);
    };
    const button = (/** @type {'up' | 'down'} */ side) => h('button', { class: `vote ${side}`, on: { click: () => vote(side) } });
    const [up, down] = [button('up'), button('down')];
    const row = h('li', { dataset: { text: `explanation/${first.id}` } });
    const text = shownText(first.text);
    const votes = h('div', { class: 'ballot' }, up, down);
    const body = h('div', { class: 'claim' });
    row.append(body, votes);
    return {
      element: row,
      vote,
      update(/** @type {any} */ next) {
        one = next;
        fill(body, h('bdi', { class: 'what' }, text), one.score ? h('div', { class: 'scored' }, interval(one.score), h('span', { class: 'value', 'aria-hidden': 'true' }, Math.round(one.score.value))) : null,
          h('small', { class: 'soft' }, one.own ? 'yours' : h('bdi', null, credited({ ...one, score: null })),
            one.draft ? `, a draft: ${Math.min(3, one.up)} of 3 votes` : one.score ? `, scores ${shownScore(one.score)}` : ', not scored'));
        for (const [side, count, button] of [['up', one.up, up], ['down', one.down, down]]) {
          button.setAttribute('aria-pressed', String(one.vote === side));
          button.setAttribute('aria-label', `${side === 'up' ? 'Fits' : 'Doesn\u2019t fit'}: ${text}. ${count} ${count === 1 ? 'vote' : 'votes'}`);
          button.disabled = one.own;
          fill(button, h('span', { 'aria-hidden': 'true' }, side === 'up' ? '\u25b2' : '\u25bc'), h('b', null, count));
        }
      },
    };
  };
  const mark = () => order.forEach((id, i) => rows.get(id)?.element.classList.toggle('aimed', i === aimed));
  return {
    element,
    /** @param {any[]} explanations */
    update(explanations) {
      element.hidden = explanations.length === 0;
      const ids = explanations.map(({ id }) => id);
      for (const one of explanations) {
        if (!rows.has(one.id)) rows.set(one.id, makeRow(one));
        rows.get(one.id)?.update(one);
      }
      if (ids.join() !== order.join()) fill(list, ids.map((id) => rows.get(id)?.element ?? null));
      order = ids;
      mark();
    },
    /** @param {1 | -1} by */
    aim(by) {
      if (order.length === 0) return;
      aimed = Math.min(order.length - 1, Math.max(0, aimed + by));
      mark();
      rows.get(order[aimed] ?? '')?.element.scrollIntoView({ block: 'center' });
    },
    /** @param {'up' | 'down'} side */
    vote(side) {
      rows.get(order[aimed] ?? '')?.vote(side);
    },
    /** @param {string} id */
    point(id) {
      aimed = order.indexOf(id);
      mark();
      rows.get(id)?.element.scrollIntoView({ block: 'center' });
    },
  };
}
