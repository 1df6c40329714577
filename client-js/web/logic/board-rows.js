/**
 * What a board's rows do when it changes, for the animation: First, Last, Invert, Play.
 *
 * @typedef {{player: string, points: number}} Row
 * @typedef {{entered: string[], left: string[], raised: string[],
 *   moved: Map<string, number>}} RowChanges `moved`: by how many places a player was higher (-) or
 *   lower (+) before than now.
 */

/**
 * @param {readonly Row[]} before
 * @param {readonly Row[]} after
 * @returns {RowChanges}
 */
export function rowChanges(before, after) {
  const places = new Map(before.map((row, place) => [row.player, place]));
  const points = new Map(before.map((row) => [row.player, row.points]));
  const now = new Set(after.map((row) => row.player));
  /** @type {RowChanges} */
  const changes = { entered: [], left: [], raised: [], moved: new Map() };
  after.forEach((row, place) => {
    const was = places.get(row.player);
    if (was === undefined) changes.entered.push(row.player);
    else if (was !== place) changes.moved.set(row.player, was - place);
    if (was !== undefined && row.points > (points.get(row.player) ?? 0)) changes.raised.push(row.player);
  });
  for (const row of before) if (!now.has(row.player)) changes.left.push(row.player);
  return changes;
}

/**
 * A row of the board as it is drawn; null in place of those that are left out, and without an entry while it is
 * not known.
 * @typedef {import('../../src/board.js').BoardEntry} Entry
 * @typedef {{key: string, value: {entry: Entry | null, rank: number} | null}} PlacedRow
 */
