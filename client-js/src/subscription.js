import { Emitter } from './emitter.js';
import { EventQueue } from './event-queue.js';
import { ArenaError } from './errors.js';

/** Events that are kept for loops that begin later; a duel has fewer than 100. */
const keptMax = 512;

/**
 * One topic that is followed: a stream with an epoch and an offset.
 *
 * Invariant: what is delivered is contiguous. An event is delivered if it is the next one or a
 * snapshot; dropped if its offset was passed already; otherwise there is a gap, and the topic is
 * subscribed again from the last offset that was delivered.
 *
 *     idle ──subscribe──▶ asked ──ok──▶ live ──gap or reconnect──▶ asked
 *
 * Events: `event`; `live`, once the server follows; `lost`, when events are gone for good and a
 * snapshot takes their place; `error`, when the server refuses the topic.
 *
 * @template {string} [Topic=string]
 * @extends {Emitter<{event: import('./wire.js').EventOf<Topic>, lost: void, error: ArenaError, live: void}>}
 */
export class Subscription extends Emitter {
  /**
   * @param {Topic} topic
   * @param {{ask: (subscription: Subscription<any>, afterMs: number) => void,
   *   drop: (subscription: Subscription<any>) => void}} owner
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
    /** @private @type {Set<EventQueue<import('./wire.js').EventOf<Topic>>>} */ this._queues = new Set();
    /** @private Gaps since the last event that fitted. */
    this._gapCount = 0;
    /** @private Whether a snapshot is to come, even one that tells no more than is known. */
    this._awaitsSnapshot = true;
    /**
     * Why the topic can't be followed, since it was last asked for.
     * @type {ArenaError | null}
     */
    this.refusal = null;
    /** Whether a board's events shall tell one's own place, as `board.own`. */
    this.own = false;
    /** How many holders there are; the last `close` ends it. */
    this.holders = 0;
    /**
     * The last snapshot and what has come after it, for loops that begin later; empty once that is too
     * much.
     * @private @type {import('./wire.js').AnyEvent[]}
     */
    this._kept = [];
  }

  /**
   * The last snapshot, for holders that come later.
   * @returns {import('./wire.js').EventOf<Topic> | null}
   */
  get lastSnapshot() {
    return /** @type {any} */ (this._kept[0] ?? null);
  }

  /** The data of the next `subscribe` command. */
  request() {
    const own = this.own ? { own: true } : {};
    if (this.epoch === null || this.offset === null) return { topic: this.topic, ...own };
    return { topic: this.topic, epoch: this.epoch, offset: this.offset, ...own };
  }

  /** The topic is being asked for. */
  asked() {
    this.state = 'asked';
    this.refusal = null;
    this._awaitsSnapshot = true;
  }

  /**
   * Takes in the server's answer to `subscribe`.
   * @param {{epoch: string, offset: number, recovered: boolean}} answer
   */
  accepted(answer) {
    if (this.state === 'closed') return;
    this.state = 'live';
    if (answer.recovered) {
      this._awaitsSnapshot = false;
    } else {
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
    this.ended(error);
    this.emit('error', error);
  }

  /**
   * Ends all loops over the events; with an error they throw it.
   * @param {ArenaError | null} error
   */
  ended(error) {
    this.refusal = error;
    for (const queue of this._queues) queue.end(error);
    this._queues.clear();
  }

  /** The connection is gone; the client asks again once it is back. */
  disconnected() {
    if (this.state === 'closed') return;
    // The answer came and its snapshot did not: what lies before the offset was never told.
    if (this.state === 'live' && this._awaitsSnapshot) this._forget();
    this.state = 'idle';
  }

  /**
   * Takes in an event of this topic.
   * @param {import('./wire.js').AnyEvent} event
   */
  receive(event) {
    if (this.state === 'closed') return;
    switch (this._place(event)) {
      case 'old': return;
      case 'gap':
        this._gap();
        return;
      case 'beside':
        break;
      default:
        this._gapCount = 0;
        this.epoch = event.epoch;
        this.offset = event.offset;
    }
    this._keep(event);
    this.emit('event', /** @type {any} */ (event));
    for (const queue of this._queues) queue.push(/** @type {any} */ (event));
  }

  /**
   * @private
   * @param {import('./wire.js').AnyEvent} event
   * @returns {'next' | 'old' | 'gap' | 'beside'}
   */
  _place(event) {
    // One's own place comes with a board's version and is none.
    if (event.type === 'board.own') return event.epoch === this.epoch ? 'beside' : 'old';
    const isSnapshot = event.type.endsWith('.snapshot');
    if (event.epoch !== this.epoch || this.offset === null) return isSnapshot ? 'next' : 'gap';
    if (isSnapshot) {
      // Another tab on the same connection may have asked for one; it tells what is known here.
      const isNews = event.offset > this.offset || (event.offset === this.offset && this._awaitsSnapshot);
      return isNews ? 'next' : 'old';
    }
    if (event.offset <= this.offset) return 'old';
    // A board's delta may cover several versions; it says from which one it starts.
    const from = typeof event.data?.from === 'number' ? event.data.from : event.offset - 1;
    return from === this.offset ? 'next' : 'gap';
  }

  /**
   * @private
   * @param {import('./wire.js').AnyEvent} event
   */
  _keep(event) {
    // Nothing comes between an answer and its snapshot: an event means that the topic has none.
    this._awaitsSnapshot = false;
    if (event.type.endsWith('.snapshot')) {
      this._kept = [event];
    } else if (this._kept.length > 0) {
      this._kept.push(event);
      if (this._kept.length > keptMax) this._kept = [];
    }
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
    this._kept = [];
    this._awaitsSnapshot = true;
  }

  /** Asks for the whole state, whatever is known. */
  refresh() {
    this._forget();
    if (this.state !== 'live') return;
    this.state = 'asked';
    this._owner.ask(this, 0);
  }

  /**
   * The events as `for await (const event of subscription)`: the last snapshot, all that has come after
   * it, and all that comes, however late the loop begins. Leaving the loop ends only this reading. It
   * throws when the topic is refused or the server ends the connection.
   * @returns {EventQueue<import('./wire.js').EventOf<Topic>>}
   */
  [Symbol.asyncIterator]() {
    /** @type {EventQueue<import('./wire.js').EventOf<Topic>>} */
    const queue = new EventQueue(() => void this._queues.delete(queue));
    if (this.state === 'closed' || this.refusal) {
      queue.end(this.refusal);
      return queue;
    }
    this._queues.add(queue);
    for (const event of this._kept) queue.push(/** @type {any} */ (event));
    if (this._kept.length === 0 && !this._awaitsSnapshot) this.refresh();
    return queue;
  }

  /** Gives this holding up; after the last one the topic is no longer followed. */
  close() {
    if (this.state === 'closed') return;
    this.holders -= 1;
    if (this.holders > 0) return;
    this.state = 'closed';
    this.ended(null);
    this._owner.drop(this);
  }
}
