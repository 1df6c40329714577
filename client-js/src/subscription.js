import { Emitter } from './emitter.js';
import { EventQueue } from './event-queue.js';
import { ArenaError } from './errors.js';

/**
 * One topic that is followed: a stream with an epoch and an offset.
 *
 * Invariant: what is delivered is contiguous. An event is delivered if it is the next one or a
 * snapshot; dropped if its offset was passed already; otherwise there is a gap, and the topic is
 * subscribed again from the last offset that was delivered.
 *
 *     idle ──subscribe──▶ asked ──ok──▶ live ──gap or reconnect──▶ asked
 *
 * @typedef {{type: string, topic: string, epoch: string, offset: number, at: number, data: any}} TopicEvent
 * @extends {Emitter<{event: TopicEvent, lost: void, error: ArenaError, live: void}>}
 */
export class Subscription extends Emitter {
  /**
   * @param {string} topic
   * @param {{ask: (subscription: Subscription, afterMs: number) => void,
   *   drop: (subscription: Subscription) => void}} owner
   */
  constructor(topic, owner) {
    super();
    this.topic = topic;
    /** @private */ this._owner = owner;
    /** @type {string | null} */ this.epoch = null;
    /**
     * The offset of the last delivered event; null before anything is known.
     * @type {number | null}
     */
    this.offset = null;
    /** @type {'idle' | 'asked' | 'live' | 'closed'} */ this.state = 'idle';
    /** @private @type {Set<EventQueue<TopicEvent>>} */ this._queues = new Set();
    /** @private Gaps since the last event that fitted. */
    this._gapCount = 0;
    /** How many holders there are; the last `close` ends it. */
    this.holders = 0;
    /**
     * The last snapshot, for holders that come later.
     * @type {TopicEvent | null}
     */
    this.lastSnapshot = null;
  }

  /** The data of the next `subscribe` command. */
  request() {
    if (this.epoch === null || this.offset === null) return { topic: this.topic };
    return { topic: this.topic, epoch: this.epoch, offset: this.offset };
  }

  /**
   * Takes in the server's answer to `subscribe`.
   * @param {{epoch: string, offset: number, recovered: boolean}} answer
   */
  accepted(answer) {
    if (this.state === 'closed') return;
    this.state = 'live';
    if (!answer.recovered) {
      // Events between the old offset and this one are gone; a snapshot follows where the topic
      // has one. The holder of a topic without snapshots must look for itself.
      const hadPosition = this.epoch !== null;
      const moved = this.epoch !== answer.epoch || this.offset !== answer.offset;
      // A snapshot may have overtaken this answer: never step back within an epoch.
      if (this.epoch !== answer.epoch || (this.offset ?? -1) < answer.offset) {
        this.epoch = answer.epoch;
        this.offset = answer.offset;
      }
      if (hadPosition && moved) this.emit('lost', undefined);
    }
    this.emit('live', undefined);
  }

  /** @param {ArenaError} error */
  refused(error) {
    if (this.state === 'closed') return;
    this.state = 'idle';
    this.emit('error', error);
    for (const queue of this._queues) queue.end(error);
    this._queues.clear();
  }

  /** The connection is gone; the client asks again once it is back. */
  disconnected() {
    if (this.state !== 'closed') this.state = 'idle';
  }

  /**
   * Takes in an event of this topic.
   * @param {TopicEvent} event
   */
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

  /**
   * @private
   * @param {TopicEvent} event
   * @returns {'next' | 'old' | 'gap'}
   */
  _place(event) {
    const isSnapshot = event.type.endsWith('.snapshot');
    if (event.epoch !== this.epoch) return isSnapshot ? 'next' : 'gap';
    if (this.offset === null) return isSnapshot ? 'next' : 'gap';
    // A snapshot at the very offset says what is known, but after `accepted` it is still to come.
    if (isSnapshot) {
      const isNews = event.offset > this.offset || this.lastSnapshot === null ||
        this.lastSnapshot.epoch !== event.epoch || this.lastSnapshot.offset < event.offset;
      return event.offset >= this.offset && isNews ? 'next' : 'old';
    }
    if (event.offset <= this.offset) return 'old';
    // A board's delta may cover several versions; it says from which one it starts.
    const from = typeof event.data?.from === 'number' ? event.data.from : event.offset - 1;
    return from === this.offset ? 'next' : 'gap';
  }

  /** @private */
  _gap() {
    if (this.state !== 'live') return;
    this.state = 'asked';
    this._gapCount += 1;
    // What was sent again did not fit either: ask for everything, and ever more slowly.
    if (this._gapCount > 1) this._forget();
    this._owner.ask(this, this._gapCount > 2 ? Math.min(8000, 250 * 2 ** this._gapCount) : 0);
  }

  /** @private */
  _forget() {
    this.epoch = null;
    this.offset = null;
    this.lastSnapshot = null;
  }

  /** Asks for the whole state, whatever is known. */
  refresh() {
    this._forget();
    if (this.state !== 'live') return;
    this.state = 'asked';
    this._owner.ask(this, 0);
  }

  /**
   * The events from now on, as `for await (const event of subscription)`; leaving the loop ends
   * only this reading.
   * @returns {EventQueue<TopicEvent>}
   */
  [Symbol.asyncIterator]() {
    /** @type {EventQueue<TopicEvent>} */
    const queue = new EventQueue(() => void this._queues.delete(queue));
    this._queues.add(queue);
    if (this.lastSnapshot && this.lastSnapshot.offset === this.offset) queue.push(this.lastSnapshot);
    return queue;
  }

  /** Gives this holding up; after the last one the topic is no longer followed. */
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
