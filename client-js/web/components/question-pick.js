import { h } from '../dom.js';
import { nothingChosen, pressed } from '../logic/keys.js';
import { shownText, unitNoun } from '../logic/text.js';
import { clueList } from './heat-map.js';

/**
 * The two cards of a pick question, for a duel and for a race.
 * @param {{a: string, b: string}} options
 * @param {{choose: ((side: 'a' | 'b') => Promise<boolean>) | null, chosen?: 'a' | 'b' | null}} how `choose` says
 *   whether the choice stands; null for somebody who watches.
 */
export function choiceCards(options, { choose, chosen = null }) {
  let state = { ...nothingChosen(), chosen };
  /** @type {Record<string, HTMLElement>} */
  const cards = {};
  const draw = () => {
    for (const [side, card] of Object.entries(cards)) {
      card.classList.toggle('aimed', state.aimed === side && state.chosen === null);
      card.classList.toggle('chosen', state.chosen === side);
      card.classList.toggle('other', state.chosen !== null && state.chosen !== side);
      if (choose) card.setAttribute('aria-pressed', String(state.chosen === side));
      /** @type {any} */ (card).disabled = state.chosen !== null || choose === null;
    }
  };
  const move = async (/** @type {typeof state} */ next) => {
    const isChoice = next.chosen !== null && state.chosen === null;
    state = next;
    draw();
    if (isChoice && choose && next.chosen && !(await choose(next.chosen))) {
      state = nothingChosen();
      draw();
    }
  };
  for (const side of /** @type {const} */ (['a', 'b'])) {
    cards[side] = h(choose ? 'button' : 'div', { class: 'choice', dataset: { side },
      on: choose ? { click: () => move({ aimed: side, chosen: state.chosen ?? side }) } : {} },
    h('span', { class: 'letter', 'aria-hidden': 'true' }, side.toUpperCase()),
    h('span', { class: 'body' }, h('bdi', null, h('span', { class: 'unseen' }, `${side.toUpperCase()}: `), shownText(options[side]))));
  }
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input, textarea, dialog')) return;
    // A focused button answers Enter by itself.
    if (event.key === 'Enter' && target.closest('button, a')) return;
    const next = pressed(state, event.key);
    if (next === state) return;
    event.preventDefault();
    move(next);
  };
  if (choose) document.addEventListener('keydown', onKey);
  draw();
  return {
    element: h('div', { class: 'choices', role: 'group', 'aria-label': 'The two explanations' }, cards.a, cards.b),
    cards,
    /** @param {'a' | 'b' | null} side */
    set(side) {
      if (side === state.chosen) return;
      state = { aimed: side, chosen: side };
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
export function pickStage(view, context) {
  const { round } = view;
  const hint = h('p', { class: 'soft small', role: 'status' });
  const choose = async (/** @type {'a' | 'b'} */ side) => {
    hint.textContent = 'Sending\u2026';
    try {
      await context.answer({ kind: 'pick', side });
      return true;
    } catch (error) {
      const { code, reason } = /** @type {any} */ (error);
      if (code === 'already_answered') return true;
      context.app.say(reason);
      hint.textContent = reason;
      return false;
    }
  };
  const cards = choiceCards(round.options, { choose: view.you ? choose : null, chosen: view.you?.answer?.side ?? null });
  const keys = h('p', { class: 'soft small' }, 'Keys: ', h('kbd', null, 'A'), ' ', h('kbd', null, 'B'), ' or arrows and ', h('kbd', null, 'Enter'));
  const element = h('section', { class: 'question' }, clueList(round.clues, unitNoun(round.unit)),
    h('div', { class: 'panel dock' }, h('p', { class: 'ask' }, `What makes this ${unitNoun(round.unit)} light up?`), cards.element, hint,
      view.you && matchMedia('(hover: hover)').matches ? keys : null));
  return {
    element, stop: cards.stop,
    update(now) {
      if (now.you?.answer?.side) {
        cards.set(now.you.answer.side);
        keys.hidden = true;
        const isOtherIn = now.lockedIn[1 - now.you.seat];
        hint.textContent = isOtherIn ? 'Both locked in.' : 'Locked in. Your opponent is still thinking.';
      } else if (now.you && now.phase === 'scoring') hint.textContent = 'Time is up.';
      else if (now.you && now.lockedIn[1 - now.you.seat]) hint.textContent = 'Your opponent has locked in.';
    },
  };
}
