import { stay } from '../../logic/clock.js';
import { hrefOf, times } from '../../logic/console.js';
import { isolated, shownName, shownText } from '../../logic/text.js';
import { liveTable } from '../live-table.js';

/** How many lines are asked for at once. */
const page = 100;
/** How many lines a table holds at most. */
const most = 1000;

/**
 * A table whose rows the server finds and pages, read anew while it is looked at.
 * @param {import('../../app.js').App} app
 * @param {import('../../../src/wire').ListKind} list
 * @param {any} options As of `liveTable`, without what follows from the list.
 * @param {() => boolean} [all] Whether what is decided is listed too.
 */
export function listed(app, list, options, all = () => false) {
  let find = '';
  /** @type {any[]} */ let rows = [];
  /** @type {string | null} */ let next = null;
  let total = 0;
  let asked = 0;
  const table = liveTable({ key: (/** @type {any} */ row) => row.id, seek: (words) => { find = words; read(); }, more: () => read(true), ...options });
  const ask = (/** @type {any} */ after) => app.client.command('moderate.list', { list, limit: page, all: all(), ...(find ? { find } : {}), ...(after ? { after } : {}) });
  const read = async (isMore = false) => {
    asked += 1;
    const own = asked;
    try {
      // As many as were there, so that what one has scrolled to stays.
      const wanted = isMore ? 0 : Math.min(rows.length, most - page);
      /** @type {any[]} */ let found = isMore ? rows.slice() : [];
      let after = isMore ? next : null;
      do {
        const answer = await ask(after);
        if (own !== asked) return;
        found = found.concat(answer.rows);
        total = answer.total;
        after = answer.next;
      } while (!isMore && after && found.length < wanted);
      rows = found;
      next = after;
      table.set(rows, { total, isMore: next !== null && rows.length < most });
    } catch {
      // The next reading shows it.
    }
  };
  return { ...table, read: () => read() };
}

const when = (/** @type {any} */ row) => new Date(row.at).toLocaleString([], { dateStyle: 'short', timeStyle: 'short' });
const until = (/** @type {any} */ row) => (row.until ? new Date(row.until).toLocaleString([], { dateStyle: 'short', timeStyle: 'short' }) : 'for good');

/**
 * What can be done with a player, by key.
 * @param {import('./acts.js').Acting} act
 * @param {(player: string) => void} look
 */
export function playerActions(act, look) {
  const name = (/** @type {any} */ row) => isolated(shownName(row.name ?? row.title));
  const id = (/** @type {any} */ row) => row.player ?? row.id;
  return [
    { key: 'l', title: 'Look', isCalm: true, run: (/** @type {any} */ row) => look(id(row)) },
    { key: 'm', title: 'Mute', run: (/** @type {any} */ row) => act(({ choice }) => ({ kind: 'mute', target: id(row), seconds: Number(choice) }),
      { title: `Mute ${name(row)}?`, text: 'What the player writes is refused, and the player is told why and until when.', confirm: 'Mute', choice: { label: 'For', options: times } }) },
    { key: 'k', title: 'Kick', run: (/** @type {any} */ row) => act(({ choice }) => ({ kind: 'kick', target: id(row), seconds: Number(choice) }),
      { title: `Kick ${name(row)}?`, text: 'The player is told the reason.', confirm: 'Kick', choice: { label: 'Stays out for', options: [...times, ['0', 'not at all: only cut the connections']] } }) },
  ];
}

/**
 * @param {import('../../app.js').App} app
 * @param {import('./acts.js').Acting} act
 * @param {(player: string) => void} look
 */
export function livePlayers(app, act, look) {
  return listed(app, 'players', { label: 'Players', none: 'Nobody is here.', actsWidth: '15rem',
    widths: 'minmax(9rem, 1.4fr) minmax(8rem, 1.2fr) minmax(7rem, 0.8fr) minmax(6rem, 0.8fr) minmax(5rem, 0.7fr)',
    columns: [
      { title: 'Player', text: (/** @type {any} */ row) => shownName(row.title) },
      { title: 'Id', text: (/** @type {any} */ row) => row.id },
      { title: 'Tabs', text: (/** @type {any} */ row) => row.detail },
      { title: 'Here for', text: (/** @type {any} */ row) => stay(app.now() - row.at) },
      { title: 'Where', text: (/** @type {any} */ row) => row.state, href: (/** @type {any} */ row) => hrefOf(row.link) },
    ], actions: playerActions(act, look) });
}

/**
 * @param {import('../../app.js').App} app
 * @param {import('./acts.js').Acting} act
 */
