/**
 * A board as the server tells it: a snapshot of its top, then deltas from version to version, and
 * where one's own place is.
 *
 * @typedef {{player: string, name: string, points: number, finishedAt: number, territory?: string}} BoardEntry
 * @typedef {{version: number, rank: number | null, of: number, firstRank: number,
 *   neighbours: BoardEntry[]}} OwnPlace `neighbours`: the rows around, one's own included.
 * @typedef {{op: 'insert', position: number, entry: BoardEntry}
 *   | {op: 'move', from: number, to: number, entry: BoardEntry}
 *   | {op: 'change', position: number, entry: BoardEntry}
 *   | {op: 'remove', position: number}} BoardOperation
 * @typedef {'applied' | 'old' | 'gap'} BoardOutcome
 */
export class Board {
  constructor() {
    /** @type {number | null} */ this.version = null;
    /** How many players the board has in all. */
    this.count = 0;
    /**
     * The top, best first; the rank of an entry is its position + 1.
     * @type {BoardEntry[]}
     */
    this.entries = [];
    /** @type {any} */ this.contest = null;
    /**
     * What everybody sees of a live contest beside its board; null in other kinds.
     * @type {any}
     */
    this.stage = null;
    /**
     * What it is of, where it is no contest's.
     * @type {any}
     */
    this.standing = null;
    /**
     * One's own place, on a topic that was subscribed to with `own`.
     * @type {OwnPlace | null}
     */
    this.own = null;
  }

  /**
   * Takes in `board.snapshot`, `board.delta` or `board.own`; on `gap` nothing has changed, and the caller asks
   * for a snapshot.
   * @param {{type: string, data: any}} event
   * @returns {BoardOutcome}
   */
  apply({ type, data }) {
    if (type === 'board.snapshot') {
      this.version = data.version;
      this.count = data.count;
      this.entries = data.entries.slice();
      this.contest = data.contest;
      this.stage = data.stage ?? null;
      this.standing = data.standing ?? null;
      return 'applied';
    }
    if (type === 'board.own') {
      this.own = data;
      return 'applied';
    }
    if (type !== 'board.delta' || (this.version !== null && data.to <= this.version)) return 'old';
    if (data.from !== this.version) return 'gap';
    const entries = this.entries.slice();
    for (const operation of data.operations) {
      if (!applyOperation(entries, operation)) return 'gap';
    }
    this.entries = entries;
    this.version = data.to;
    this.count = data.count;
    if (data.contest) this.contest = data.contest;
    if (data.stage) this.stage = data.stage;
    if (data.standing) this.standing = data.standing;
    return 'applied';
  }
}

/**
 * @param {BoardEntry[]} entries Changed in place.
 * @param {BoardOperation} operation Positions count from 0 in the list as it is now.
 * @returns {boolean} Whether the operation fits the board.
 */
function applyOperation(entries, operation) {
  const isPlace = (/** @type {number} */ place) =>
    Number.isInteger(place) && place >= 0 && place < entries.length;
  switch (operation.op) {
    case 'insert':
      if (!isPlace(operation.position) && operation.position !== entries.length) return false;
      entries.splice(operation.position, 0, operation.entry);
      return true;
    case 'move':
      if (!isPlace(operation.from) || !isPlace(operation.to)) return false;
      entries.splice(operation.from, 1);
      entries.splice(operation.to, 0, operation.entry);
      return true;
    case 'change':
      if (!isPlace(operation.position)) return false;
      entries[operation.position] = operation.entry;
      return true;
    case 'remove':
      if (!isPlace(operation.position)) return false;
      entries.splice(operation.position, 1);
      return true;
    default:
      return false;
  }
}
