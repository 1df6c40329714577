import { h } from '../dom.js';
import { lockedText } from '../logic/duel-state.js';
import { pressed } from '../logic/keys.js';
import { shownText, unitNoun } from '../logic/text.js';
import { hintLine, keyLine, lockIn, oneOf } from './choices.js';
import { clueList } from './heat-map.js';

/**
 * The two cards of a pick question, for a duel and for a race.
 * @param {{a: string, b: string}} options
 * @param {{choose: ((side: 'a' | 'b') => Promise<boolean>) | null, chosen?: 'a' | 'b' | null}} how `choose` says
 *   whether the choice stands; null for somebody who watches.
 */
export function choiceCards(options, { choose, chosen = null }) {
  const { card, set, stop } = oneOf({ pressed, choose, chosen });
  const make = (/** @type {'a' | 'b'} */ side) => card(side, side.toUpperCase(), { side },
    h('span', { class: 'body' }, h('bdi', null, h('span', { class: 'unseen' }, `${side.toUpperCase()}: `), shownText(options[side]))));
  /** @type {Record<string, HTMLElement>} */
  const cards = { a: make('a'), b: make('b') };
  return { element: h('div', { class: 'choices', role: 'group', 'aria-label': 'The two explanations' }, cards.a, cards.b), cards, set, stop };
}

/**
 * @param {any} view
 * @param {import('./duel.js').DuelContext} context
 * @returns {import('./duel.js').Stage}
 */
export function pickStage(view, context) {
  const { round } = view;
  const hint = hintLine();
  const cards = choiceCards(round.options, { choose: view.you ? (side) => lockIn(context, hint, { kind: 'pick', side }) : null, chosen: view.you?.answer?.side ?? null });
  const keys = keyLine(h('kbd', null, 'A'), ' ', h('kbd', null, 'B'), ' or arrows and ', h('kbd', null, 'Enter'));
  const element = h('section', { class: 'question' }, clueList(round.clues, unitNoun(round.unit)),
    h('div', { class: 'panel dock' }, h('p', { class: 'ask' }, `What makes this ${unitNoun(round.unit)} light up?`), cards.element, hint,
      view.you ? keys.element : null));
  return {
    element, stop: cards.stop,
    update(now) {
      const side = now.you?.answer?.side;
      if (side) {
        cards.set(side);
        keys.end();
      }
      if (!now.you) return;
      if (!side && now.phase === 'scoring') hint.textContent = 'Time is up.';
      else hint.textContent = lockedText(now, 'thinking') ?? hint.textContent;
    },
  };
}
