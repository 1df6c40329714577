import { h } from '../dom.js';

/**
 * Choosing one of several cards, by a tap or by keys; what was chosen stays.
 * @template Value
 * @param {object} how
 * @param {(state: {aimed: Value | null, chosen: Value | null}, key: string) => {aimed: Value | null, chosen: Value | null}} how.pressed
 *   What a key does; the same object where it means nothing.
 * @param {((value: Value) => Promise<boolean>) | null} how.choose Says whether the choice stands; null for
 *   somebody who watches.
 * @param {Value | null} how.chosen
 */
export function oneOf({ pressed, choose, chosen }) {
  /** @typedef {{aimed: Value | null, chosen: Value | null}} Choosing */
  let state = /** @type {Choosing} */ ({ aimed: null, chosen });
  /** @type {Map<Value, any>} */ const cards = new Map();
  const draw = () => {
    for (const [value, card] of cards) {
      card.classList.toggle('aimed', state.aimed === value && state.chosen === null);
      card.classList.toggle('chosen', state.chosen === value);
      card.classList.toggle('other', state.chosen !== null && state.chosen !== value);
      if (choose) card.setAttribute('aria-pressed', String(state.chosen === value));
      card.disabled = state.chosen !== null || choose === null;
    }
  };
  const move = async (/** @type {Choosing} */ next) => {
    const isChoice = next.chosen !== null && state.chosen === null;
    state = next;
    draw();
    if (isChoice && choose && next.chosen !== null && !(await choose(next.chosen))) {
      state = { aimed: null, chosen: null };
      draw();
    }
  };
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input, textarea, dialog')) return;
    // A focused button answers Enter by itself.
    if (event.key === 'Enter' && target.closest('button, a')) return;
    const next = pressed(state, event.key);
    if (next === state) return;
    event.preventDefault();
    move(next);
    if (next.aimed !== null) cards.get(next.aimed)?.scrollIntoView({ block: 'nearest' });
  };
  if (choose) document.addEventListener('keydown', onKey);
  return {
    /**
     * @param {Value} value
     * @param {string} sign
     * @param {Record<string, unknown>} named What the card is called in the page.
     * @param {HTMLElement} body
     */
    card(value, sign, named, body) {
      const element = h(choose ? 'button' : 'div', { class: 'choice', dataset: named,
        on: choose ? { click: () => move({ aimed: value, chosen: state.chosen ?? value }) } : {} },
      h('span', { class: 'letter', 'aria-hidden': 'true' }, sign), body);
      cards.set(value, element);
      draw();
      return element;
    },
    /** @param {Value | null} value */
    set(value) {
      if (value === state.chosen) return;
      state = { aimed: value, chosen: value };
      draw();
    },
    stop: () => document.removeEventListener('keydown', onKey),
  };
}

/**
 * Sends an answer, and says below the question how that goes.
 * @param {import('./duel.js').DuelContext} context
 * @param {HTMLElement} hint
 * @param {any} answer
 * @returns {Promise<boolean>} Whether it stands.
 */
export async function lockIn(context, hint, answer) {
  hint.textContent = 'Sending\u2026';
  try {
    await context.answer(answer);
    return true;
  } catch (error) {
    const { code, reason } = /** @type {any} */ (error);
    if (code === 'already_answered') return true;
    context.app.say(reason);
    hint.textContent = reason;
    return false;
  }
}

/** The line below a question that says how it stands; it has its place before it says anything. */
export function hintLine() {
  return h('p', { class: 'soft small hint', role: 'status' });
}

/**
 * Which keys answer a question, where there is a keyboard; once answered, their place stays empty.
 * @param {...any} text
 */
export function keyLine(...text) {
  if (!matchMedia('(hover: hover)').matches) return { element: null, end() {} };
  const element = h('p', { class: 'soft small' }, 'Keys: ', ...text);
  return { element, end() { element.style.visibility = 'hidden'; } };
}
