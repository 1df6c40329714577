import { ArenaError } from './errors.js';

/**
 * A bounded queue between a pushing producer and one `for await` reader.
 * @template T
 * @implements {AsyncIterableIterator<T>}
 */
export class EventQueue {
  /**
   * @param {() => void} onReturn Called once when the reader leaves its loop.
   * @param {number} [limit] Most unread items; past it the reader gets `slow_reader`.
   */
  constructor(onReturn, limit = 4096) {
    /** @private */ this._onReturn = onReturn;
    /** @private */ this._limit = limit;
    /** @private @type {T[]} */ this._items = [];
    /** @private @type {{resolve: (r: IteratorResult<T>) => void, reject: (e: Error) => void}[]} */
    this._waiting = [];
    /** @private */ this._ended = false;
    /** @private @type {Error | null} */ this._error = null;
  }

  /** @param {T} item */
  push(item) {
    if (this._ended) return;
    const waiting = this._waiting.shift();
    if (waiting) {
      waiting.resolve({ value: item, done: false });
    } else if (this._items.length >= this._limit) {
      this._items = [];
      this.end(new ArenaError('slow_reader', 'Events came faster than they were read.'));
    } else {
      this._items.push(item);
    }
  }

  /** @param {Error | null} [error] */
  end(error = null) {
    if (this._ended) return;
    this._ended = true;
    this._error = error;
    for (const waiting of this._waiting.splice(0)) {
      if (error) waiting.reject(error);
      else waiting.resolve({ value: undefined, done: true });
    }
  }

  /** @returns {Promise<IteratorResult<T>>} */
  next() {
    const item = this._items.shift();
    if (item !== undefined) return Promise.resolve({ value: item, done: false });
    if (this._error) return Promise.reject(this._error);
    if (this._ended) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve, reject) => this._waiting.push({ resolve, reject }));
  }

  /** @returns {Promise<IteratorResult<T>>} */
  return() {
    this.end();
    this._items = [];
    this._onReturn();
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator]() {
    return this;
  }
}
