import { fill, h } from '../../dom.js';
import { undoNames } from '../../logic/console.js';
import { shownName, shownText } from '../../logic/text.js';

/** How many entries are read at once. */
const page = 50;

/**
 * Who did what, when and why, and what undoes it.
 * @param {import('../../app.js').App} app
 * @param {(entry: number, kind: string) => void} undo
 */
export function auditLog(app, undo) {
  const rows = h('tbody');
  const older = h('button', { class: 'button', hidden: true, on: { click: () => read(true) } }, 'Older');
  const none = h('p', { class: 'soft' }, 'Nothing yet.');
  const table = h('table', { class: 'grid-table', hidden: true }, h('thead', null, h('tr', null, ['When', 'Who', 'What', 'Whom', 'Why', 'Undo'].map((head) => h('th', { scope: 'col' }, head)))), rows);
  /** @type {number | null} */ let last = null;
  const read = async (isMore = false) => {
    const answer = await app.wish('moderate.audit', { limit: page, ...(isMore && last !== null ? { before: last } : {}) });
    if (!answer) return;
    const made = answer.entries.map((/** @type {any} */ entry) => h('tr', null, [
      new Date(entry.at).toLocaleString(), shownName(entry.moderator), shownText(entry.action), shownText(entry.target ?? ''), shownText(entry.reason, 300),
    ].map((text) => h('td', null, h('bdi', null, text))),
    h('td', null, entry.undo ? h('button', { class: 'button', on: { click: () => undo(entry.number, entry.undo) } }, undoNames[entry.undo] ?? 'Undo') : h('span', { class: 'soft' }, 'can\u2019t be'))));
    if (isMore) rows.append(...made);
    else fill(rows, made);
    last = answer.entries.at(-1)?.number ?? last;
    older.hidden = answer.entries.length < page;
    table.hidden = rows.childElementCount === 0;
    none.hidden = !table.hidden;
  };
  return { read: () => read(), element: h('section', { class: 'card stack', 'aria-label': 'Audit log' }, h('h3', null, 'Audit log'),
    h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Audit log, scrollable' }, table, none), h('div', { class: 'row' }, older)) };
}
