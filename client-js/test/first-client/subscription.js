import { Emitter } from './emitter.js';
import { EventQueue } from './event-queue.js';
import { ArenaError } from './errors.js';
export class Subscription extends Emitter {
  constructor(topic, owner) {
    super();
    this.topic = topic;
    this._owner = owner;
    this.epoch = null;
    this.offset = null;
    this.state = 'idle';
    this._queues = new Set();
    this._gapCount = 0;
    this.holders = 0;
    this.lastSnapshot = null;
  }
  request() {
    if (this.epoch === null || this.offset === null) return { topic: this.topic };
    return { topic: this.topic, epoch: this.epoch, offset: this.offset };
  }
  accepted(answer) {
    if (this.state === 'closed') return;
    this.state = 'live';
    if (!answer.recovered) {
      const hadPosition = this.epoch !== null;
      const moved = this.epoch !== answer.epoch || this.offset !== answer.offset;
      if (this.epoch !== answer.epoch || (this.offset ?? -1) < answer.offset) {
        this.epoch = answer.epoch;
        this.offset = answer.offset;
      }
      if (hadPosition && moved) this.emit('lost', undefined);
    }
    this.emit('live', undefined);
  }
  refused(error) {
    if (this.state === 'closed') return;
    this.state = 'idle';
    this.emit('error', error);
    for (const queue of this._queues) queue.end(error);
    this._queues.clear();
  }
  disconnected() {
    if (this.state !== 'closed') this.state = 'idle';
  }
  receive(event) {
    if (this.state === 'closed') return;
    switch (this._place(event)) {
      case 'old': return;
      case 'gap':
        this._gap();
        return;
      default:
        this._gapCount = 0;
        this.epoch = event.epoch;
        this.offset = event.offset;
        if (event.type.endsWith('.snapshot')) this.lastSnapshot = event;
        this.emit('event', event);
        for (const queue of this._queues) queue.push(event);
    }
  }
  _place(event) {
    const isSnapshot = event.type.endsWith('.snapshot');
    if (event.epoch !== this.epoch) return isSnapshot ? 'next' : 'gap';
    if (this.offset === null) return isSnapshot ? 'next' : 'gap';
    if (isSnapshot) {
      const isNews = event.offset > this.offset || this.lastSnapshot === null ||
        this.lastSnapshot.epoch !== event.epoch || this.lastSnapshot.offset < event.offset;
      return event.offset >= this.offset && isNews ? 'next' : 'old';
    }
    if (event.offset <= this.offset) return 'old';
    const from = typeof event.data?.from === 'number' ? event.data.from : event.offset - 1;
    return from === this.offset ? 'next' : 'gap';
  }
  _gap() {
    if (this.state !== 'live') return;
    this.state = 'asked';
    this._gapCount += 1;
    if (this._gapCount > 1) this._forget();
    this._owner.ask(this, this._gapCount > 2 ? Math.min(8000, 250 * 2 ** this._gapCount) : 0);
  }
  _forget() {
    this.epoch = null;
    this.offset = null;
    this.lastSnapshot = null;
  }
  refresh() {
    this._forget();
    if (this.state !== 'live') return;
    this.state = 'asked';
    this._owner.ask(this, 0);
  }
  [Symbol.asyncIterator]() {
    const queue = new EventQueue(() => void this._queues.delete(queue));
    this._queues.add(queue);
    if (this.lastSnapshot && this.lastSnapshot.offset === this.offset) queue.push(this.lastSnapshot);
    return queue;
  }
  close() {
    if (this.state === 'closed') return;
    this.holders -= 1;
    if (this.holders > 0) return;
    this.state = 'closed';
    for (const queue of this._queues) queue.end();
    this._queues.clear();
    this._owner.drop(this);
  }
}
