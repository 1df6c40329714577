import { ArenaError } from './errors.js';

/**
 * Commands that have no answer yet, in the order of their sending.
 *
 * A command keeps its id for life: after a reconnect it is sent again under the same id, and the
 * server answers what it answered the first time.
 * @typedef {{
 *   id: string, frame: string, survives: boolean, sent: boolean,
 *   resolve: (data: any) => void, reject: (error: ArenaError) => void, timer: any
 * }} Pending
 */
export class PendingCommands {
  /**
   * @param {{limit: number, timers: import('./options.js').Timers}} options
   */
  constructor({ limit, timers }) {
    /** @private */ this._limit = limit;
    /** @private */ this._timers = timers;
    /** @private @type {Map<string, Pending>} */ this._byID = new Map();
  }

  get count() {
    return this._byID.size;
  }

  /**
   * Enters a command. The callbacks run at once when the answer is there, not a microtask later:
   * frames that follow in the same chunk must find its effects.
   * @param {string} id
   * @param {string} frame The JSON text, the same at each sending.
   * @param {{survives: boolean, timeoutMs: number}} options `survives`: kept over a reconnect.
   * @param {(data: any) => void} resolve
   * @param {(error: ArenaError) => void} reject
   * @returns {Pending}
   */
  add(id, frame, { survives, timeoutMs }, resolve, reject) {
    if (this._byID.size >= this._limit) {
      throw new ArenaError('too_many_pending', 'Too many commands wait for an answer.', {
        retryable: true,
      });
    }
    /** @type {Pending} */
    const entry = { id, frame, survives, sent: false, resolve, reject, timer: null };
    entry.timer = this._timers.setTimeout(() => {
      this.fail(id, new ArenaError('timed_out', 'The server did not answer in time.', {
        retryable: true,
      }));
    }, timeoutMs);
    this._byID.set(id, entry);
    return entry;
  }

  /**
   * @param {string} id
   * @returns {Pending | null}
   */
  take(id) {
    const entry = this._byID.get(id);
    if (!entry) return null;
    this._byID.delete(id);
    this._timers.clearTimeout(entry.timer);
    return entry;
  }

  /**
   * @param {string} id
   * @param {ArenaError} error
   */
  fail(id, error) {
    this.take(id)?.reject(error);
  }

  /** Ends what does not survive a lost connection and marks the rest as unsent. */
  disconnected() {
    for (const entry of [...this._byID.values()]) {
      if (entry.survives) entry.sent = false;
      else this.fail(entry.id, new ArenaError('offline', 'The connection was lost.', {
        retryable: true,
      }));
    }
  }

  /** @param {ArenaError} error */
  failAll(error) {
    for (const id of [...this._byID.keys()]) this.fail(id, error);
  }

  /** What is still to be sent, oldest first. */
  unsent() {
    return [...this._byID.values()].filter((entry) => !entry.sent);
  }
}
