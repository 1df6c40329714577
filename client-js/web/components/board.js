import { Board } from '../../src/board.js';
import { fill, h, prefersStillness } from '../dom.js';
import { rowChanges } from '../logic/board-rows.js';
import { grouped, shownName } from '../logic/text.js';

/**
 * A contest's board that moves live.
 * @param {import('../app.js').App} app
 * @param {string} contest
 * @param {(contest: any) => void} onContest Called when what is known of the contest has changed.
 */
export function liveBoard(app, contest, onContest) {
  const board = new Board();
  const list = h('ol', { class: 'board', 'aria-label': 'Board' });
  const empty = h('p', { class: 'soft' }, 'Nobody has a point yet. Be the first!');
  const pinned = h('ol', { class: 'board own-pinned', hidden: true, 'aria-label': 'Your place' });
  const count = h('span', { class: 'badge' });
  const element = h('section', { class: 'card board-card stack', 'aria-labelledby': 'board-title' },
    h('div', { class: 'row' }, h('h2', { id: 'board-title' }, 'Board'), h('span', { class: 'badge hot live' }, 'live'), count),
    empty, h('div', { class: 'board-scroll', tabindex: 0, 'aria-label': 'Board, scrollable' }, list), pinned);
  /** @type {Map<string, HTMLElement>} */
  const rows = new Map();
  /** @type {import('../../src/board.js').BoardEntry[]} */
  let shown = [];
  let shownContest = /** @type {any} */ (null);
  let you = /** @type {any} */ (null);

  const draw = () => {
    const changes = rowChanges(shown, board.entries);
    const isFirst = shown.length === 0;
    shown = board.entries.slice();
    moveRows(list, rows, shown, changes, { own: app.player?.id ?? '', isFirst });
    empty.hidden = shown.length > 0;
    count.textContent = `${grouped(board.count)} ${board.count === 1 ? 'player' : 'players'}`;
    drawPinned(pinned, you, app.player?.id ?? '', shown);
    if (board.contest !== shownContest) {
      shownContest = board.contest;
      onContest(shownContest);
    }
  };
  const subscription = app.client.subscribe(`board/${contest}`);
  const stops = [
    subscription.on('event', (event) => {
      if (board.apply(event) === 'gap') subscription.refresh();
      else draw();
    }),
    subscription.on('error', (error) => fill(element, h('p', { class: 'soft' }, error.reason))),
    app.on('me', ({ type, data }) => {
      if (type !== 'board.you' || data.contest !== contest) return;
      you = data;
      drawPinned(pinned, you, app.player?.id ?? '', shown);
    }),
  ];
  return {
    element,
    stop() {
      for (const stop of stops) stop();
      subscription.close();
    },
  };
}

/**
 * Brings the rows into their new places; each moves from where it was (FLIP).
 * @param {HTMLElement} list
 * @param {Map<string, HTMLElement>} rows
 * @param {import('../../src/board.js').BoardEntry[]} entries
 * @param {import('../logic/board-rows.js').RowChanges} changes
 * @param {{own: string, isFirst: boolean}} options
 */
function moveRows(list, rows, entries, changes, { own, isFirst }) {
  const isStill = prefersStillness() || isFirst || document.visibilityState === 'hidden';
  /** @type {Map<HTMLElement, number>} */
  const tops = new Map();
  if (!isStill) for (const player of changes.moved.keys()) {
    const row = rows.get(player);
    if (row) tops.set(row, row.offsetTop);
  }
  for (const player of changes.left) {
    rows.get(player)?.remove();
    rows.delete(player);
  }
  entries.forEach((entry, place) => {
    const row = rows.get(entry.player) ?? boardRow(entry);
    rows.set(entry.player, row);
    updateRow(row, entry, place, own);
    row.classList.toggle('fresh', !isFirst && changes.entered.includes(entry.player));
    if (list.children[place] !== row) list.insertBefore(row, list.children[place] ?? null);
    if (changes.raised.includes(entry.player)) {
      row.classList.remove('raised');
      requestAnimationFrame(() => row.classList.add('raised'));
    }
  });
  for (const [row, top] of tops) {
    const by = top - row.offsetTop;
    if (by !== 0) {
      row.animate([{ transform: `translateY(${by}px)` }, { transform: 'none' }],
        { duration: 420, easing: 'cubic-bezier(0.2, 0.8, 0.2, 1)' });
    }
  }
}

/** @param {import('../../src/board.js').BoardEntry} entry */
function boardRow(entry) {
  return h('li', { dataset: { player: entry.player } }, h('span', { class: 'rank' }), h('bdi'), h('span', { class: 'points' }));
}

/**
 * @param {HTMLElement} row
 * @param {import('../../src/board.js').BoardEntry} entry
 * @param {number} place
 * @param {string} own
 */
function updateRow(row, entry, place, own) {
  const texts = [String(place + 1), shownName(entry.name) + (entry.player === own ? ' (you)' : ''), String(entry.points)];
  texts.forEach((text, i) => {
    const cell = row.children[i];
    if (cell && cell.textContent !== text) cell.textContent = text;
  });
  row.classList.toggle('own', entry.player === own);
  row.classList.toggle('first', place === 0);
}

/**
 * One's own place with its neighbours, where it is not among the shown rows.
 * @param {HTMLElement} list
 * @param {any} you
 * @param {string} own
 * @param {import('../../src/board.js').BoardEntry[]} shown
 */
function drawPinned(list, you, own, shown) {
  const isShown = !you || shown.some((entry) => entry.player === own);
  list.hidden = isShown;
  if (isShown) return;
  fill(list, you.neighbours.map((/** @type {any} */ entry, /** @type {number} */ i) => {
    const row = boardRow(entry);
    updateRow(row, entry, you.firstRank - 1 + i, own);
    return row;
  }));
}
