import { h } from '../dom.js';
import { showRounds } from './contest-rounds.js';
import { showRace } from './race.js';

/**
 * The screen of a contest, by its kind.
 * @type {import('../main.js').Screen}
 */
export function showContest(main, app, id) {
  let leave = () => {};
  let isGone = false;
  const waiting = h('p', { class: 'soft', role: 'status' }, 'Opening the contest\u2026');
  main.append(waiting);
  const open = (/** @type {any} */ contest) => {
    if (isGone) return;
    waiting.remove();
    const screen = contest && contest.kind !== 'race' ? showRounds : showRace;
    leave = screen(main, app, id);
  };
  app.client.command('contest.list').then(
    (answer) => open(answer.contests?.find((/** @type {any} */ contest) => contest.id === id)), () => open(null));
  return () => {
    isGone = true;
    leave();
  };
}
