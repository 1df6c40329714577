/** Rows of a long table: which are found, and in what order. Pure. */

/**
 * @template T
 * @typedef {object} Order
 * @property {((row: T) => string | number) | null} by Null leaves rows in the order in which they came.
 * @property {boolean} isDown Whether the largest comes first.
 */

/**
 * @template T
 * @param {readonly T[]} rows
 * @param {string} sought Words that a row must have, all of them, in whatever case.
 * @param {(row: T) => string} words What is searched of a row.
 * @param {Order<T>} order
 * @returns {T[]} Rows that are equal stay in the order in which they came.
 */
export function tableRows(rows, sought, words, { by, isDown }) {
  const wanted = sought.toLowerCase().split(/\s+/u).filter(Boolean);
  const found = wanted.length === 0 ? rows.slice()
    : rows.filter((row) => { const text = words(row).toLowerCase(); return wanted.every((word) => text.includes(word)); });
  if (!by) return found;
  const sign = isDown ? -1 : 1;
  return found.sort((one, other) => {
    const [a, b] = [by(one), by(other)];
    if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
    return sign * String(a).localeCompare(String(b));
  });
}

/**
 * The row that a key moves to.
 * @param {string} key As in `KeyboardEvent.key`.
 * @param {number} place Where one is; -1 for nowhere.
 * @param {{count: number, page: number}} table `page`: how many rows are seen at once.
 * @returns {number | null} Null when the key means nothing.
 */
export function rowAfterKey(key, place, { count, page }) {
  const steps = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity });
  const step = Object.hasOwn(steps, key) ? steps[key] ?? 0 : null;
  if (step === null || count === 0) return null;
  return Math.min(count - 1, Math.max(0, place + step));
}
