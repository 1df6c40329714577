/** Errors that a caller of the SDK can meet; each says whether trying again makes sense. */

/** A refusal by the server, or a local one made in the same shape. */
export class ArenaError extends Error {
  /**
   * @param {string} code A code of `protocol/codes.json`, or a local one: `offline`, `closed`,
   *   `timed_out`, `too_many_pending`, `slow_reader`.
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

/** Codes of RFC 6455 section 7.4.1 that say that our own bytes were at fault: trying again repeats it. */
const ownFault = new Set([1002, 1003, 1007, 1008, 1009, 1010]);

/**
 * Says whether to reconnect after a close, and when.
 *
 * 4500-4999 are final, 4000-4499 may be retried; the reason of 1012 (restart) may say `retry in N ms`,
 * with an N that the server has spread over its clients. Without it 1012 and 1013 (overload) are spread
 * here.
 * @param {number} code
 * @param {string} reason
 * @returns {CloseAdvice}
 */
export function closeAdvice(code, reason) {
  if (code >= 4500 && code <= 4999) return { retry: false, afterMs: null, spreadMs: 0 };
  if (ownFault.has(code)) return { retry: false, afterMs: null, spreadMs: 0 };
  const hint = /\bretry in (\d{1,7}) ms\b/.exec(reason);
  if (hint) return { retry: true, afterMs: Number(hint[1]), spreadMs: 0 };
  return { retry: true, afterMs: null, spreadMs: code === 1012 || code === 1013 ? 2000 : 0 };
}
