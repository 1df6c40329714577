/**
 * A small event source; listeners are called in the order of their adding.
 * @template {Record<string, any>} Events
 */
export class Emitter {
  constructor() {
    /** @private @type {Map<keyof Events, Set<(value: any) => void>>} */
    this._listeners = new Map();
  }

  /**
   * Calls `listener` at each event of this name, until the returned function is called.
   * @template {keyof Events} Name
   * @param {Name} name
   * @param {(value: Events[Name]) => void} listener
   * @returns {() => void}
   */
  on(name, listener) {
    const set = this._listeners.get(name) ?? new Set();
    set.add(listener);
    this._listeners.set(name, set);
    return () => void set.delete(listener);
  }

  /**
   * Calls the listeners. One that throws keeps neither the others nor the sender from going on; its
   * error is reported as uncaught.
   * @template {keyof Events} Name
   * @param {Name} name
   * @param {Events[Name]} value
   */
  emit(name, value) {
    for (const listener of [...(this._listeners.get(name) ?? [])]) {
      try {
        listener(value);
      } catch (error) {
        queueMicrotask(() => { throw error; });
      }
    }
  }
}
