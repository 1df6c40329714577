import { h, prefersStillness } from '../dom.js';
import { shownActivation, shownTokens } from '../logic/heat.js';

/**
 * @typedef {import('../logic/heat.js').ShownToken} ShownToken
 * @typedef {{tokens: string[], activations: number[], scale: number, peak: number | null,
 *   window?: [number, number], id?: string, kind?: string, source?: string}} Excerpt
 */

const tip = h('div', { class: 'tip', role: 'status', hidden: true });
let tipOwner = /** @type {Element | null} */ (null);

/**
 * Shows the exact value of a token above it.
 * @param {Element} element
 * @param {ShownToken} token
 */
function showTip(element, token) {
  tipOwner?.classList.remove('at');
  tipOwner = element;
  element.classList.add('at');
  tip.textContent = `${token.text} \u00a0${shownActivation(token.activation)}${token.note ? ` \u00b7 ${token.note}` : ''}`;
  tip.hidden = false;
  if (!tip.isConnected) document.body.append(tip);
  const box = element.getBoundingClientRect();
  const width = tip.offsetWidth;
  const left = Math.min(Math.max(8, box.left + box.width / 2 - width / 2), innerWidth - width - 8);
  tip.style.left = `${left + scrollX}px`;
  tip.style.top = `${box.top + scrollY - tip.offsetHeight - 6}px`;
}

export function hideTip() {
  tipOwner?.classList.remove('at');
  tipOwner = null;
  tip.hidden = true;
}

/**
 * What a text that answers to a choice of its tokens says of each, by the token's place.
 * @typedef {{choose?: (place: number) => void, note?: (place: number) => string | null,
 *   mark?: (place: number) => string, value?: (place: number) => number}} Chosen
 */

/**
 * A text with its activations as heat. One tab stop; the arrow keys walk over the tokens, and Enter
 * chooses one where that means something.
 * @param {Excerpt} excerpt
 * @param {{from?: number, to?: number, label: string, kindle?: boolean} & Chosen} options
 * @returns {HTMLElement}
 */
export function heatText(excerpt, { from = 0, to, label, kindle = false, choose, note, mark, value }) {
  const shown = shownTokens(excerpt.tokens, excerpt.activations, {
    scale: excerpt.scale, peak: excerpt.peak, from, ...(to === undefined ? {} : { to }),
  });
  const text = h('p', { class: choose ? 'heat chosen' : 'heat', tabindex: 0, 'aria-description': label });
  for (const token of shown) {
    token.note = note?.(token.first) ?? token.note;
    token.activation = value?.(token.first) ?? token.activation;
  }
  const isCutBefore = from > 0;
  const isCutAfter = to !== undefined && to < excerpt.tokens.length;
  if (isCutBefore) text.append(h('span', { class: 'cut' }, '\u2026'));
  const spans = shown.map((token, i) => {
    const classes = ['t'];
    if (token.level > 0) classes.push(`h${token.level}`);
    if (token.isPeak && token.level > 0) classes.push('peak');
    if (token.isSign) classes.push('sign');
    if (mark) classes.push(mark(token.first));
    const span = h('span', { class: classes.join(' ') }, token.text);
    if (kindle && token.level > 0 && !prefersStillness()) span.style.animationDelay = `${250 + i * 45}ms`;
    // A cut has its own space; a second one would look like a mistake.
    text.append(i === 0 ? '' : token.lead, span);
    return span;
  });
  if (isCutAfter) text.append(h('span', { class: 'cut' }, '\u2026'));
  listen(text, spans, shown, choose);
  return text;
}

/**
 * @param {HTMLElement} text
 * @param {HTMLElement[]} spans
 * @param {ShownToken[]} shown
 * @param {(place: number) => void} [choose]
 */
function listen(text, spans, shown, choose) {
  let at = -1;
  const go = (/** @type {number} */ place) => {
    const span = spans[place];
    const token = shown[place];
    if (!span || !token) return;
    at = place;
    showTip(span, token);
  };
  const strongest = () => shown.reduce((best, token, i) =>
    (token.activation > (shown[best]?.activation ?? 0) ? i : best), 0);
  text.addEventListener('pointerover', (event) => {
    const place = spans.indexOf(/** @type {HTMLElement} */ (event.target));
    if (place >= 0) go(place);
  });
  text.addEventListener('pointerleave', hideTip);
  text.addEventListener('focus', () => { if (text.matches(':focus-visible')) go(strongest()); });
  text.addEventListener('blur', hideTip);
  if (choose) {
    text.addEventListener('click', (event) => {
      const token = shown[spans.indexOf(/** @type {HTMLElement} */ (event.target))];
      if (token) choose(token.first);
    });
  }
  text.addEventListener('keydown', (event) => {
    const token = shown[at];
    if (event.key === 'Enter' && choose && token) {
      event.preventDefault();
      choose(token.first);
    }
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    go(Math.min(spans.length - 1, Math.max(0, at + step)));
  });
}

/**
 * Clues, each as a window around its peak, opened in full by a tap.
 * @param {Excerpt[]} clues
 * @param {string} noun What lights up in them.
 * @returns {HTMLElement}
 */
export function clueList(clues, noun) {
  return h('ol', { class: 'clues', 'aria-label': `Clues: where this ${noun} lights up` },
    clues.map((clue, i) => clueItem(clue, i, noun)));
}

