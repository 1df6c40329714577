import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boardName, parseBoard, seriesOf } from '../web/logic/board-names.js';
import { BoardPages, boardSource, pageRows, rowsMax } from '../web/logic/board-pages.js';
import { regionsOf, territoryName, territoryOf } from '../web/logic/territories.js';
import { keptScroll, rowsInView, scrollToRow } from '../web/logic/rows-window.js';
import { rowAfterKey, tableRows } from '../web/logic/table-rows.js';

const size = { height: 400, rowHeight: 40 };
const placesOf = (/** @type {string[]} */ names) => new Map(names.map((name, place) => [name, place]));

test('of a hundred thousand rows only those near the eye are drawn, wherever it is', () => {
  const count = 100000;
  for (const top of [-500, 0, 1, 39, 40, 1e6, 40 * count - 400, 1e9]) {
    const { from, to } = rowsInView({ ...size, top, count });
    assert.ok(from >= 0 && to <= count && from <= to && to - from <= 10 + 2 * 6 + 1, `${top}`);
    if (top >= 0 && top <= 40 * count - 400) assert.ok(from * 40 <= top && to * 40 >= top + 400, `${top}`);
  }
  assert.deepEqual(rowsInView({ ...size, top: 0, count: 0 }), { from: 0, to: 0 });
  assert.deepEqual(rowsInView({ ...size, top: 0, count: 3 }), { from: 0, to: 3 });
});

test('a reader at the top stays at the top', () => {
  const names = ['a', 'b', 'c'];
  assert.equal(keptScroll(names, placesOf(['x', ...names]), { ...size, top: 0 }), 0);
});

test('what a reader looks at stays under the eye when others come, go and overtake', () => {
  const names = Array.from({ length: 100 }, (_, i) => `p${i}`);
  const top = 50 * 40;
  assert.equal(keptScroll(names, placesOf(['x', 'y', ...names]), { ...size, top }), top + 80, 'two came in above');
  assert.equal(keptScroll(names, placesOf(names.slice(1)), { ...size, top }), top - 40, 'one above left');
  const overtaken = ['p55', ...names.filter((name) => name !== 'p55')];
  const shift = keptScroll(names, placesOf(overtaken), { ...size, top });
  assert.ok(Math.abs(shift - top) <= 40, 'one of those in view has gone to the first place');
  assert.equal(keptScroll(names, placesOf(['z']), { ...size, top }), top, 'all others');
  assert.equal(keptScroll([], placesOf([]), { ...size, top }), top);
});

test('a row is scrolled to only where it is not seen', () => {
  assert.equal(scrollToRow(3, { ...size, top: 0 }), 0);
  assert.equal(scrollToRow(30, { ...size, top: 0 }), 31 * 40 - 400);
  assert.equal(scrollToRow(9, { ...size, top: 0, covered: 40 }), 40);
  assert.equal(scrollToRow(2, { ...size, top: 4000 }), 80);
});

const entry = (/** @type {string} */ player) => ({ player, name: player, points: 1, finishedAt: 0 });

const namesOf = (/** @type {any} */ source, /** @type {number} */ from, /** @type {number} */ to) =>
  Array.from({ length: to - from }, (_, i) => source.at(from + i)).map(({ key, value }) => [key, value?.rank]);

test('below the top stand pages as they come, and empty rows until then', () => {
  const pages = new BoardPages();
  const top = Array.from({ length: 100 }, (_, i) => entry(`p${i}`));
  const board = { top, count: 50000, pages, own: 'me', you: null };
  assert.equal(boardSource(board).count, 50000);
  assert.deepEqual(pages.wanted(0, 90, 100), [], 'the board tells the top itself');
  assert.deepEqual(pages.wanted(95, 205, 100), [100, 200]);
  assert.deepEqual(namesOf(boardSource(board), 99, 102), [['p99', 100], ['#100', 101], ['#101', 102]]);
  pages.take(100, { version: 3, entries: Array.from({ length: pageRows }, (_, i) => entry(`p${100 + i}`)) });
  assert.deepEqual(pages.wanted(95, 205, 100), [200]);
  assert.deepEqual(namesOf(boardSource(board), 100, 102), [['p100', 101], ['p101', 102]]);
  pages.moved();
  assert.deepEqual(pages.wanted(95, 205, 100), [100, 200], 'shown, and asked for again');
  assert.deepEqual(namesOf(boardSource(board), 100, 101), [['p100', 101]]);
  pages.take(200, { version: 4, entries: [] });
  assert.deepEqual(pages.wanted(95, 205, 100), [100], 'of another version');
});

test('pages of two versions never show a player twice, nor one of the top below it', () => {
  const pages = new BoardPages();
  const top = [entry('a'), entry('b')];
  pages.take(0, { version: 1, entries: [entry('x'), entry('a'), entry('b'), entry('me'), entry('c')] });
  const you = { version: 2, rank: 5, of: 6, firstRank: 4, neighbours: [entry('c'), entry('me')] };
  const source = boardSource({ top, count: 6, pages, own: 'me', you });
  const keys = namesOf(source, 0, 6).map(([key]) => key);
  assert.equal(new Set(keys).size, 6);
  assert.deepEqual(keys.slice(0, 2), ['a', 'b']);
  assert.equal(source.placeOf('me'), 4);
  assert.equal(source.at(4).key, 'me');
});

