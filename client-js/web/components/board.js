import { Board } from '../../src/board.js';
import { fill, h } from '../dom.js';
import { BoardPages, boardSource, pageRows, rowsMax } from '../logic/board-pages.js';
import { rowChanges } from '../logic/board-rows.js';
import { territoryName } from '../logic/territories.js';
import { grouped, shownName } from '../logic/text.js';
import { longList } from './rows.js';

/** The height of a row, in pixels; in contest.css, too. */
const rowHeight = 44;

/** How long a board rests before rows below its top are asked for again, in milliseconds. */
const pageRestMs = 1500;

/**
 * A board that moves live.
 * @param {import('../app.js').App} app
 * @param {string} name As behind `board/` in its topic.
 * @param {(contest: any, stage: any, standing: any, own: any) => void} onContest Called when what is known of the contest
 *   has changed, or of what everybody sees of it beside the board, what the board is of, or one's own place.
 * @param {{overlay?: (() => number) | null, empty?: string, tools?: HTMLElement | null}} options `overlay`: the height of
 *   a row, for a projector, which shows as many as there is room for and nobody's own; `tools` stand above the rows.
 */
export function liveBoard(app, name, onContest, { overlay = null, empty: emptyText = 'Nobody has a point yet. Be the first!', tools = null } = {}) {
  const board = new Board();
  const pages = new BoardPages();
  /** @type {import('../../src/board.js').BoardEntry[]} */
  let shown = [];
  let shownContest = /** @type {any} */ (null);
  let shownStage = /** @type {any} */ (null);
  let shownStanding = /** @type {any} */ (null);
  let shownOwn = /** @type {any} */ (null);
  let isStopped = false;
  let [viewFrom, viewTo] = [0, 0];
  let pageTimer = 0;
  let askedAt = -pageRestMs;
  const own = () => (overlay ? '' : app.player?.id ?? '');

  const list = h('ol', { class: 'board', 'aria-label': 'Board' });
  const rows = longList({
    list, rowHeight: overlay ?? (() => rowHeight), label: 'Board, scrollable', slideMs: overlay ? 900 : 450,
    make: boardRow, update: (element, { value }) => updateRow(element, value, own()),
    onView: (from, to) => { [viewFrom, viewTo] = [from, to]; pin(); askPages(); },
  });
  const empty = h('p', { class: 'soft board-empty', hidden: true }, emptyText);
  const pinned = h('button', { class: 'own-pinned', hidden: true, title: 'Show where you are', on: { click: () => rows.reveal(own()) } });
  const count = h('span', { class: 'badge' });
  const live = h('span', { class: 'badge hot live' }, 'live');
  const beside = h('p', { class: 'soft small board-more', hidden: true });
  const element = h('section', { class: `card board-card stack${overlay ? ' overlay' : ''}`, 'aria-labelledby': 'board-title' },
    h('div', { class: 'row' }, h('h2', { id: 'board-title' }, 'Board'), live, count), tools,
    h('div', { class: 'board-frame' }, rows.element, empty, pinned), beside);

  /** One's own row stays in sight: below the others, while it is not among those that are seen. */
  const pin = () => {
    const { you, me } = { you: board.own, me: own() };
    const place = rows.placeOf(me);
    const entry = shown[place ?? -1] ?? you?.neighbours.find(({ player }) => player === me);
    pinned.hidden = place === undefined || !entry || rows.shows(me);
    if (pinned.hidden || !entry) return;
    if (pinned.childElementCount === 0) fill(pinned, ...rowCells());
    updateRow(pinned, { entry, rank: shown[place ?? -1] ? (place ?? 0) + 1 : you?.rank ?? 0 }, me);
  };
  const source = () => boardSource({ top: shown, count: board.count, pages, own: own(), you: board.own });
  /** Asks for the rows in view that the board itself doesn't tell. */
  const askPages = () => {
    if (overlay || isStopped || pageTimer !== 0) return;
    const [start] = pages.wanted(viewFrom, Math.min(viewTo, board.count, rowsMax), shown.length);
    if (start === undefined) return;
    const isMissing = pages.at(Math.max(viewFrom, start)) === undefined;
    const rest = isMissing ? 120 : Math.max(120, askedAt + pageRestMs - performance.now());
    pageTimer = setTimeout(() => {
      askedAt = performance.now();
      app.client.command('board.page', { board: name, from: start + 1, count: pageRows }).then((page) => {
        pageTimer = 0;
        if (isStopped) return;
        pages.take(start, page);
        rows.set(source());
      }, () => { pageTimer = setTimeout(() => { pageTimer = 0; askPages(); }, 3000); });
    }, rest);
  };
  const draw = () => {
    const changes = rowChanges(shown, board.entries);
    const isFirst = shown.length === 0;
    shown = board.entries.slice();
    rows.set(source());
    for (const player of isFirst ? [] : changes.raised) flash(list, player);
    empty.hidden = board.count > 0;
    live.hidden = board.contest?.state === 'final';
    count.textContent = `${grouped(board.count)} ${board.count === 1 ? 'player' : 'players'}`;
    tellBeside(beside, board);
    if (board.contest !== shownContest || board.stage !== shownStage || board.standing !== shownStanding || board.own !== shownOwn) {
      [shownContest, shownStage, shownStanding, shownOwn] = [board.contest, board.stage, board.standing, board.own];
      onContest(shownContest, shownStage, shownStanding, shownOwn);
    }
  };
  const subscription = app.client.subscribe(`board/${name}`, { own: !overlay });
  const stops = [
    subscription.on('event', (event) => {
      const outcome = board.apply(event);
      if (outcome === 'gap') return subscription.refresh();
      if (outcome === 'old') return;
      if (event.type !== 'board.own') pages.moved();
      if (board.version !== null) draw();
    }),
    subscription.on('error', (error) => fill(element, h('p', { class: 'soft' }, error.reason))),
    app.on('player', () => { if (board.version !== null) draw(); }),
  ];
  return {
    element,
    stop() {
      isStopped = true;
      clearTimeout(pageTimer);
      for (const stop of stops) stop();
      rows.stop();
      subscription.close();
    },
  };
}

