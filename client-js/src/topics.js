import { Subscription } from './subscription.js';

/**
 * What following topics needs of a connection.
 * @typedef {object} TopicWire
 * @property {() => boolean} isOnline
 * @property {() => unknown} connection The present connection, compared by identity: answers that
 *   come for an older one are dropped.
 * @property {(type: string, data: any, resolve: (data: any) => void,
 *   reject: (error: import('./errors.js').ArenaError) => void) => void} perform Sends a command that
 *   does not outlive the connection.
 * @property {(work: () => void, ms: number) => void} later
 */

/** All topics that a client follows; each is asked for again after a reconnect. */
export class Topics {
  /** @param {TopicWire} wire */
  constructor(wire) {
    /** @private */ this._wire = wire;
    /** @private @type {Map<string, Subscription<any>>} */ this._subscriptions = new Map();
  }

  /**
   * @template {string} Topic
   * @param {Topic} topic
   * @param {{own?: boolean}} [options]
   * @returns {Subscription<Topic>}
   */
  follow(topic, options = {}) {
    const { own = false } = options;
    let subscription = this._subscriptions.get(topic);
    if (!subscription) {
      subscription = new Subscription(topic, {
        ask: (asking, afterMs) => {
          if (afterMs > 0) this._askLater(asking, afterMs);
          else this._ask(asking);
        },
        drop: (dropped) => this._drop(dropped),
      });
      subscription.own = own;
      this._subscriptions.set(topic, subscription);
      this._ask(subscription);
    } else if (own && !subscription.own) {
      subscription.own = true;
      subscription.refresh();
    }
    subscription.holders += 1;
    return subscription;
  }

  /** Asks for every topic from where it stands, but for those that are asked for already. */
  askAll() {
    for (const subscription of this._subscriptions.values()) {
      if (subscription.state === 'idle') this._ask(subscription);
    }
  }

  disconnected() {
    for (const subscription of this._subscriptions.values()) subscription.disconnected();
  }

  /**
   * Ends all loops over events, with an error if the connection has ended for good.
   * @param {import('./errors.js').ArenaError | null} error
   */
  ended(error) {
    for (const subscription of this._subscriptions.values()) subscription.ended(error);
  }

  /** @param {import('./wire.js').AnyEvent} event */
  receive(event) {
    this._subscriptions.get(event.topic)?.receive(event);
  }

  /**
   * @private
   * @param {Subscription<any>} subscription
   */
  _ask(subscription) {
    if (!this._wire.isOnline()) return;
    subscription.asked();
    const connection = this._wire.connection();
    const isCurrent = () => this._wire.connection() === connection && subscription.state !== 'closed';
    this._wire.perform('subscribe', subscription.request(),
      (answer) => { if (isCurrent()) subscription.accepted(answer); },
      (error) => {
        if (!isCurrent()) return;
        if (!error.retryable) subscription.refused(error);
        else this._askLater(subscription, error.retryAfterMs ?? 1000);
      });
  }

  /**
   * @private
   * @param {Subscription<any>} subscription
   * @param {number} ms
   */
  _askLater(subscription, ms) {
    this._wire.later(() => {
      if (subscription.state === 'asked') this._ask(subscription);
    }, ms);
  }

  /**
   * @private
   * @param {Subscription<any>} subscription
   */
  _drop(subscription) {
    this._subscriptions.delete(subscription.topic);
    if (!this._wire.isOnline()) return;
    this._wire.perform('unsubscribe', { topic: subscription.topic }, () => {}, () => {});
  }
}