test('whoever stands below all rows that are shown finds its place behind them', () => {
  const you = { version: 1, rank: rowsMax + 90, of: 250000, firstRank: rowsMax + 89, neighbours: [entry('x'), entry('me')] };
  const source = boardSource({ top: [entry('a')], count: 250000, pages: new BoardPages(), own: 'me', you });
  assert.equal(source.count, rowsMax + 3);
  assert.deepEqual(namesOf(source, rowsMax, rowsMax + 3), [['\u22ee', undefined], ['x', rowsMax + 89], ['me', rowsMax + 90]]);
  assert.equal(source.placeOf('me'), rowsMax + 2);
  assert.equal(boardSource({ top: [], count: 0, pages: new BoardPages(), own: 'me', you: null }).count, 0);
  assert.equal(boardSource({ top: [entry('a')], count: 1, pages: new BoardPages(), own: '', you: null }).placeOf('me'), undefined);
});

test('pages are kept within a bound', () => {
  const pages = new BoardPages();
  for (let start = 0; start < rowsMax; start += pageRows) pages.take(start, { version: 1, entries: [entry(`p${start}`)] });
  assert.equal(pages.at(0), undefined);
  assert.equal(pages.at(rowsMax - pageRows)?.player, `p${rowsMax - pageRows}`);
});

test('the names of boards are read as the server reads them', () => {
  assert.deepEqual(parseBoard('rating:pick:week@DE-BY'), { board: 'rating:pick:week', kind: 'rating', subject: 'pick', span: 'week', territory: 'DE-BY' });
  assert.deepEqual(parseBoard('race-20261124T2300Z'), { board: 'race-20261124T2300Z', kind: '', subject: '', span: '', territory: '' });
  for (const bad of ['', 'a b', 'rating:pick', 'rating:pick:year', 'x@de', 'x@DE-', 'club:x:day', 'x@DE@FR', '../x', 'x'.repeat(65)]) assert.equal(parseBoard(bad), null, bad);
  assert.equal(boardName('a', ''), 'a');
  assert.equal(boardName('a', 'DE'), 'a@DE');
  assert.equal(seriesOf('race-20261124T2300Z'), 'race');
  assert.equal(seriesOf('once'), 'once');
});

test('territories are named where names are known', () => {
  const known = { countries: 'DE US', regions: { DE: 'BY Bavaria,BE Berlin' } };
  assert.equal(territoryName('DE'), 'Germany');
  assert.equal(territoryName('DE-BY', known), 'Bavaria, Germany');
  assert.equal(territoryName('DE-BY'), 'BY, Germany');
  assert.equal(territoryName(''), '');
  assert.equal(territoryName('<b>'), '<b>', 'no name, and no harm');
  assert.deepEqual(regionsOf(known, 'DE').map(({ name }) => name), ['Bavaria', 'Berlin']);
  assert.deepEqual(regionsOf(known, 'FR'), []);
  assert.equal(territoryOf('DE', ' by '), 'DE-BY');
  assert.equal(territoryOf('FR', 'FR-01'), 'FR-01');
  assert.equal(territoryOf('FR', ''), 'FR');
  assert.equal(territoryOf('FR', 'abcd'), null);
  assert.equal(territoryOf('', ''), null);
});

test('ten thousand rows are found and sorted, equal ones in the order in which they came', () => {
  const rows = Array.from({ length: 10000 }, (_, i) => ({ name: `Player ${i}`, tabs: i % 3 }));
  const words = (/** @type {any} */ row) => row.name;
  const found = tableRows(rows, ' PLAYER  999 ', words, { by: null, isDown: false });
  assert.deepEqual(found, rows.filter(({ name }) => name.includes('999')));
  assert.equal(found.length, 19);
  const down = tableRows(rows, '', words, { by: (row) => row.tabs, isDown: true });
  assert.deepEqual(down.slice(0, 2).map((row) => row.name), ['Player 2', 'Player 5']);
  assert.equal(rows[0].name, 'Player 0');
  assert.deepEqual(tableRows(rows, '[(*', words, { by: null, isDown: false }), []);
});

test('keys walk over the rows and stop at the ends', () => {
  const table = { count: 100, page: 8 };
  assert.equal(rowAfterKey('ArrowDown', -1, table), 0);
  assert.equal(rowAfterKey('ArrowDown', 99, table), 99);
  assert.equal(rowAfterKey('PageUp', 3, table), 0);
  assert.equal(rowAfterKey('End', 3, table), 99);
  assert.equal(rowAfterKey('Home', 3, table), 0);
  assert.equal(rowAfterKey('x', 3, table), null);
  assert.equal(rowAfterKey('constructor', 3, table), null);
  assert.equal(rowAfterKey('ArrowDown', 0, { count: 0, page: 8 }), null);
});
