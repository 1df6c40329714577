/** Errors that a caller of the SDK can meet; each says whether trying again makes sense. */

/**
 * A refusal by the server, or a local one made in the same shape.
 *
 * The SDK's own codes: `offline` (no connection, or lost), `closed` (it has ended for good),
 * `timed_out`, `too_many_pending` (the queue is full), `slow_reader` (a loop that lags too far).
 * @typedef {import('./wire.js').ErrorCode | 'offline' | 'closed' | 'timed_out' | 'too_many_pending'
 *   | 'slow_reader'} ErrorCode
 */
export class ArenaError extends Error {
  /**
   * @param {ErrorCode | (string & {})} code A code of `protocol/codes.json`, a later server's, or one
   *   of the SDK's own.
   * @param {string} reason A sentence for people.
   * @param {{retryable?: boolean, retryAfterMs?: number | null, path?: string | null}} [more]
   */
  constructor(code, reason, more = {}) {
    super(reason);
    this.name = 'ArenaError';
    this.code = code;
    this.reason = reason;
    /** Whether the same wish may be granted later. */
    this.retryable = more.retryable ?? false;
    /** How long to wait before trying again, in milliseconds, where the server says so. */
    this.retryAfterMs = more.retryAfterMs ?? null;
    /** Which field of the command is meant, as a path, where one is. */
    this.path = more.path ?? null;
  }

  /**
   * Reads the `data` of an error frame.
   * @param {any} data
   */
  static fromWire(data) {
    return new ArenaError(
      String(data?.code ?? 'unknown'), String(data?.reason ?? 'The server refused this.'), {
        retryable: data?.retryable === true,
        retryAfterMs: typeof data?.retryAfterMs === 'number' ? data.retryAfterMs : null,
        path: typeof data?.path === 'string' ? data.path : null,
      });
  }
}

/**
 * What a close code means for reconnecting.
 * @typedef {{retry: boolean, afterMs: number | null, spreadMs: number}} CloseAdvice
 */

/** Nothing is gained by coming back: 1000 is our own close, the others say that our bytes were at fault. */
const isFinal = new Set([1000, 1002, 1003, 1007, 1008, 1009, 1010]);

/**
 * What `codes.json` advises beside the backoff: a least wait, and what it is spread over.
 * @type {Map<number, {afterMs: number, spreadMs: number}>}
 */
const waits = new Map([
  [1012, { afterMs: 0, spreadMs: 5000 }],
  [1013, { afterMs: 5000, spreadMs: 5000 }],
  [4029, { afterMs: 30000, spreadMs: 0 }],
]);

/**
 * Says whether to reconnect after a close, and when.
 *
 * 4500-4999 are final, 4000-4499 may be retried; the reason of 1012 (restart) may say `retry in N ms`,
 * with an N that the server has spread over its clients.
 * @param {number} code
 * @param {string} reason
 * @returns {CloseAdvice}
 */
export function closeAdvice(code, reason) {
  const retry = !(code >= 4500 && code <= 4999) && !isFinal.has(code);
  if (!retry) return { retry, afterMs: null, spreadMs: 0 };
  const hint = /\bretry in (\d{1,7}) ms\b/.exec(reason);
  if (hint) return { retry, afterMs: Number(hint[1]), spreadMs: 0 };
  return { retry, ...(waits.get(code) ?? { afterMs: null, spreadMs: 0 }) };
}

/**
 * Puts an HTTP refusal "for now" (429 or 503) into the words of a close reason: what the server says,
 * and its `Retry-After` (RFC 9110 section 10.2.3, seconds or a date; at most an hour is believed).
 * @param {number} status
 * @param {string | null | undefined} retryAfter
 * @param {string} body
 * @returns {string | null} Null where trying again soon is no worse than later.
 */
export function refusalReason(status, retryAfter, body) {
  if (status !== 429 && status !== 503) return null;
  const text = body.slice(0, 100).trim() || 'The server is busy.';
  const seconds = /^\d+$/.exec(retryAfter ?? '');
  const date = / GMT$/.exec(retryAfter ?? '');
  const ms = seconds ? Number(seconds[0]) * 1000 : date ? Date.parse(date.input) - Date.now() : NaN;
  return Number.isFinite(ms) ? `${text} retry in ${Math.round(Math.min(3.6e6, Math.max(0, ms)))} ms` : text;
}
