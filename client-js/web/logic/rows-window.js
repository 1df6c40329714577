/**
 * A long list of rows of one height, of which only those near the eye are drawn. Pure.
 */

/**
 * Which rows to draw.
 * @param {{top: number, height: number, rowHeight: number, count: number, beyond?: number}} view `top`: how far
 *   the list is scrolled; `height`: what is seen of it; `beyond`: rows drawn before and after; all in pixels
 *   but the counts.
 * @returns {{from: number, to: number}} Rows [from, to).
 */
export function rowsInView({ top, height, rowHeight, count, beyond = 6 }) {
  const from = Math.floor(Math.max(0, top) / rowHeight) - beyond;
  const to = Math.ceil((Math.max(0, top) + Math.max(0, height)) / rowHeight) + beyond;
  const end = Math.min(count, Math.max(0, to));
  return { from: Math.min(end, Math.max(0, from)), to: end };
}

/**
 * Where a list has to be scrolled to after its rows have moved, so that the rows which the reader looks at
 * stay where they were: the middle one of their shifts decides. A reader at the very top stays there, and
 * sees who comes up.
 * @param {readonly string[]} before Names of the rows, in order.
 * @param {{get: (name: string) => number | undefined}} after The new place of each row.
 * @param {{top: number, height: number, rowHeight: number}} view
 * @returns {number} Pixels.
 */
export function keptScroll(before, after, { top, height, rowHeight }) {
  if (top < rowHeight / 2) return top;
  const { from, to } = rowsInView({ top, height, rowHeight, count: before.length, beyond: 0 });
  /** @type {number[]} */
  const shifts = [];
  for (let place = from; place < to; place += 1) {
    const now = after.get(before[place] ?? '');
    if (now !== undefined) shifts.push(now - place);
  }
  shifts.sort((a, b) => a - b);
  return Math.max(0, top + (shifts[shifts.length >> 1] ?? 0) * rowHeight);
}

/**
 * How far to scroll so that a row is seen whole; where it is, if it is.
 * @param {number} place
 * @param {{top: number, height: number, rowHeight: number, covered?: number}} view `covered`: pixels at the
 *   bottom over which something lies.
 */
export function scrollToRow(place, { top, height, rowHeight, covered = 0 }) {
  const start = place * rowHeight;
  if (start < top) return start;
  const end = start + rowHeight - (height - covered);
  return end > top ? end : top;
}
