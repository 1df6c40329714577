import { h } from '../dom.js';
import { lockedText } from '../logic/duel-state.js';
import { shownTokens } from '../logic/heat.js';
import { listed, readMarks, spansOf, withSpan, wordsOf } from '../logic/marks.js';
import { shownText, unitNoun } from '../logic/text.js';
import { tabWord } from '../storage.js';
import { hintLine, keyLine, lockIn } from './choices.js';

/** Marks that nobody locked in are sent when so few milliseconds are left: the way takes time. */
const lastMoment = 900;

/**
 * A text whose tokens can be marked: by a tap, by drawing over them, or by arrows and the space bar.
 * @param {string[]} tokens
 * @param {{marks: Set<number>, changed: (marks: Set<number>) => void, isFixed: boolean}} how
 */
function markableText(tokens, { marks, changed, isFixed }) {
  const shown = shownTokens(tokens, [], { scale: 1 });
  const spans = spansOf(shown, tokens.length);
  const isOn = (/** @type {number} */ place) => marks.has(spans[place]?.from ?? -1);
  /** @type {HTMLButtonElement[]} */
  const buttons = shown.map((token, place) => h('button', { class: `m${token.isSign ? ' sign' : ''}`, type: 'button',
    tabindex: place === 0 ? 0 : -1, dataset: { place }, on: {
      // A click without a pointer is the space bar's.
      click: (/** @type {MouseEvent} */ event) => { if (event.detail === 0) mark(place); },
      focus: () => roam(place),
    } }, token.text));
  const draw = () => buttons.forEach((button, place) => {
    button.classList.toggle('on', isOn(place));
    // Marked tokens of one word are one mark to the eye.
    button.classList.toggle('joined', isOn(place) && place > 0 && shown[place]?.lead === '' && isOn(place - 1));
    button.setAttribute('aria-pressed', String(isOn(place)));
    button.disabled = isFixed;
  });
  const mark = (/** @type {number} */ place, /** @type {boolean | undefined} */ wanted = undefined) => {
    const span = spans[place];
    if (isFixed || !span) return;
    marks = withSpan(marks, span, wanted);
    draw();
    changed(marks);
  };
  const roam = (/** @type {number} */ place) => buttons.forEach((button, i) => { button.tabIndex = i === place ? 0 : -1; });
  const text = h('p', { class: 'heat marks', role: 'group', 'aria-label': 'The text; each token can be marked' },
    wordsOf(shown).map(({ from, to }, i) => [i === 0 ? '' : shown[from]?.lead,
      h('span', { class: 'whole' }, buttons.slice(from, to))]).flat());
  drawOver(text, { mark, isOn });
  walk(text, buttons);
  draw();
  return {
    text,
    focus: () => buttons[0]?.focus({ preventScroll: true }),
    /** @param {Iterable<number>} fixed What was locked in. */
    fix(fixed) {
      if (isFixed) return;
      isFixed = true;
      marks = new Set(fixed);
      draw();
    },
  };
}

/**
 * Marks what a pointer is drawn over, as its first token is marked.
 * @param {HTMLElement} text
 * @param {{mark: (place: number, wanted?: boolean) => void, isOn: (place: number) => boolean}} tokens
 */
function drawOver(text, { mark, isOn }) {
  /** @type {boolean | null} */ let wanted = null;
  const placeOf = (/** @type {Element | null} */ element) => {
    const place = /** @type {HTMLElement | null} */ (element?.closest('.m') ?? null)?.dataset.place;
    return place === undefined ? null : Number(place);
  };
  text.addEventListener('pointerdown', (event) => {
    const place = placeOf(/** @type {Element} */ (event.target));
    if (place === null || event.button !== 0) return;
    wanted = !isOn(place);
    mark(place, wanted);
    // A finger keeps the element that it came down on unless it is let go.
    const target = /** @type {Element} */ (event.target);
    if (target.hasPointerCapture(event.pointerId)) target.releasePointerCapture(event.pointerId);
  });
  text.addEventListener('pointermove', (event) => {
    if (wanted === null || event.buttons === 0) return;
    const place = placeOf(document.elementFromPoint(event.clientX, event.clientY));
    if (place !== null && isOn(place) !== wanted) mark(place, wanted);
  });
  for (const end of ['pointerup', 'pointercancel', 'pointerleave']) text.addEventListener(end, () => { wanted = null; });
}

/**
 * Arrows walk over the tokens; up and down to the nearest one of the next line.
 * @param {HTMLElement} text
 * @param {HTMLElement[]} buttons
 */
