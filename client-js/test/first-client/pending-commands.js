import { ArenaError } from './errors.js';
export class PendingCommands {
  constructor({ limit, timers }) {
    this._limit = limit;
    this._timers = timers;
    this._byID = new Map();
  }
  get count() {
    return this._byID.size;
  }
  add(id, frame, { survives, timeoutMs }, resolve, reject) {
    if (this._byID.size >= this._limit) {
      throw new ArenaError('too_many_pending', 'Too many commands wait for an answer.', {
        retryable: true,
      });
    }
    const entry = { id, frame, survives, sent: false, resolve, reject, timer: null };
    entry.timer = this._timers.setTimeout(() => {
      this.fail(id, new ArenaError('timed_out', 'The server did not answer in time.', {
        retryable: true,
      }));
    }, timeoutMs);
    this._byID.set(id, entry);
    return entry;
  }
  take(id) {
    const entry = this._byID.get(id);
    if (!entry) return null;
    this._byID.delete(id);
    this._timers.clearTimeout(entry.timer);
    return entry;
  }
  fail(id, error) {
    this.take(id)?.reject(error);
  }
  disconnected() {
    for (const entry of [...this._byID.values()]) {
      if (entry.survives) entry.sent = false;
      else this.fail(entry.id, new ArenaError('offline', 'The connection was lost.', {
        retryable: true,
      }));
    }
  }
  failAll(error) {
    for (const id of [...this._byID.keys()]) this.fail(id, error);
  }
  unsent() {
    return [...this._byID.values()].filter((entry) => !entry.sent);
  }
}
