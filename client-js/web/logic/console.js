/** What the moderators' console works with. Pure. */

/**
 * For how long, in seconds.
 * @type {[string, string][]}
 */
export const times = [['3600', 'an hour'], ['300', 'five minutes'], ['86400', 'a day'], ['604800', 'a week'], ['2592000', 'thirty days'], ['31536000', 'a year']];

/**
 * What undoing an act is called.
 * @type {Record<string, string>}
 */
export const undoNames = { lift: 'Lift', restore: 'Show again', hide: 'Hide again', resumeContest: 'Resume', pauseContest: 'Pause', extendContest: 'Move the end back',
  withdraw: 'Withdraw', reopen: 'Open again', resume: 'Resume', drain: 'Drain' };

/** The last values of a quantity, for its chart. */
export class Series {
  /** @param {number} length */
  constructor(length) {
    this.length = length;
    /** @type {number[]} */ this.values = [];
  }

  /** @param {number} value */
  add(value) {
    this.values.push(Number.isFinite(value) ? Math.max(0, value) : 0);
    if (this.values.length > this.length) this.values.shift();
  }

  get last() {
    return this.values.at(-1) ?? 0;
  }

  get max() {
    return this.values.reduce((max, value) => Math.max(max, value), 0);
  }

  /**
   * The points of a line from left to right, the newest at the right edge, the largest value at the top.
   * @param {number} width
   * @param {number} height
   */
  points(width, height) {
    const top = Math.max(1, this.max);
    const step = width / Math.max(1, this.length - 1);
    const start = width - (this.values.length - 1) * step;
    return this.values.map((value, i) => `${round(start + i * step)},${round(height - (value / top) * height)}`).join(' ');
  }
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10) / 10;
}

/**
 * How often something happens, from a count that only rises; 0 at the start and after a restart.
 * @param {{count: number, at: number} | null} before
 * @param {{count: number, at: number}} now In milliseconds.
 */
export function perSecond(before, now) {
  if (!before || now.count < before.count || now.at <= before.at) return 0;
  return ((now.count - before.count) * 1000) / (now.at - before.at);
}

/**
 * What a line of the work queue can be decided with, by letter.
 * @param {'texts' | 'reports' | 'flags'} list
 * @param {any} row
 * @returns {string[]}
 */
export function decisions(list, row) {
  if (list === 'texts') return row.state === 'waits' ? ['restore', 'hide'] : row.state === 'hidden' ? ['restore'] : ['hide'];
  if (row.state !== 'waits') return ['reopen'];
  const about = list === 'reports' ? row.title.slice(row.title.indexOf(': ') + 2) : '';
  const canHide = /^(excerpt|explanation)\/|^duel\/[^/]+\/\d/.test(about);
  return [...(canHide ? ['hide'] : []), ...(row.player ? ['mute', 'kick'] : []), ...(/^duel\//.test(row.link ?? '') ? ['void'] : []), 'dismiss'];
}

/**
 * The text that a report is about, as acts name it.
 * @param {any} row
 */
export function aboutOf(row) {
  return row.title.slice(row.title.indexOf(': ') + 2);
}

/**
 * The next or the last of several in a circle; from elsewhere one begins at the first, or at the last.
 * @template One
 * @param {readonly One[]} all
 * @param {unknown} now
 * @param {boolean} isBack
 * @returns {One | undefined}
 */
export function textAfter(all, now, isBack) {
  const at = all.findIndex((one) => one === now);
  if (at < 0) return isBack ? all.at(-1) : all[0];
  return all[(at + (isBack ? -1 : 1) + all.length) % all.length];
}

/**
 * Where a link of a list leads.
 * @param {string | null} link
 */
export function hrefOf(link) {
  const match = /^(duel|contest|unit)\/(.+)$/.exec(link ?? '');
  if (!match) return null;
  return `#/${match[1] === 'contest' ? 'board' : match[1]}/${match[1] === 'unit' ? encodeURIComponent(match[2] ?? '') : match[2]}`;
}
