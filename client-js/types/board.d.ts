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
    /** @type {number | null} */ version: number | null;
    /** How many players the board has in all. */
    count: number;
    /**
     * The top, best first; the rank of an entry is its position + 1.
     * @type {BoardEntry[]}
     */
    entries: BoardEntry[];
    /** @type {any} */ contest: any;
    /**
     * What everybody sees of a live contest beside its board; null in other kinds.
     * @type {any}
     */
    stage: any;
    /**
     * What it is of, where it is no contest's.
     * @type {any}
     */
    standing: any;
    /**
     * One's own place, on a topic that was subscribed to with `own`.
     * @type {OwnPlace | null}
     */
    own: OwnPlace | null;
    /**
     * Takes in `board.snapshot`, `board.delta` or `board.own`; on `gap` nothing has changed, and the caller asks
     * for a snapshot.
     * @param {{type: string, data: any}} event
     * @returns {BoardOutcome}
     */
    apply({ type, data }: {
        type: string;
        data: any;
    }): BoardOutcome;
}
/**
 * A board as the server tells it: a snapshot of its top, then deltas from version to version, and
 * where one's own place is.
 */
export type BoardEntry = {
    player: string;
    name: string;
    points: number;
    finishedAt: number;
    territory?: string;
};
/**
 * `neighbours`: the rows around, one's own included.
 */
export type OwnPlace = {
    version: number;
    rank: number | null;
    of: number;
    firstRank: number;
    neighbours: BoardEntry[];
};
/**
 * A board as the server tells it: a snapshot of its top, then deltas from version to version, and
 * where one's own place is.
 */
export type BoardOperation = {
    op: 'insert';
    position: number;
    entry: BoardEntry;
} | {
    op: 'move';
    from: number;
    to: number;
    entry: BoardEntry;
} | {
    op: 'change';
    position: number;
    entry: BoardEntry;
} | {
    op: 'remove';
    position: number;
};
/**
 * A board as the server tells it: a snapshot of its top, then deltas from version to version, and
 * where one's own place is.
 */
export type BoardOutcome = 'applied' | 'old' | 'gap';
