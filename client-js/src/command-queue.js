import { Backoff } from './backoff.js';
import { ArenaError } from './errors.js';

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
  constructor({ limit, window, timers, random, send }) {
    /** @private */ this._limit = limit;
    /** @private */ this._window = window;
    /** @private */ this._timers = timers;
    /** @private */ this._random = random;
    /** @private */ this._send = send;
    /** @private */ this._isOnline = false;
    /** @private @type {object | null} The newest reason to send nothing for now. */ this._hold = null;
    /** @private @type {Map<string, Entry>} */ this._byID = new Map();
  }

  /** How many commands of callers have no answer. */
  get count() {
    return this._survivors().length;
  }

  /** @private */
  _survivors() {
    return [...this._byID.values()].filter((entry) => entry.survives);
  }

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
  add(id, frame, { survives, retry, timeoutMs, onPart }, resolve, reject) {
    // What keeps the connection alive must never lack a place among what waits for it.
    if (survives && this.count >= this._limit) {
      reject(new ArenaError('too_many_pending', 'Too many commands wait for an answer.', {
        retryable: true,
      }));
      return;
    }
    const now = this._timers.now();
    const timer = this._timers.setTimeout(() => {
      this._fail(id, 'timed_out', 'The server did not answer in time.');
    }, timeoutMs);
    /** @type {Entry} */
    const entry = {
      id, frame, survives, retry, sent: false, deadline: now + timeoutMs,
      isPostponed: false, backoff: null, timer, onPart, resolve, reject,
    };
    this._byID.set(id, entry);
    if (survives) this._flush();
    else this._transmit(entry);
  }

  /** The connection is ready: what waits goes out, oldest first. */
  connected() {
    this._isOnline = true;
    this._hold = null;
    this._flush();
  }

  /** Ends what does not survive a lost connection; the rest waits for the next. */
  disconnected() {
    this._isOnline = false;
    for (const entry of [...this._byID.values()]) {
      entry.sent = false;
      if (!entry.survives) this._fail(entry.id, 'offline', 'The connection was lost.');
    }
  }

  /**
   * Takes in an answer, or a part of one; one that nobody waits for is dropped.
   * @param {{re: string, type: string, data?: any}} frame
   */
  answered(frame) {
    const entry = this._byID.get(frame.re);
    if (!entry) return;
    if (frame.type === 'part') {
      entry.onPart?.(frame.data);
      return;
    }
    if (frame.type === 'ok') {
      this._take(frame.re);
      entry.resolve(frame.data ?? {});
    } else {
      const error = ArenaError.fromWire(frame.data);
      if (!this._postpone(entry, error)) {
        this._take(frame.re);
        entry.reject(error);
      }
    }
    this._flush();
  }

  /** @param {ArenaError} error */
  failAll(error) {
    for (const entry of [...this._byID.values()]) this._take(entry.id)?.reject(error);
  }

  /**
   * Puts a command that was refused for now back among those that wait.
   * @private
   * @param {Entry} entry
   * @param {ArenaError} error
   * @returns {boolean} Whether it is to be repeated, and there is time for it.
   */
  _postpone(entry, error) {
    const isTooFast = error.code === 'rate_limited';
    if (!entry.survives || !error.retryable || !(entry.retry || isTooFast)) return false;
    entry.backoff ??= new Backoff({ random: this._random });
    const hint = error.retryAfterMs;
    // Spread a little: others were told the same.
    const afterMs = hint === null ? entry.backoff.next() : hint * (1 + this._random() / 5);
    if (this._timers.now() + afterMs >= entry.deadline) return false;
    entry.sent = false;
    // Who was too fast holds everything back, which keeps the order.
    const hold = isTooFast ? {} : null;
    if (hold) this._hold = hold;
    else entry.isPostponed = true;
    // The timer is believed, not the clock: it may come a little early.
    this._timers.setTimeout(() => {
      if (!hold) entry.isPostponed = false;
      else if (this._hold === hold) this._hold = null;
      this._flush();
    }, afterMs);
    return true;
  }

  /** @private */
  _flush() {
    if (!this._isOnline || this._hold) return;
    const survivors = this._survivors();
    let room = this._window - survivors.filter((entry) => entry.sent).length;
    for (const entry of survivors) {
      if (room <= 0) return;
      if (entry.sent || entry.isPostponed) continue;
      if (!this._transmit(entry)) return;
      room -= 1;
    }
  }

  /**
   * @private
   * @param {Entry} entry
   */
  _transmit(entry) {
    entry.sent = true;
    try {
      this._send(entry.frame);
    } catch {
      // The socket is closing; the loss that follows brings it up again.
      entry.sent = false;
    }
    return entry.sent;
  }

  /**
   * @private
   * @param {string} id
   * @returns {Entry | null}
   */
  _take(id) {
    const entry = this._byID.get(id);
    if (!entry) return null;
    this._byID.delete(id);
    this._timers.clearTimeout(entry.timer);
    return entry;
  }

  /**
   * @private
   * @param {string} id
   * @param {string} code
   * @param {string} reason
   */
  _fail(id, code, reason) {
    this._take(id)?.reject(new ArenaError(code, reason, { retryable: true }));
    this._flush();
  }
}
