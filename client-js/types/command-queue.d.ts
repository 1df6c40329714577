/**
 * Commands that have no answer yet, in the order in which they were given.
 *
 *     waiting ──send──▶ sent ──answer──▶ gone
 *        ▲               │
 *        └───────────────┘ the connection is lost, or the server says "later"
 *
 * A command keeps its id for life: sent again under it, it has no second effect at the server, which
 * answers what it answered the first time. So all that wait for an answer may be sent again.
 *
 * @typedef {object} CommandOptions
 * @property {boolean} [survives] Whether it waits for a connection and outlives the loss of one; by
 *   default it does.
 * @property {boolean} [retry] Whether it is repeated, within its time, when the server refuses it for
 *   now (`retryable`). After `rate_limited` it always is: the server hasn't looked at it.
 * @property {number} [timeoutMs] How long it may take in all.
 * @property {(data: any) => void} [onPart] Called with each part of an answer that is told as it is
 *   computed, before the answer; a command that is sent again is told its parts again.
 *
 * @typedef {{
 *   id: string, frame: string, survives: boolean, retry: boolean, sent: boolean, deadline: number,
 *   isPostponed: boolean, backoff: Backoff | null, timer: any, onPart: ((data: any) => void) | undefined,
 *   resolve: (data: any) => void, reject: (error: ArenaError) => void
 * }} Entry
 */
export class CommandQueue {
    /**
     * @param {{limit: number, window: number, timers: import('./options.js').Timers,
     *   random: () => number, send: (frame: string) => void}} options `limit`: most commands that
     *   wait. `window`: how many of them are under way at once, so that a backlog is no flood. `send`
     *   throws where there is no open connection.
     */
    constructor({ limit, window, timers, random, send }: {
        limit: number;
        window: number;
        timers: import('./options.js').Timers;
        random: () => number;
        send: (frame: string) => void;
    });
    /** @private */ private _limit;
    /** @private */ private _window;
    /** @private */ private _timers;
    /** @private */ private _random;
    /** @private */ private _send;
    /** @private */ private _isOnline;
    /** @private @type {object | null} The newest reason to send nothing for now. */ private _hold;
    /** @private @type {Map<string, Entry>} */ private _byID;
    /** How many commands of callers have no answer. */
    get count(): number;
    /** @private */
    private _survivors;
    /**
     * Enters a command; one that doesn't survive its connection goes out at once, before all others.
     * The callbacks run at once when the answer is there, not a microtask later: frames that follow in
     * the same chunk must find its effects.
     * @param {string} id
     * @param {string} frame The JSON text, the same at each sending.
     * @param {{survives: boolean, retry: boolean, timeoutMs: number, onPart?: (data: any) => void}} options
     * @param {(data: any) => void} resolve
     * @param {(error: ArenaError) => void} reject
     */
    add(id: string, frame: string, { survives, retry, timeoutMs, onPart }: {
        survives: boolean;
        retry: boolean;
        timeoutMs: number;
        onPart?: ((data: any) => void) | undefined;
    }, resolve: (data: any) => void, reject: (error: ArenaError) => void): void;
    /** The connection is ready: what waits goes out, oldest first. */
    connected(): void;
    /** Ends what does not survive a lost connection; the rest waits for the next. */
    disconnected(): void;
    /**
     * Takes in an answer, or a part of one; one that nobody waits for is dropped.
     * @param {{re: string, type: string, data?: any}} frame
     */
    answered(frame: {
        re: string;
        type: string;
        data?: any;
    }): void;
    /** @param {ArenaError} error */
    failAll(error: ArenaError): void;
    /**
     * Puts a command that was refused for now back among those that wait.
     * @private
     * @param {Entry} entry
     * @param {ArenaError} error
     * @returns {boolean} Whether it is to be repeated, and there is time for it.
     */
    private _postpone;
    /** @private */
    private _flush;
    /**
     * @private
     * @param {Entry} entry
     */
    private _transmit;
    /**
     * @private
     * @param {string} id
     * @returns {Entry | null}
     */
    private _take;
    /**
     * @private
     * @param {string} id
     * @param {string} code
     * @param {string} reason
     */
    private _fail;
}
/**
 * Commands that have no answer yet, in the order in which they were given.
 *
 *     waiting ──send──▶ sent ──answer──▶ gone
 *        ▲               │
 *        └───────────────┘ the connection is lost, or the server says "later"
 *
 * A command keeps its id for life: sent again under it, it has no second effect at the server, which
 * answers what it answered the first time. So all that wait for an answer may be sent again.
 */
export type CommandOptions = {
    /**
     * Whether it waits for a connection and outlives the loss of one; by
     * default it does.
     */
    survives?: boolean | undefined;
    /**
     * Whether it is repeated, within its time, when the server refuses it for
     * now (`retryable`). After `rate_limited` it always is: the server hasn't looked at it.
     */
    retry?: boolean | undefined;
    /**
     * How long it may take in all.
     */
    timeoutMs?: number | undefined;
    /**
     * Called with each part of an answer that is told as it is
     * computed, before the answer; a command that is sent again is told its parts again.
     */
    onPart?: ((data: any) => void) | undefined;
};
/**
 * Commands that have no answer yet, in the order in which they were given.
 *
 *     waiting ──send──▶ sent ──answer──▶ gone
 *        ▲               │
 *        └───────────────┘ the connection is lost, or the server says "later"
 *
 * A command keeps its id for life: sent again under it, it has no second effect at the server, which
 * answers what it answered the first time. So all that wait for an answer may be sent again.
 */
export type Entry = {
    id: string;
    frame: string;
    survives: boolean;
    retry: boolean;
    sent: boolean;
    deadline: number;
    isPostponed: boolean;
    backoff: Backoff | null;
    timer: any;
    onPart: ((data: any) => void) | undefined;
    resolve: (data: any) => void;
    reject: (error: ArenaError) => void;
};
import { ArenaError } from "./errors.js";
import { Backoff } from "./backoff.js";
