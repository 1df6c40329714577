import { fill, h } from '../dom.js';
import { lockedText } from '../logic/duel-state.js';
import { shownTokens } from '../logic/heat.js';
import { oddPressed } from '../logic/marks.js';
import { unitNoun } from '../logic/text.js';
import { hintLine, keyLine, lockIn, oneOf } from './choices.js';
import { withoutLeadingPunctuation } from './heat-map.js';

/**
 * The text of an excerpt without any heat.
 * @param {string[]} tokens
 * @param {number} from
 * @param {number} to
 */
export function plainText(tokens, from, to) {
  const shown = shownTokens(tokens, [], { scale: 1, from, to });
  const text = shown.map((token, i) => (i === 0 ? '' : token.lead) + token.text).join('');
  return `${from > 0 ? '\u2026' : ''}${text}${to < tokens.length ? '\u2026' : ''}`;
}

/**
 * Four texts to choose from, each opened in full by a tap on its arrow, and "all the same".
 * @param {{tokens: string[], window: [number, number]}[]} excerpts
 * @param {{choose: ((odd: number) => Promise<boolean>) | null, chosen: number | null, noun: string}} how
 */
function oddCards(excerpts, { choose, chosen, noun }) {
  const { card, set, stop } = oneOf({ pressed: (/** @type {import('../logic/marks.js').OddChoosing} */ state, key) => oddPressed(state, key, excerpts.length), choose, chosen });
  const items = excerpts.map((excerpt, i) => {
    const [first, to] = excerpt.window;
    const from = withoutLeadingPunctuation(excerpt.tokens, first, to);
    const text = h('span', { class: 'body text' });
    const show = (/** @type {boolean} */ isOpen) => fill(text, h('span', { class: 'unseen' }, `Text ${i + 1}: `),
      isOpen ? plainText(excerpt.tokens, 0, excerpt.tokens.length) : plainText(excerpt.tokens, from, to));
    show(false);
    const item = h('li', { class: 'odd-text' }, card(i + 1, String(i + 1), { odd: i + 1 }, text));
    if (from <= 0 && to >= excerpt.tokens.length) return item;
    const open = h('button', { class: 'open', 'aria-expanded': 'false', 'aria-label': `Whole text ${i + 1}`, title: 'Whole text',
      on: { click: () => {
        const isOpen = open.getAttribute('aria-expanded') !== 'true';
        open.setAttribute('aria-expanded', String(isOpen));
        show(isOpen);
      } } }, '\u2195');
    item.append(open);
    return item;
  });
  const same = card(0, '0', { odd: 0 }, h('span', { class: 'body' }, 'All the same', h('small', null, `all four make the ${noun} fire`)));
  same.classList.add('same');
  return { list: h('ol', { class: 'odd-texts', 'aria-label': 'The four texts' }, items), same, set, stop };
}

/**
 * @param {any} view
 * @param {import('./duel.js').DuelContext} context
 * @returns {import('./duel.js').Stage}
 */
export function oddStage(view, context) {
  const { round } = view;
  const noun = unitNoun(round.unit);
  const hint = hintLine();
  const cards = oddCards(round.excerpts ?? [], { choose: view.you ? (odd) => lockIn(context, hint, { kind: 'oddOneOut', odd }) : null, chosen: view.you?.answer?.odd ?? null, noun });
  const keys = keyLine([1, 2, 3, 4].map((key) => [h('kbd', null, key), ' ']).flat(), 'and ', h('kbd', null, '0'), ', or arrows and ', h('kbd', null, 'Enter'));
  const element = h('section', { class: 'question odd' },
    h('div', null, h('p', { class: 'ask' }, `Which text leaves the ${noun} silent?`),
      h('p', { class: 'soft small rule' }, `Three of them make the ${noun} fire, on something that they share. Or do all four?`)),
    cards.list, h('div', { class: 'panel dock' }, cards.same, hint, view.you ? keys.element : null));
  return {
    element, stop: cards.stop,
    update(now) {
      const odd = now.you?.answer?.odd;
      if (odd !== undefined && odd !== null) {
        cards.set(odd);
        keys.end();
      }
      if (now.you) hint.textContent = lockedText(now, 'thinking') ?? hint.textContent;
    },
  };
}
