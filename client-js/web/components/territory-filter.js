import { fill, h } from '../dom.js';
import { boardName } from '../logic/board-names.js';
import { territoryName } from '../logic/territories.js';
import { grouped } from '../logic/text.js';
import { territories } from '../territory-data.js';

/**
 * Of whom a board is: everybody, one's own country or region, or any from which somebody stands on it.
 * @param {import('../app.js').App} app
 * @param {string} board Without a territory.
 * @param {string} current Empty for everybody.
 * @param {(territory: string) => void} change
 */
export function territoryFilter(app, board, current, change) {
  const select = h('select', { 'aria-label': 'From where', on: { change: () => change(select.value), focus: () => void load() } });
  /** @type {{territory: string, count: number}[]} */ let counts = [];
  /** @type {import('../logic/territories.js').Territories | null} */ let data = null;
  let isLoaded = false;
  const draw = () => {
    const home = app.player?.territory ?? '';
    const own = [home.split('-')[0], home].filter((one, i, all) => one !== '' && all.indexOf(one) === i);
    const others = counts.filter(({ territory }) => !own.includes(territory));
    const known = [...own, ...others.map(({ territory }) => territory)];
    const text = (/** @type {string} */ territory) => {
      const count = counts.find((one) => one.territory === territory)?.count;
      return `${territoryName(territory, data)}${count === undefined ? '' : ` (${grouped(count)})`}`;
    };
    const options = [['', 'Everywhere'], ...own.map((one) => [one, text(one)]), ...others.map(({ territory }) => [territory, text(territory)])];
    if (current !== '' && !known.includes(current)) options.push([current, text(current)]);
    fill(select, options.map(([value, label]) => h('option', { value }, label)));
    select.value = current;
  };
  const load = async () => {
    if (isLoaded) return;
    isLoaded = true;
    const country = current.split('-')[0] ?? '';
    const ask = (/** @type {string} */ name) => app.client.command('board.territories', { board: name }).then((answer) => answer.territories, () => []);
    const lists = await Promise.all([ask(board), country === '' ? [] : ask(boardName(board, country))]);
    counts = lists.flat();
    if (counts.some(({ territory }) => territory.includes('-')) || app.player?.territory?.includes('-')) data = await territories();
    if (document.activeElement !== select || select.childElementCount <= 1) draw();
  };
  draw();
  void load();
  return { element: h('div', { class: 'row from-where' }, select), stop: app.on('player', draw) };
}
