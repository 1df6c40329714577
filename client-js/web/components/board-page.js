import { fill, h } from '../dom.js';
import { duration } from '../logic/clock.js';
import { boardName, parseBoard } from '../logic/board-names.js';
import { grouped, isolated, shownText } from '../logic/text.js';
import { liveBoard } from './board.js';
import { territoryFilter } from './territory-filter.js';

/** How many rows a projector shows. */
const overlayRows = 10;

/**
 * A board by itself, to watch; `?overlay` for a projector: nothing but the board, in large type.
 * @type {import('../main.js').Screen}
 */
export function showBoard(main, app, name, query) {
  const { board: id = name, territory = '' } = parseBoard(name) ?? {};
  const isOverlay = query === 'overlay';
  /** @type {any} */ let contest = null;
  const title = h('h1', null, 'Board');
  const state = h('span', { class: 'badge' });
  const when = h('span', { class: 'badge', hidden: true });
  const count = h('span', { class: 'badge', hidden: !isOverlay });
  const takePart = h('a', { class: 'button main', href: `#/contest/${id}` }, 'Take part');
  const ended = h('p', { class: 'soft', role: 'status', hidden: true });
  const tell = () => {
    if (!contest) return;
    tellEnd(ended, contest);
    count.textContent = `${grouped(contest.players)} ${contest.players === 1 ? 'player' : 'players'}`;
    if (title.textContent !== shownText(contest.title, 80)) title.textContent = shownText(contest.title, 80);
    if (isOverlay) size();
    state.textContent = contest.state;
    state.classList.toggle('hot', contest.state === 'open');
    const until = contest.state === 'scheduled' ? contest.opensAt : contest.closesAt;
    takePart.hidden = when.hidden = contest.state === 'final';
    when.textContent = `${contest.state === 'scheduled' ? 'opens' : 'closes'} in ${duration(until - app.now())}`;
  };
  // All rows fit below the head, whatever the screen is.
  const rowHeight = () => {
    const top = main.isConnected ? board.element.getBoundingClientRect().top + scrollY : 0;
    return Math.max(32, Math.floor((innerHeight * 0.98 - top) / overlayRows));
  };
  const filter = isOverlay ? null : territoryFilter(app, id, territory, (chosen) => app.go(`#/board/${boardName(id, chosen)}`));
  const board = liveBoard(app, name, (next) => { contest = next; tell(); }, { overlay: isOverlay ? rowHeight : null, tools: filter?.element ?? null,
    empty: territory === '' ? undefined : 'Nobody from there has a point yet.' });
  const head = h('div', { class: 'row apart' }, h('div', { class: 'row' }, title, state, when, count));
  const size = () => document.documentElement.style.setProperty('--row', `${rowHeight()}px`);
  if (isOverlay) {
    document.body.classList.add('projected');
    addEventListener('resize', size);
    head.append(h('p', { class: 'join' }, 'Join at ', h('b', null, location.host)));
  } else {
    head.append(h('div', { class: 'row' }, takePart,
      h('a', { class: 'button plain', href: `#/board/${name}?overlay` }, 'For a projector')));
  }
  fill(main, h('section', { class: 'board-page stack' }, head, ended, board.element));
  if (isOverlay) size();
  const timer = setInterval(tell, 1000);
  return () => {
    clearInterval(timer);
    removeEventListener('resize', size);
    document.documentElement.style.removeProperty('--row');
    document.body.classList.remove('projected');
    filter?.stop();
    board.stop();
  };
}

/**
 * Why a contest has ended before its time, and whether its board was changed afterwards.
 * @param {HTMLElement} place
 * @param {any} contest
 */
function tellEnd(place, contest) {
  const parts = [contest.endedBecause ? `Ended early by a moderator: ${isolated(shownText(contest.endedBecause, 300))}` : '',
    contest.amended ? 'A moderator has changed this board after its end.' : ''].filter(Boolean);
  const text = parts.join(' ');
  if (place.textContent !== text) place.textContent = text;
  place.hidden = text === '';
}
