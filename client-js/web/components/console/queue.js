import { h } from '../../dom.js';
import { stay } from '../../logic/clock.js';
import { aboutOf, decisions, hrefOf, times } from '../../logic/console.js';
import { isolated, shownText } from '../../logic/text.js';
import { listed } from './lists.js';

/**
 * What waits for a moderator: texts, reports, flags; worked through by keys from the top.
 * @param {import('../../app.js').App} app
 * @param {import('./acts.js').Acting} act
 * @param {(player: string) => void} look
 */
export function workQueue(app, act, look) {
  let isAll = false;
  const toggle = h('label', { class: 'row small' }, h('input', { type: 'checkbox', on: { change: (/** @type {any} */ event) => {
    isAll = event.target.checked;
    for (const table of tables) table.read();
  } } }), 'Also what is decided');
  const quoted = (/** @type {string} */ text) => isolated(shownText(text, 80));
  const can = (/** @type {any} */ list, /** @type {string} */ name) => (/** @type {any} */ row) => decisions(list, row).includes(name);
  /** @param {any} list */
  const actions = (list) => {
    const target = (/** @type {any} */ row) => (list === 'texts' ? row.id : aboutOf(row));
    const more = (/** @type {any} */ row) => (list === 'texts' ? {} : { report: row.id });
    return [
      { key: 'l', title: 'Look', isCalm: true, can: (/** @type {any} */ row) => row.player !== null, run: (/** @type {any} */ row) => look(row.player) },
      { key: 's', title: 'Show', isCalm: true, can: can(list, 'restore'), run: (/** @type {any} */ row) => act(() => ({ kind: 'restore', target: target(row) }),
        { title: `Show \u201c${quoted(row.title)}\u201d to all?`, text: '', confirm: 'Show it' }) },
      { key: 'h', title: 'Hide', can: can(list, 'hide'), run: (/** @type {any} */ row) => act(() => ({ kind: 'hide', target: target(row) }),
        { title: 'Hide this text?', text: '', confirm: 'Hide it' }, more(row)) },
      { key: 'm', title: 'Mute', can: can(list, 'mute'), run: (/** @type {any} */ row) => act(({ choice }) => ({ kind: 'mute', target: row.player, seconds: Number(choice) }),
        { title: 'Mute this player?', text: '', confirm: 'Mute', choice: { label: 'For', options: times } }, more(row)) },
      { key: 'k', title: 'Kick', can: can(list, 'kick'), run: (/** @type {any} */ row) => act(({ choice }) => ({ kind: 'kick', target: row.player, seconds: Number(choice) }),
        { title: 'Kick this player?', text: 'The player is told the reason.', confirm: 'Kick', choice: { label: 'Stays out for', options: times } }, more(row)) },
      { key: 'v', title: 'Void', can: can(list, 'void'), run: (/** @type {any} */ row) => act(() => ({ kind: 'voidDuel', target: (row.link ?? '').split('/')[1] }),
        { title: 'Void this duel?', text: 'Ratings that it moved are moved back.', confirm: 'Void it' }, more(row)) },
      { key: 'd', title: 'Dismiss', isCalm: true, can: can(list, 'dismiss'), run: (/** @type {any} */ row) => act(() => ({ kind: 'dismiss', target: row.id }),
        { title: 'Close it without anything done?', text: '', confirm: 'Dismiss' }) },
      { key: 'o', title: 'Open again', isCalm: true, can: can(list, 'reopen'), run: (/** @type {any} */ row) => act(() => ({ kind: 'reopen', target: row.id }),
        { title: 'Open it again?', text: '', confirm: 'Open it' }) },
    ].filter(({ key }) => (list === 'texts' ? 'lsh' : list === 'flags' ? 'lmkvdo' : 'lhmkvdo').includes(key));
  };
  const table = (/** @type {any} */ list, /** @type {string} */ label, /** @type {string} */ none, /** @type {string} */ actsWidth) => listed(app, list, {
    label, none, actsWidth, widths: 'minmax(10rem, 1.3fr) minmax(9rem, 1.8fr) minmax(4.5rem, 0.4fr) minmax(4.5rem, 0.4fr)',
    columns: [
      { title: 'What', text: (/** @type {any} */ row) => shownText(row.title, 200), href: (/** @type {any} */ row) => hrefOf(row.link) },
      { title: 'More', text: (/** @type {any} */ row) => shownText(row.detail, 400) },
      { title: 'State', text: (/** @type {any} */ row) => row.state }, { title: 'Waits', text: (/** @type {any} */ row) => stay(app.now() - row.at) },
    ], actions: actions(list) }, () => isAll);
  const tables = [
    table('texts', 'Texts', 'No text waits for a look.', '13rem'),
    table('reports', 'Reports', 'No reports.', '27rem'),
    table('flags', 'Flags', 'Nothing looks unfair.', '22rem'),
  ];
  return { tables, elements: [toggle, ...tables.map(({ element }) => element)] };
}
