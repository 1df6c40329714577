import { ArenaError } from './errors.js';
export class EventQueue {
  constructor(onReturn, limit = 4096) {
    this._onReturn = onReturn;
    this._limit = limit;
    this._items = [];
    this._waiting = [];
    this._ended = false;
    this._error = null;
  }
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
  end(error = null) {
    if (this._ended) return;
    this._ended = true;
    this._error = error;
    for (const waiting of this._waiting.splice(0)) {
      if (error) waiting.reject(error);
      else waiting.resolve({ value: undefined, done: true });
    }
  }
  next() {
    const item = this._items.shift();
    if (item !== undefined) return Promise.resolve({ value: item, done: false });
    if (this._error) return Promise.reject(this._error);
    if (this._ended) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve, reject) => this._waiting.push({ resolve, reject }));
  }
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