/**
 * Who plays beside a board, and when one comes to stand on it.
 * @param {HTMLElement} place
 * @param {Board} board
 */
function tellBeside(place, { standing, count }) {
  const beside = standing?.establishedOnly ? standing.beside : 0;
  place.hidden = beside === 0 && count <= rowsMax;
  place.textContent = beside > 0
    ? `${grouped(beside)} more ${beside === 1 ? 'plays' : 'play'} beside it: on boards of a day or a month stands who came a day ago and has played ten rounds.`
    : count > rowsMax ? `The first ${grouped(rowsMax)} are shown.` : '';
}

function rowCells() {
  return [h('span', { class: 'rank' }), h('span', { class: 'who' }, h('bdi'), h('abbr', { class: 'from', hidden: true })), h('span', { class: 'points' })];
}

/** @param {import('./rows.js').Row} row */
function boardRow({ key, value }) {
  if (value === null) return h('li', { class: 'gap', 'aria-hidden': 'true' }, '\u22ee');
  return h('li', { dataset: { player: key } }, ...rowCells());
}

/**
 * @param {HTMLElement} element
 * @param {import('../logic/board-rows.js').PlacedRow['value']} row
 * @param {string} own
 */
function updateRow(element, row, own) {
  if (row === null) return;
  const { entry, rank } = row;
  const isOwn = entry !== null && entry.player === own;
  const [place, who, points] = /** @type {HTMLElement[]} */ ([...element.children]);
  const [name, from] = /** @type {HTMLElement[]} */ ([...who.children]);
  write(place, grouped(rank));
  write(name, entry ? shownName(entry.name) + (isOwn ? ' (you)' : '') : '\u2026');
  write(points, entry ? grouped(entry.points) : '');
  const territory = entry?.territory ?? '';
  from.hidden = territory === '';
  if (from.textContent !== territory) {
    from.textContent = territory;
    from.title = territoryName(territory);
  }
  element.classList.toggle('own', isOwn);
  element.classList.toggle('first', rank === 1 && entry !== null);
  element.classList.toggle('unknown', entry === null);
}

/** @param {HTMLElement} cell @param {string} text */
function write(cell, text) {
  if (cell.textContent !== text) cell.textContent = text;
}

/**
 * A row whose points have grown lights up.
 * @param {HTMLElement} list
 * @param {string} player
 */
function flash(list, player) {
  const row = [...list.children].find((one) => /** @type {HTMLElement} */ (one).dataset.player === player);
  row?.classList.remove('raised');
  requestAnimationFrame(() => row?.classList.add('raised'));
}
