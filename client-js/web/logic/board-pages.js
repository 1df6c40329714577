/**
 * The rows of a long board below its top: pages of ranks, asked for as they come into view. Pure.
 *
 * @typedef {import('../../src/board.js').BoardEntry} Entry
 * @typedef {{version: number, entries: Entry[], isStale: boolean}} Page
 */

/** Rows of a page; the server gives 200 at most. */
export const pageRows = 100;
/** How many rows a board shows; who stands below finds its own place at the end. */
export const rowsMax = 100000;
/** How many pages are kept; others are asked for again. */
const pagesMax = 60;

export class BoardPages {
  constructor() {
    /** @private @type {Map<number, Page>} By the place of the first row. */ this._pages = new Map();
  }

  /**
   * The pages that are missing or out of date among the places [from, to).
   * @param {number} from
   * @param {number} to
   * @param {number} known Places below are told by the board itself.
   * @returns {number[]} The places of their first rows.
   */
  wanted(from, to, known) {
    const starts = [];
    for (let start = Math.max(from, known) - (Math.max(from, known) % pageRows); start < to; start += pageRows) {
      if (this._pages.get(start)?.isStale !== false) starts.push(start);
    }
    return starts;
  }

  /**
   * @param {number} start
   * @param {{version: number, entries: Entry[]}} page
   */
  take(start, { version, entries }) {
    this._pages.delete(start);
    this._pages.set(start, { version, entries, isStale: false });
    // Pages of an older version don't fit to this one.
    for (const page of this._pages.values()) if (page.version < version) page.isStale = true;
    for (const old of this._pages.keys()) {
      if (this._pages.size <= pagesMax) break;
      this._pages.delete(old);
    }
  }

  /** The board has moved: what is known is shown until it is asked for again. */
  moved() {
    for (const page of this._pages.values()) page.isStale = true;
  }

  /** @param {number} place @returns {Entry | undefined} */
  at(place) {
    const offset = place % pageRows;
    return this._pages.get(place - offset)?.entries[offset];
  }
}

/**
 * All rows of a board: the top, pages, one's own place with its neighbours, and empty rows where nothing is
 * known yet.
 * @param {{top: readonly Entry[], count: number, pages: BoardPages, own: string,
 *   you: import('../../src/board.js').OwnPlace | null}} board `own`: the player.
 * @returns {{count: number, at: (place: number) => import('./board-rows.js').PlacedRow, placeOf: (key: string) => number | undefined}}
 */
export function boardSource({ top, count, pages, own, you }) {
  const shown = Math.max(top.length, Math.min(count, rowsMax));
  const places = new Map(top.map((entry, place) => [entry.player, place]));
  const rank = you?.rank ?? null;
  const ownPlace = places.get(own) ?? (rank !== null && own !== '' ? rank - 1 : undefined);
  // Whose rank is beyond all rows stands below them, with its neighbours.
  const tail = you && own !== '' && ownPlace !== undefined && ownPlace >= shown
    ? you.neighbours.map((entry, i) => ({ entry, rank: you.firstRank + i })).filter((row) => row.rank > shown) : [];
  const near = new Map((you?.neighbours ?? []).map((entry, i) => [(you?.firstRank ?? 1) - 1 + i, entry]));
  const at = (/** @type {number} */ place) => {
    if (place >= shown) {
      const row = tail[place - shown - 1];
      return { key: row ? row.entry.player : '\u22ee', value: row ?? null };
    }
    const entry = top[place] ?? near.get(place) ?? pages.at(place);
    // Pages of two versions may tell of the same player: one row bears its name.
    const isElsewhere = entry && place >= top.length
      && (places.has(entry.player) || (entry.player === own && ownPlace !== place));
    if (!entry || isElsewhere) return { key: `#${place}`, value: { entry: null, rank: place + 1 } };
    return { key: entry.player, value: { entry, rank: place + 1 } };
  };
  return {
    count: shown + (tail.length > 0 ? tail.length + 1 : 0),
    at,
    placeOf(key) {
      if (places.has(key)) return places.get(key);
      if (key.startsWith('#')) return Number(key.slice(1)) < shown ? Number(key.slice(1)) : undefined;
      if (key === own && ownPlace !== undefined) {
        return ownPlace < shown ? ownPlace : shown + 1 + tail.findIndex((row) => row.entry.player === own);
      }
      return undefined;
    },
  };
}