/**
 * @param {Excerpt} clue
 * @param {number} number
 * @param {string} noun
 */
export function clueItem(clue, number, noun) {
  const [first, to] = clue.window ?? [0, clue.tokens.length];
  const from = withoutLeadingPunctuation(clue.tokens, first, clue.peak ?? to);
  const isWhole = from <= 0 && to >= clue.tokens.length;
  const peakWord = clue.tokens[clue.peak ?? 0]?.trim() ?? '';
  const isSilent = clue.peak === null || Math.max(0, ...clue.activations) < 0.05 * clue.scale;
  const label = isSilent ? `The ${noun} stays silent here.` : `Lights up most on ${peakWord || 'white space'}.`;
  let isOpen = false;
  let text = heatText(clue, { from, to, label });
  const item = h('li', { class: 'clue fresh', dataset: clue.id ? { text: `excerpt/${clue.id}` } : {} }, text);
  item.style.animationDelay = `${number * 60}ms`;
  if (isSilent) item.append(h('span', { class: 'silent' }, 'silent here'));
  if (isWhole) return item;
  const button = h('button', {
    class: 'open', 'aria-expanded': 'false', 'aria-label': `Whole text of clue ${number + 1}`,
    title: clue.source ? `Whole text, from ${clue.source}` : 'Whole text',
  }, '\u2195');
  const toggle = () => {
    isOpen = !isOpen;
    const next = heatText(clue, isOpen ? { label } : { from, to, label });
    text.replaceWith(next);
    text = next;
    button.setAttribute('aria-expanded', String(isOpen));
    hideTip();
  };
  button.addEventListener('click', toggle);
  item.addEventListener('dblclick', toggle);
  item.append(button);
  return item;
}

/**
 * A window that starts with the end of another sentence reads badly.
 * @param {string[]} tokens
 * @param {number} from
 * @param {number} peak What may not be cut off.
 */
export function withoutLeadingPunctuation(tokens, from, peak) {
  let start = from;
  while (start > 0 && start < peak && !/[\p{L}\p{N}]/u.test(tokens[start] ?? 'x')) start += 1;
  return start;
}

/**
 * What a unit did against what was predicted, token by token.
 * @param {{excerpt: Excerpt, predicted: {label: string, values: number[]}[]}} heat
 * @param {(label: string) => {name: string, tone: 'one' | 'two' | 'first' | 'second'}} describe Whose
 *   prediction a label stands for: of a seat, or of one of the two texts of a pick.
 * @param {string} noun What sort of thing the unit is.
 * @returns {HTMLElement}
 */
export function versusMap({ excerpt, predicted }, describe, noun) {
  const shown = shownTokens(excerpt.tokens, excerpt.activations, { scale: excerpt.scale, peak: excerpt.peak });
  const rows = predicted.slice(0, 3).map(({ label, values }) => ({ ...describe(label), values }));
  const columns = shown.map((token, i) => {
    const bar = h('div', { class: token.level > 0 ? 'bar' : 'bar none' });
    bar.style.height = `${Math.round(30 * Math.min(1, Math.max(0, token.activation) / (excerpt.scale || 1)))}px`;
    bar.style.animationDelay = `${i * 22}ms`;
    const strips = rows.map((row) => {
      const fillBar = h('i');
      fillBar.style.opacity = String(Math.min(1, Math.max(0, row.values[token.first] ?? 0)));
      return h('div', { class: `strip ${row.tone}` }, fillBar);
    });
    const column = h('div', { class: 'col' }, bar,
      h('div', { class: `word t${token.level > 0 ? ` h${token.level}` : ''}${token.isPeak ? ' peak' : ''}` }, token.text),
      strips);
    column.addEventListener('pointerenter', () => showTip(column, token));
    column.addEventListener('pointerleave', hideTip);
    return column;
  });
  return h('div', { class: 'stack' },
    h('div', { class: 'versus-key' }, h('span', null, `what the ${noun} did`),
      rows.map((row) => h('span', { class: row.tone }, row.name))),
    h('div', { class: 'versus', role: 'img', 'aria-label': spoken(shown, rows, noun) }, wholeWords(shown, columns)));
}

/**
 * Lines break between words, not between the tokens of one.
 * @param {ShownToken[]} shown
 * @param {HTMLElement[]} columns
 */
function wholeWords(shown, columns) {
  /** @type {HTMLElement[]} */
  const words = [];
  columns.forEach((column, i) => {
    const isStart = i === 0 || shown[i]?.lead !== '' || /^\s/.test(shown[i]?.text ?? '');
    if (isStart) words.push(h('div', { class: `whole${i > 0 && shown[i]?.lead ? ' lead' : ''}` }));
    words.at(-1)?.append(column);
  });
  return words;
}

/**
 * @param {ShownToken[]} shown
 * @param {{name: string, values: number[]}[]} rows
 * @param {string} noun
 */
function spoken(shown, rows, noun) {
  const real = shown.filter((token) => token.level >= 4).map((token) => token.text).join(', ') || 'nothing';
  const guesses = rows.map((row) => {
    const words = shown.filter((token) => (row.values[token.first] ?? 0) >= 0.5).map((token) => token.text);
    return `${row.name}: ${words.join(', ') || 'nothing'}`;
  });
  return `The ${noun} fired on ${real}. ${guesses.join('. ')}.`;
}
