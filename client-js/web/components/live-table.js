import { fill, h } from '../dom.js';
import { rowAfterKey, tableRows } from '../logic/table-rows.js';
import { grouped } from '../logic/text.js';
import { longList } from './rows.js';

/**
 * @template T
 * @typedef {object} Column
 * @property {string} title
 * @property {(row: T) => string} text What stands in the cell.
 * @property {(row: T) => string | number} [sort] By what rows are sorted; without it they can't be.
 * @property {(row: T) => string | null} [href]
 */

/**
 * @template T
 * @typedef {object} Action
 * @property {string} key A letter that does it for the row where the focus is.
 * @property {string} title
 * @property {(row: T) => boolean} [can] Whether it can be done with a row.
 * @property {boolean} [isCalm] Whether it does nothing that hurts.
 * @property {(row: T) => void} run
 */

/** The height of a row, in pixels; in moderate.css, too. */
const lineHeight = 48;
/** The height of a row on a phone, where what is done with it has a line of its own; there, too. */
const tallHeight = 132;
/** The same where that takes two lines. */
const tallestHeight = 176;
/** How many rows are seen at once, at most. */
const rowsSeen = 9;

/**
 * A table that stays usable with ten thousand rows that change all the time: only what is seen is in the
 * page, the row under one's hand stays where it is, and everything goes by keys.
 * @template T
 * @param {object} options
 * @param {string} options.label
 * @param {Column<T>[]} options.columns
 * @param {Action<T>[]} options.actions
 * @param {(row: T) => string} options.key
 * @param {string} options.none What is said when there are no rows.
 * @param {string} options.widths Widths of the columns, as in CSS.
 * @param {string} [options.actsWidth] How wide the buttons of a row are together.
 * @param {(words: string) => void} [options.seek] Has the server find rows; without it those at hand are searched.
 * @param {() => void} [options.more] Asks for more rows.
 */
