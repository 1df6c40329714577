/**
 * Says whether to reconnect after a close, and when.
 *
 * 4500-4999 are final, 4000-4499 may be retried; the reason of 1012 (restart) may say `retry in N ms`,
 * with an N that the server has spread over its clients.
 * @param {number} code
 * @param {string} reason
 * @returns {CloseAdvice}
 */
export function closeAdvice(code: number, reason: string): CloseAdvice;
/**
 * Puts an HTTP refusal "for now" (429 or 503) into the words of a close reason: what the server says,
 * and its `Retry-After` (RFC 9110 section 10.2.3, seconds or a date; at most an hour is believed).
 * @param {number} status
 * @param {string | null | undefined} retryAfter
 * @param {string} body
 * @returns {string | null} Null where trying again soon is no worse than later.
 */
export function refusalReason(status: number, retryAfter: string | null | undefined, body: string): string | null;
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
     * Reads the `data` of an error frame.
     * @param {any} data
     */
    static fromWire(data: any): ArenaError;
    /**
     * @param {ErrorCode | (string & {})} code A code of `protocol/codes.json`, a later server's, or one
     *   of the SDK's own.
     * @param {string} reason A sentence for people.
     * @param {{retryable?: boolean, retryAfterMs?: number | null, path?: string | null}} [more]
     */
    constructor(code: ErrorCode | (string & {}), reason: string, more?: {
        retryable?: boolean | undefined;
        retryAfterMs?: number | null | undefined;
        path?: string | null | undefined;
    } | undefined);
    code: ErrorCode | (string & {});
    reason: string;
    /** Whether the same wish may be granted later. */
    retryable: boolean;
    /** How long to wait before trying again, in milliseconds, where the server says so. */
    retryAfterMs: number | null;
    /** Which field of the command is meant, as a path, where one is. */
    path: string | null;
}
/**
 * A refusal by the server, or a local one made in the same shape.
 *
 * The SDK's own codes: `offline` (no connection, or lost), `closed` (it has ended for good),
 * `timed_out`, `too_many_pending` (the queue is full), `slow_reader` (a loop that lags too far).
 */
export type ErrorCode = import('./wire.js').ErrorCode | 'offline' | 'closed' | 'timed_out' | 'too_many_pending' | 'slow_reader';
/**
 * What a close code means for reconnecting.
 */
export type CloseAdvice = {
    retry: boolean;
    afterMs: number | null;
    spreadMs: number;
};
