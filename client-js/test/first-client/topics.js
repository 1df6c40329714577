import { Subscription } from './subscription.js';
export class Topics {
  constructor(wire) {
    this._wire = wire;
    this._subscriptions = new Map();
  }
  follow(topic) {
    let subscription = this._subscriptions.get(topic);
    if (!subscription) {
      subscription = new Subscription(topic, {
        ask: (asking, afterMs) => {
          if (afterMs > 0) this._askLater(asking, afterMs);
          else this._ask(asking);
        },
        drop: (dropped) => this._drop(dropped),
      });
      this._subscriptions.set(topic, subscription);
      this._ask(subscription);
    }
    subscription.holders += 1;
    return subscription;
  }
  askAll() {
    for (const subscription of this._subscriptions.values()) this._ask(subscription);
  }
  disconnected() {
    for (const subscription of this._subscriptions.values()) subscription.disconnected();
  }
  receive(event) {
    this._subscriptions.get(event.topic)?.receive(event);
  }
  _ask(subscription) {
    if (!this._wire.isOnline()) return;
    subscription.state = 'asked';
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
  _askLater(subscription, ms) {
    this._wire.later(() => {
      if (subscription.state === 'asked') this._ask(subscription);
    }, ms);
  }
  _drop(subscription) {
    this._subscriptions.delete(subscription.topic);
    if (!this._wire.isOnline()) return;
    this._wire.perform('unsubscribe', { topic: subscription.topic }, () => {}, () => {});
  }
}
