import { fill, h } from '../dom.js';
import { shownTokens } from '../logic/heat.js';
import { noneChosen, oddPressed } from '../logic/marks.js';
import { unitNoun } from '../logic/text.js';
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
  let state = { ...noneChosen(), chosen };
  /** @type {[number, HTMLElement][]} */
  const cards = [];
  const draw = () => {
    for (const [odd, card] of cards) {
      card.classList.toggle('aimed', state.aimed === odd && state.chosen === null);
      card.classList.toggle('chosen', state.chosen === odd);
      card.classList.toggle('other', state.chosen !== null && state.chosen !== odd);
      if (choose) card.setAttribute('aria-pressed', String(state.chosen === odd));
      /** @type {any} */ (card).disabled = state.chosen !== null || choose === null;
    }
  };
  const move = async (/** @type {typeof state} */ next) => {
    const isChoice = next.chosen !== null && state.chosen === null;
    state = next;
    draw();
    if (isChoice && choose && next.chosen !== null && !(await choose(next.chosen))) {
      state = noneChosen();
      draw();
    }
  };
  const card = (/** @type {number} */ odd, /** @type {string} */ sign, /** @type {HTMLElement} */ body) => {
    const element = h(choose ? 'button' : 'div', { class: 'choice', dataset: { odd },
      on: choose ? { click: () => move({ aimed: odd, chosen: state.chosen ?? odd }) } : {} },
    h('span', { class: 'letter', 'aria-hidden': 'true' }, sign), body);
    cards.push([odd, element]);
    return element;
  };
  const items = excerpts.map((excerpt, i) => {
    const [first, to] = excerpt.window;
    const from = withoutLeadingPunctuation(excerpt.tokens, first, to);
    const text = h('span', { class: 'body text' });
    const show = (/** @type {boolean} */ isOpen) => fill(text, h('span', { class: 'unseen' }, `Text ${i + 1}: `),
      isOpen ? plainText(excerpt.tokens, 0, excerpt.tokens.length) : plainText(excerpt.tokens, from, to));
    show(false);
    const item = h('li', { class: 'odd-text' }, card(i + 1, String(i + 1), text));
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
  const same = card(0, '0', h('span', { class: 'body' }, 'All the same', h('small', null, `all four make the ${noun} fire`)));
  same.classList.add('same');
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input, textarea, dialog')) return;
    if (event.key === 'Enter' && target.closest('button, a')) return;
    const next = oddPressed(state, event.key, excerpts.length);
    if (next === state) return;
    event.preventDefault();
    move(next);
    cards.find(([odd]) => odd === next.aimed)?.[1].scrollIntoView({ block: 'nearest' });
  };
  if (choose) document.addEventListener('keydown', onKey);
  draw();
  return {
    list: h('ol', { class: 'odd-texts', 'aria-label': 'The four texts' }, items), same,
    /** @param {number} odd */
    set(odd) {
      if (odd === state.chosen) return;
      state = { aimed: odd, chosen: odd };
      draw();
    },
    stop: () => document.removeEventListener('keydown', onKey),
  };
}

/**
 * @param {any} view
 * @param {import('./duel.js').DuelContext} context
 * @returns {import('./duel.js').Stage}
 */
export function oddStage(view, context) {
  const { round } = view;
  const noun = unitNoun(round.unit);
  const hint = h('p', { class: 'soft small', role: 'status' });
  const choose = async (/** @type {number} */ odd) => {
    hint.textContent = 'Sending\u2026';
    try {
      await context.answer({ kind: 'oddOneOut', odd });
      return true;
    } catch (error) {
      const { code, reason } = /** @type {any} */ (error);
      if (code === 'already_answered') return true;
      context.app.say(reason);
      hint.textContent = reason;
      return false;
    }
  };
  const cards = oddCards(round.excerpts ?? [], { choose: view.you ? choose : null, chosen: view.you?.answer?.odd ?? null, noun });
  const keys = h('p', { class: 'soft small' }, 'Keys: ', [1, 2, 3, 4].map((key) => [h('kbd', null, key), ' ']).flat(), 'and ', h('kbd', null, '0'),
    ', or arrows and ', h('kbd', null, 'Enter'));
  const element = h('section', { class: 'question odd' },
    h('div', null, h('p', { class: 'ask' }, `Which text leaves the ${noun} silent?`),
      h('p', { class: 'soft small rule' }, `Three of them make the ${noun} fire, on something that they share. Or do all four?`)),
    cards.list, h('div', { class: 'panel dock' }, cards.same, hint, view.you && matchMedia('(hover: hover)').matches ? keys : null));
  return {
    element, stop: cards.stop,
    update(now) {
      const odd = now.you?.answer?.odd;
      if (odd !== undefined && odd !== null) {
        cards.set(odd);
        keys.hidden = true;
        hint.textContent = now.lockedIn[1 - now.you.seat] ? 'Both locked in.' : 'Locked in. Your opponent is still thinking.';
      } else if (now.you && now.lockedIn[1 - now.you.seat]) hint.textContent = 'Your opponent has locked in.';
    },
  };
}
