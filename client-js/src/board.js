/**
 * A contest's board as the server tells it: a snapshot, then deltas from version to version.
 *
 * @typedef {{rank: number, player: string, name: string, points: number,
 *   finishedAt: number | null, country?: string | null}} BoardEntry
 * @typedef {{op: 'insert', rank: number, entry: BoardEntry}
 *   | {op: 'move', from: number, to: number, entry?: BoardEntry | null}
 *   | {op: 'change', rank: number, entry: BoardEntry}
 *   | {op: 'remove', rank: number}} BoardOperation
 * @typedef {'applied' | 'old' | 'gap'} BoardOutcome
 */
export class Board {
  /** @param {{limit?: number}} options `limit`: how many of the best are kept. */
  constructor({ limit = 100 } = {}) {
    this.limit = limit;
    /** @type {number | null} */ this.version = null;
    /** How many players the board has in all. */
    this.count = 0;
    /**
     * The best, in order.
     * @type {BoardEntry[]}
     */
    this.entries = [];
    /** @type {any} */ this.contest = null;
  }

  /**
   * Takes in `board.snapshot` or `board.delta`; on `gap` nothing has changed, and the caller asks
   * for a snapshot.
   * @param {{type: string, data: any}} event
   * @returns {BoardOutcome}
   */
  apply(event) {
    const { type, data } = event;
    if (type === 'board.snapshot') return this._replace(data);
    if (type !== 'board.delta') return 'old';
    if (this.version === null || data.from > this.version) return 'gap';
    if (data.to <= this.version) return 'old';
    if (data.from < this.version) return 'gap';
    const entries = this.entries.slice();
    for (const operation of data.ops) {
      if (!applyOperation(entries, operation, this.limit)) return 'gap';
    }
    this.entries = renumbered(entries);
    this.version = data.to;
    this.count = data.count;
    if (data.state && this.contest) this.contest = { ...this.contest, state: data.state };
    return 'applied';
  }

  /**
   * @private
   * @param {any} data
   * @returns {BoardOutcome}
   */
  _replace(data) {
    this.version = data.version;
    this.count = data.count;
    this.entries = renumbered(data.entries.slice(0, this.limit));
    this.contest = data.contest ?? this.contest;
    return 'applied';
  }
}

/**
 * @param {BoardEntry[]} entries Changed in place.
 * @param {BoardOperation} operation Ranks count from 1.
 * @param {number} limit
 * @returns {boolean} Whether the operation fits the board.
 */
function applyOperation(entries, operation, limit) {
  const isPlace = (/** @type {number} */ rank) =>
    Number.isInteger(rank) && rank >= 1 && rank <= entries.length;
  switch (operation.op) {
    case 'insert':
      if (operation.rank > limit) return true;
      if (!isPlace(operation.rank) && operation.rank !== entries.length + 1) return false;
      entries.splice(operation.rank - 1, 0, operation.entry);
      if (entries.length > limit) entries.pop();
      return true;
    case 'move': {
      if (!isPlace(operation.from) || !isPlace(operation.to)) return false;
      const [moved] = entries.splice(operation.from - 1, 1);
      if (!moved) return false;
      entries.splice(operation.to - 1, 0, operation.entry ?? moved);
      return true;
    }
    case 'change':
      if (!isPlace(operation.rank)) return false;
      entries[operation.rank - 1] = operation.entry;
      return true;
    case 'remove':
      if (!isPlace(operation.rank)) return false;
      entries.splice(operation.rank - 1, 1);
      return true;
    default:
      return false;
  }
}

/**
 * @param {BoardEntry[]} entries
 * @returns {BoardEntry[]}
 */
function renumbered(entries) {
  return entries.map((entry, index) =>
    (entry.rank === index + 1 ? entry : { ...entry, rank: index + 1 }));
}
