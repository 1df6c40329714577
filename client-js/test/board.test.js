import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Board } from '../src/index.js';
import { seededRandom } from './support/manual-timers.js';

const entry = (player, points) => ({ player, name: player.toUpperCase(), points, finishedAt: 0 });

const snapshot = (version, entries) => ({
  type: 'board.snapshot',
  data: { version, count: entries.length, contest: { id: 'c', state: 'open' }, entries },
});

const delta = (from, to, operations, more = {}) => ({
  type: 'board.delta', data: { from, to, count: 0, contest: null, operations, ...more },
});

test('operations apply in order', () => {
  const board = new Board();
  board.apply(snapshot(1, [entry('a', 30), entry('b', 20), entry('c', 10)]));
  const outcome = board.apply(delta(1, 2, [
    { op: 'move', from: 2, to: 0, entry: entry('c', 40) },
    { op: 'insert', position: 1, entry: entry('d', 35) },
    { op: 'remove', position: 3 },
  ]));
  assert.equal(outcome, 'applied');
  assert.deepEqual(board.entries.map(({ player }) => player), ['c', 'd', 'a']);
});

test('a delta from a later version is a gap and changes nothing', () => {
  const board = new Board();
  board.apply(snapshot(1, [entry('a', 30)]));
  assert.equal(board.apply(delta(2, 3, [{ op: 'remove', position: 0 }])), 'gap');
  assert.equal(board.entries.length, 1);
  assert.equal(board.version, 1);
});

test('an old delta is dropped', () => {
  const board = new Board();
  board.apply(snapshot(5, [entry('a', 30)]));
  assert.equal(board.apply(delta(3, 4, [{ op: 'remove', position: 0 }])), 'old');
  assert.equal(board.entries.length, 1);
});

test('an operation that does not fit is a gap and leaves the board whole', () => {
  const board = new Board();
  board.apply(snapshot(1, [entry('a', 30)]));
  const outcome = board.apply(delta(1, 2, [{ op: 'remove', position: 0 }, { op: 'remove', position: 0 }]));
  assert.equal(outcome, 'gap');
  assert.deepEqual(board.entries.map(({ player }) => player), ['a']);
});

test('a change of state reaches the contest', () => {
  const board = new Board();
  board.apply(snapshot(1, []));
  board.apply(delta(1, 2, [], { contest: { id: 'c', state: 'paused' } }));
  assert.equal(board.contest.state, 'paused');
});

for (let seed = 1; seed <= 30; seed += 1) {
  test(`random deltas equal a sorted model (seed ${seed})`, () => {
    const random = seededRandom(seed);
    const model = [];
    const sorted = () => model.slice().sort((a, b) => b.points - a.points || (a.player < b.player ? -1 : 1));
    const board = new Board();
    board.apply(snapshot(0, []));
    let version = 0;
    for (let step = 0; step < 120; step += 1) {
      const ops = [];
      for (let n = 0; n < 1 + Math.floor(random() * 4); n += 1) {
        const before = sorted();
        if (model.length === 0 || random() < 0.3) {
          const fresh = entry(`p${step}_${n}`, Math.floor(random() * 40));
          model.push(fresh);
          ops.push({ op: 'insert', position: sorted().indexOf(fresh), entry: { ...fresh } });
        } else if (random() < 0.15) {
          const gone = before[Math.floor(random() * before.length)];
          model.splice(model.indexOf(gone), 1);
          ops.push({ op: 'remove', position: before.indexOf(gone) });
        } else {
          const moved = model[Math.floor(random() * model.length)];
          const from = before.indexOf(moved);
          moved.points += Math.floor(random() * 20);
          const to = sorted().indexOf(moved);
          ops.push(from === to ? { op: 'change', position: to, entry: { ...moved } }
            : { op: 'move', from, to, entry: { ...moved } });
        }
      }
      assert.equal(board.apply(delta(version, version + 1, ops)), 'applied');
      version += 1;
      assert.deepEqual(board.entries.map(({ player, points }) => [player, points]),
        sorted().map(({ player, points }) => [player, points]));
    }
  });
}

test('one\u2019s own place and what the board is of come beside the rows', () => {
  const board = new Board();
  board.apply({ type: 'board.snapshot', data: { version: 1, count: 0, contest: null, entries: [], standing: { span: 'week' } } });
  assert.equal(board.contest, null);
  assert.equal(board.standing.span, 'week');
  const own = { version: 1, rank: 7, of: 9, firstRank: 7, neighbours: [entry('me', 3)] };
  assert.equal(board.apply({ type: 'board.own', data: own }), 'applied');
  assert.equal(board.own?.rank, 7);
  assert.equal(board.version, 1);
  board.apply(delta(1, 2, [], { standing: { span: 'week', beside: 3 } }));
  assert.equal(board.standing.beside, 3);
});