export function liveDuels(app, act) {
  const names = (/** @type {any} */ row) => shownText(row.title, 80);
  return listed(app, 'duels', { label: 'Duels', none: 'No duels.', actsWidth: '6rem',
    widths: 'minmax(11rem, 1.6fr) minmax(5rem, 0.6fr) minmax(13rem, 1.6fr) minmax(6rem, 0.7fr)',
    columns: [
      { title: 'Players', text: names, href: (/** @type {any} */ row) => hrefOf(row.link) },
      { title: 'Format', text: (/** @type {any} */ row) => row.state },
      { title: 'Stands', text: (/** @type {any} */ row) => row.detail },
      { title: 'Since', text: (/** @type {any} */ row) => stay(app.now() - row.at) },
    ],
    actions: [{ key: 'v', title: 'Void', run: (/** @type {any} */ row) => act(() => ({ kind: 'voidDuel', target: row.id }),
      { title: `Void ${isolated(names(row))}?`, text: 'Both players are told the reason.', confirm: 'Void it' }) }] });
}

/**
 * @param {import('../../app.js').App} app
 * @param {import('./acts.js').Acting} act
 */
export function liveContests(app, act) {
  const title = (/** @type {any} */ row) => isolated(shownText(row.title, 80));
  const told = 'The players are told the reason.';
  const is = (/** @type {string[]} */ ...states) => (/** @type {any} */ row) => states.includes(row.state);
  const simple = (/** @type {string} */ key, /** @type {string} */ name, /** @type {import('../../../src/wire').ActKind} */ kind, /** @type {(row: any) => boolean} */ can) => ({ key, title: name, can,
    run: (/** @type {any} */ row) => act(() => ({ kind, target: row.id }), { title: `${name} ${title(row)}?`, text: told, confirm: name }) });
  return listed(app, 'contests', { label: 'Contests', none: 'No contests.', actsWidth: '21rem',
    widths: 'minmax(9rem, 1.6fr) minmax(5rem, 0.7fr) minmax(6rem, 0.8fr) minmax(8rem, 1fr)',
    columns: [
      { title: 'Contest', text: (/** @type {any} */ row) => shownText(row.title, 80), href: (/** @type {any} */ row) => hrefOf(row.link) },
      { title: 'State', text: (/** @type {any} */ row) => row.state },
      { title: 'Players', text: (/** @type {any} */ row) => row.detail },
      { title: 'Closes', text: until },
    ],
    actions: [simple('p', 'Pause', 'pauseContest', is('open')), simple('r', 'Resume', 'resumeContest', is('paused')),
      { key: 'x', title: 'Extend', can: is('scheduled', 'open', 'paused'), run: (/** @type {any} */ row) => act(({ choice }) => ({ kind: 'extendContest', target: row.id, seconds: Number(choice) }),
        { title: `Move the end of ${title(row)}?`, text: '', confirm: 'Move it', choice: { label: 'By', options: [['600', 'ten minutes later'], ['3600', 'an hour later'], ['86400', 'a day later'], ['-600', 'ten minutes earlier']] } }) },
      simple('e', 'End', 'endContest', is('open', 'paused')),
      { key: 't', title: 'Take off', run: (/** @type {any} */ row) => act(({ field }) => ({ kind: 'removeFromContest', target: row.id, player: field }),
        { title: `Take a run off ${title(row)}?`, text: told, confirm: 'Take it off', field: { label: 'Whose run', hint: 'p_\u2026, the player\u2019s id' } }) }] });
}

/**
 * @param {import('../../app.js').App} app
 * @param {import('./acts.js').Acting} act
 */
export function sanctions(app, act) {
  return listed(app, 'bans', { label: 'Bans and mutes', none: 'Nobody is banned or muted.', actsWidth: '6rem',
    widths: 'minmax(10rem, 1.4fr) minmax(4rem, 0.5fr) minmax(8rem, 0.9fr) minmax(6rem, 0.7fr) minmax(10rem, 1.6fr)',
    columns: [
      { title: 'Whom', text: (/** @type {any} */ row) => row.title }, { title: 'What', text: (/** @type {any} */ row) => row.state },
      { title: 'Until', text: until }, { title: 'By', text: (/** @type {any} */ row) => shownName(row.by ?? '') },
      { title: 'Why', text: (/** @type {any} */ row) => shownText(row.detail, 300) },
    ],
    actions: [{ key: 'l', title: 'Lift', run: (/** @type {any} */ row) => act(() => ({ kind: 'lift', target: row.id }),
      { title: `Lift the ${row.state}?`, text: '', confirm: 'Lift it' }) }] });
}

/**
 * @param {import('../../app.js').App} app
 * @param {import('./acts.js').Acting} act
 */
export function notices(app, act) {
  return listed(app, 'notices', { label: 'Notices', none: 'Nothing is announced.', actsWidth: '8rem',
    widths: 'minmax(14rem, 2fr) minmax(8rem, 1fr) minmax(8rem, 1fr)',
    columns: [{ title: 'Text', text: (/** @type {any} */ row) => shownText(row.title, 300) }, { title: 'Since', text: when }, { title: 'Until', text: until }],
    actions: [{ key: 'w', title: 'Withdraw', run: (/** @type {any} */ row) => act(() => ({ kind: 'withdraw', target: row.id }),
      { title: 'Withdraw this notice?', text: '', confirm: 'Withdraw' }) }] });
}

