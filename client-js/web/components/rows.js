import { h, prefersStillness } from '../dom.js';
import { keptScroll, rowsInView, scrollToRow } from '../logic/rows-window.js';

/**
 * A row of a long list.
 * @typedef {{key: string, value: any}} Row
 * @typedef {{count: number, at: (place: number) => Row, placeOf: (key: string) => number | undefined}} RowSource
 *   Rows that are made when they are looked at; a key names one row at most.
 * @typedef {{element: HTMLElement, place: number}} Drawn
 */

/**
 * A list of any length with rows of one height, each in its place by a transform: rows that move slide,
 * nothing else is laid out anew, and only what is near the eye is in the page.
 * @param {object} options
 * @param {HTMLElement} options.list What holds the rows.
 * @param {() => number} options.rowHeight Pixels.
 * @param {(row: Row) => HTMLElement} options.make
 * @param {(element: HTMLElement, row: Row, place: number) => void} options.update
 * @param {string} options.label What the scrolled part is called.
 * @param {() => string | null} [options.held] The key of a row that stays in the page, wherever it is.
 * @param {(from: number, to: number) => void} [options.onView] Called when other rows are in view; these are
 *   drawn.
 * @param {number} [options.slideMs] How long a row takes to its new place.
 */
export function longList({ list, rowHeight, make, update, label, held = () => null, onView = () => {}, slideMs = 450 }) {
  const element = h('div', { class: 'rows-scroll', tabindex: 0, role: 'region', 'aria-label': label }, list);
  /** @type {RowSource} */ let rows = sourceOf([]);
  /** @type {Map<string, Drawn>} */ const drawn = new Map();
  let frame = 0;
  const view = () => ({ top: element.scrollTop, height: element.clientHeight, rowHeight: rowHeight() });

  /** @param {Map<string, number> | null} olds Where rows were on the screen, to slide from there. */
  const draw = (olds) => {
    const high = rowHeight();
    const focused = list.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
    const { from, to } = rowsInView({ ...view(), count: rows.count });
    const wanted = Array.from({ length: to - from }, (_, i) => ({ row: rows.at(from + i), place: from + i }));
    const kept = rows.placeOf(held() ?? '');
    if (kept !== undefined && (kept < from || kept >= to)) wanted.push({ row: rows.at(kept), place: kept });
    wanted.sort((a, b) => a.place - b.place);
    const keys = new Set(wanted.map(({ row }) => row.key));
    for (const [key, { element: old }] of drawn) {
      if (keys.has(key)) continue;
      old.remove();
      drawn.delete(key);
    }
    wanted.forEach(({ row, place }, i) => {
      const one = drawn.get(row.key) ?? { element: make(row), place: -1 };
      drawn.set(row.key, one);
      update(one.element, row, place);
      one.place = place;
      one.element.style.transform = `translateY(${place * high}px)`;
      putAt(list, i, one.element);
      slide(one, olds?.get(row.key));
    });
    // A row that was taken out and put back has lost the focus.
    if (focused?.isConnected && focused !== document.activeElement) focused.focus({ preventScroll: true });
    onView(from, to);
  };
  const slide = (/** @type {Drawn} */ one, /** @type {number | undefined} */ old) => {
    const top = one.place * rowHeight();
    const start = old === undefined ? undefined : old + element.scrollTop;
    if (start === undefined || Math.abs(start - top) < 1) return;
    one.element.animate([{ transform: `translateY(${start}px)` }, { transform: `translateY(${top}px)` }],
      { duration: slideMs, easing: 'cubic-bezier(0.2, 0.8, 0.2, 1)' });
  };
  const redraw = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => draw(null));
  };
  element.addEventListener('scroll', redraw, { passive: true });
  const watch = new ResizeObserver(redraw);
  watch.observe(element);
  return {
    element,
    /** @param {Row[] | RowSource} next */
    set(next) {
      // Only what is in view decides where the eye stays.
      /** @type {string[]} */ const before = [];
      before.length = rows.count;
      for (const [key, { place }] of drawn) before[place] = key;
      const was = view();
      rows = Array.isArray(next) ? sourceOf(next) : next;
      const isStill = prefersStillness() || before.length === 0 || document.visibilityState === 'hidden';
      const olds = isStill ? null : new Map([...drawn].map(([key, { place }]) => [key, place * was.rowHeight - was.top]));
      list.style.height = `${rows.count * was.rowHeight}px`;
      const top = keptScroll(before, { get: rows.placeOf }, was);
      if (top !== was.top) element.scrollTop = top;
      draw(olds);
    },
    /** @param {string} key */
    placeOf: (key) => rows.placeOf(key),
    /**
     * Whether a row is seen whole.
     * @param {string} key
     */
    shows(key) {
      const place = rows.placeOf(key);
      const { top, height, rowHeight: high } = view();
      return place !== undefined && place * high >= top - 1 && (place + 1) * high <= top + height + 1;
    },
    /**
     * Scrolls a row into view.
     * @param {string} key
     * @param {number} [covered] Pixels at the bottom that something covers.
     * @returns {HTMLElement | undefined}
     */
    reveal(key, covered = 0) {
      const place = rows.placeOf(key);
      if (place === undefined) return undefined;
      element.scrollTop = scrollToRow(place, { ...view(), covered });
      draw(null);
      return drawn.get(key)?.element;
    },
    stop() {
      cancelAnimationFrame(frame);
      watch.disconnect();
    },
  };
}

/**
 * @param {Row[]} rows
 * @returns {RowSource}
 */
function sourceOf(rows) {
  const places = new Map(rows.map((row, place) => [row.key, place]));
  return { count: rows.length, at: (place) => /** @type {Row} */ (rows[place]), placeOf: (key) => places.get(key) };
}

/**
 * Puts a row in its place among the others, moving as few of them as can be.
 * @param {HTMLElement} list
 * @param {number} place
 * @param {HTMLElement} row
 */
function putAt(list, place, row) {
  const there = list.children[place];
  if (there === row) return;
  // One that has gone down is moved itself, and not all those that have come up by one.
  if (there && there.nextElementSibling === row) list.append(there);
  else list.insertBefore(row, there ?? null);
}