function walk(text, buttons) {
  text.addEventListener('keydown', (event) => {
    const at = buttons.indexOf(/** @type {HTMLElement} */ (event.target));
    if (at < 0) return;
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1,
      ArrowDown: nextLine(buttons, at, 1), ArrowUp: nextLine(buttons, at, -1) }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    buttons[Math.min(buttons.length - 1, Math.max(0, to))]?.focus();
  });
}

/**
 * @param {HTMLElement[]} buttons
 * @param {number} at
 * @param {1 | -1} step
 */
function nextLine(buttons, at, step) {
  const boxes = buttons.map((button) => button.getBoundingClientRect());
  const own = boxes[at];
  if (!own) return at;
  const isBeyond = (/** @type {DOMRect} */ box) => (step > 0 ? box.top > own.top + own.height / 2 : box.bottom < own.bottom - own.height / 2);
  let best = at;
  let shortest = Infinity;
  boxes.forEach((box, place) => {
    // Lines first: one line down is nearer than anything to the side.
    const way = Math.abs(box.top - own.top) * 100 + Math.abs(box.left - own.left);
    if (isBeyond(box) && way < shortest) {
      shortest = way;
      best = place;
    }
  });
  return best;
}

/**
 * @param {any} view
 * @param {import('./duel.js').DuelContext} context
 * @returns {import('./duel.js').Stage}
 */
export function predictStage(view, context) {
  const { round } = view;
  const noun = unitNoun(round.unit);
  const tokens = round.excerpts?.[0]?.tokens ?? [];
  const says = h('blockquote', { class: 'says' }, h('bdi', null, shownText(round.explanation ?? '')));
  const status = hintLine();
  if (!view.you) {
    return {
      element: h('section', { class: 'question predict' }, h('div', { class: 'panel' }, h('p', { class: 'ask' }, `Where does this ${noun} fire?`), says,
        markableText(tokens, { marks: new Set(), changed: () => {}, isFixed: true }).text, status)),
      update() { status.textContent = 'What they mark stays hidden until the reveal.'; },
    };
  }
  const draftKey = `draft.${context.id}.${round.number}`;
  const kept = view.you.answer?.tokens;
  let marks = kept ? new Set(kept) : readMarks(tabWord(draftKey), tokens.length);
  let isSending = false;
  const send = h('button', { class: 'button main', id: 'send' }, 'Lock in ', h('kbd', null, 'Enter'));
  const count = h('span', { class: 'count' });
  const text = markableText(tokens, { marks, isFixed: Boolean(kept), changed: (/** @type {Set<number>} */ next) => {
    marks = next;
    tabWord(draftKey, listed(marks).join(' '));
    measure();
  } });
  const measure = () => {
    const now = context.view();
    const isOver = now.phase !== 'question' || Boolean(now.you.answer);
    count.textContent = marks.size === 0 ? 'Nothing marked' : marks.size === 1 ? '1 token marked' : `${marks.size} tokens marked`;
    send.disabled = isOver || isSending || marks.size === 0;
  };
  const submit = async () => {
    if (send.disabled) return;
    isSending = true;
    measure();
    if (await lockIn(context, status, { kind: 'predict', tokens: listed(marks) })) tabWord(draftKey, null);
    isSending = false;
    measure();
  };
  send.addEventListener('click', submit);
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.altKey) return;
    // Enter on a token locks in; on any other button it presses that.
    if (target.closest('input, textarea, dialog, a') || (target.closest('button') && !target.closest('.marks'))) return;
    event.preventDefault();
    submit();
  };
  document.addEventListener('keydown', onKey);
  const timer = setInterval(() => {
    const { phase, round: now } = context.view();
    if (phase === 'question' && now.number === round.number && now.deadline - context.app.now() < lastMoment) submit();
  }, 100);
  if (!kept && matchMedia('(hover: hover)').matches) setTimeout(text.focus);
  const keys = keyLine('arrows, ', h('kbd', null, 'Space'), ' to mark, ', h('kbd', null, 'Enter'), ' to lock in');
  measure();
  return {
    element: h('section', { class: 'question predict' },
      h('div', { class: 'panel' }, h('p', { class: 'ask' }, `They say that this ${noun} fires on`), says,
        h('p', { class: 'soft small' }, 'Mark the tokens of this text on which it will fire. Marking all of them earns nothing.')),
      h('div', { class: 'card' }, text.text),
      h('div', { class: 'panel dock' }, h('div', { class: 'row apart' }, count, send), status, keys.element)),
    update(now) {
      if (now.you.answer) {
        text.fix(now.you.answer.tokens ?? []);
        keys.end();
      }
      if (!isSending) status.textContent = lockedText(now, 'marking') ?? status.textContent;
      measure();
    },
    stop() {
      clearInterval(timer);
      document.removeEventListener('keydown', onKey);
    },
  };
}