export function liveTable({ label, columns, actions, key, none, widths, actsWidth = '6rem', seek, more }) {
  /** @type {number | null} */ let total = null;
  /** @type {any} */ let pause = null;
  /** @type {readonly T[]} */ let all = [];
  /** @type {T[]} */ let rows = [];
  let sought = '';
  /** @type {{column: number, isDown: boolean} | null} */ let order = null;
  /** @type {string | null} */ let current = null;

  const isMany = actions.length > 4;
  const takesTwoLines = actions.length > 5;
  const narrow = matchMedia('(max-width: 40rem)');
  const narrowest = matchMedia('(max-width: 22rem)');
  const rowHeight = () => (!isMany || !narrow.matches ? lineHeight : takesTwoLines || narrowest.matches ? tallestHeight : tallHeight);
  const body = h('div', { role: 'rowgroup', class: 'table-body' });
  const list = longList({
    list: body, rowHeight, label: `${label}, scrollable`, held: () => current, slideMs: 250,
    make: () => h('div', { role: 'row', class: 'table-row', tabindex: -1 }),
    update: (element, { value }, place) => drawRow(element, value, place),
  });
  // The rows take the focus, so the part that scrolls needs none of its own.
  list.element.removeAttribute('tabindex');
  list.element.removeAttribute('role');
  list.element.removeAttribute('aria-label');
  const heads = columns.map((column, i) => h('div', { role: 'columnheader', 'aria-sort': 'none' },
    column.sort ? h('button', { class: 'head', on: { click: () => sortBy(i) } }, column.title) : column.title));
  const search = h('input', { class: 'field search', type: 'search', placeholder: 'Find\u2026', 'aria-label': `Find in ${label.toLowerCase()}`, autocomplete: 'off', spellcheck: 'false',
    on: { input: () => {
      sought = search.value;
      if (!seek) return draw();
      clearTimeout(pause);
      pause = setTimeout(() => seek(sought.trim()), 250);
    } } });
  const rest = h('button', { class: 'button more', hidden: true, on: { click: () => more?.() } }, 'More');
  const count = h('span', { class: 'badge', role: 'status' });
  const nothing = h('p', { class: 'soft' });
  const grid = h('div', { role: 'grid', class: `live-table${isMany ? ' many' : ''}${takesTwoLines ? ' two-lines' : ''}`, 'aria-label': label, on: { keydown: (/** @type {KeyboardEvent} */ event) => onKey(event) } },
    h('div', { role: 'rowgroup' }, h('div', { role: 'row', class: 'table-row heads' }, heads,
      actions.length > 0 ? h('div', { role: 'columnheader' }, h('span', { class: 'unseen' }, 'Actions')) : null)),
    list.element);
  grid.style.setProperty('--columns', actions.length > 0 ? `${widths} ${actsWidth}` : widths);
  const keys = actions.length === 0 ? null : h('p', { class: 'soft small keys' }, 'Keys: ', h('kbd', null, '\u2191'), ' ', h('kbd', null, '\u2193'),
    actions.map(({ key: letter, title }) => [' ', h('kbd', null, letter.toUpperCase()), ` ${title.toLowerCase()}`]).flat());
  const element = h('section', { class: 'card stack', 'aria-label': label },
    h('div', { class: 'row apart' }, h('div', { class: 'row' }, h('h3', null, label), count), search), grid, nothing, rest, keys);

  /**
   * @param {HTMLElement} element
   * @param {T} row
   * @param {number} place
   */
  const drawRow = (element, row, place) => {
    element.dataset.key = key(row);
    element.setAttribute('aria-rowindex', String(place + 2));
    element.tabIndex = key(row) === current || (current === null && place === 0) ? 0 : -1;
    if (element.childElementCount === 0) fill(element, columns.map(() => h('div', { role: 'gridcell' })), actions.length > 0 ? h('div', { role: 'gridcell', class: 'acts' }) : null);
    columns.forEach((column, i) => drawCell(/** @type {HTMLElement} */ (element.children[i]), column.text(row), column.href?.(row) ?? null));
    const acts = element.querySelector('.acts');
    const can = actions.filter((action) => action.can?.(row) ?? true);
    const names = can.map(({ title }) => title).join();
    if (acts instanceof HTMLElement && acts.dataset.names !== names) {
      acts.dataset.names = names;
      fill(acts, can.map((action) => h('button', { class: `button${action.isCalm ? '' : ' danger'}`, tabindex: -1, on: { click: () => perform(action, element.dataset.key ?? '') } }, action.title)));
    }
  };
  /**
   * @param {Action<T>} action
   * @param {string} name
   */
  const perform = (action, name) => {
    // What the row says now, not what it said when its button was made.
    const row = rows.find((one) => key(one) === name);
    if (row !== undefined && (action.can?.(row) ?? true)) action.run(row);
  };
  const sortBy = (/** @type {number} */ column) => {
    order = order?.column === column ? (order.isDown ? null : { column, isDown: true }) : { column, isDown: false };
    heads.forEach((head, i) => head.setAttribute('aria-sort', order?.column !== i ? 'none' : order.isDown ? 'descending' : 'ascending'));
    draw();
  };
  const draw = () => {
    rows = tableRows(all, seek ? '' : sought, (row) => `${key(row)} ${columns.map((column) => column.text(row)).join(' ')}`,
      { by: order ? columns[order.column]?.sort ?? null : null, isDown: order?.isDown ?? false });
    if (current !== null && !rows.some((row) => key(row) === current)) current = null;
    list.element.style.height = `${Math.min(rowsSeen * lineHeight, rows.length * rowHeight())}px`;
    list.set(rows.map((row) => ({ key: key(row), value: row })));
    grid.setAttribute('aria-rowcount', String(rows.length + 1));
    count.textContent = total !== null && total > rows.length ? `${grouped(rows.length)} of ${grouped(total)}` : rows.length === all.length ? grouped(all.length) : `${grouped(rows.length)} of ${grouped(all.length)}`;
    nothing.textContent = all.length === 0 && sought === '' ? none : 'Nothing of this name.';
    nothing.hidden = rows.length > 0;
    search.hidden = all.length < 2 && sought === '';
    grid.hidden = rows.length === 0;
    if (keys) keys.hidden = rows.length === 0;
  };
  const focusRow = (/** @type {number} */ place) => {
    const row = rows[place];
    if (row === undefined) return;
    current = key(row);
    list.reveal(current)?.focus({ preventScroll: true });
  };
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const at = /** @type {HTMLElement} */ (event.target).closest('.table-row:not(.heads)');
    if (!at || event.ctrlKey || event.metaKey || event.altKey) return;
    const name = /** @type {HTMLElement} */ (at).dataset.key ?? '';
    const to = rowAfterKey(event.key, rows.findIndex((row) => key(row) === name), { count: rows.length, page: rowsSeen - 1 });
    const action = actions.find(({ key: letter }) => letter === event.key.toLowerCase());
    if (to !== null) focusRow(to);
    else if (action) perform(action, name);
    else if (event.key === 'Enter' && event.target === at) at.querySelector('a')?.click();
    else return;
    event.preventDefault();
  };
  body.addEventListener('focusin', (/** @type {FocusEvent} */ event) => {
    const at = /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (event.target).closest('.table-row'));
    current = at?.dataset.key ?? null;
  });
  return {
    element,
    /**
     * @param {readonly T[]} next
     * @param {{total: number, isMore: boolean}} [known] What the server says of rows that are not here.
     */
    set(next, known) {
      all = next;
      total = known?.total ?? null;
      rest.hidden = !known?.isMore;
      draw();
    },
    stop: () => list.stop(),
  };
}

/**
 * @param {HTMLElement} cell
 * @param {string} text
 * @param {string | null} href
 */
function drawCell(cell, text, href) {
  if (cell.textContent === text && cell.dataset.href === String(href)) return;
  cell.dataset.href = String(href);
  const inner = h('bdi', { title: text }, text);
  fill(cell, href ? h('a', { href, tabindex: -1 }, inner) : inner);
}
