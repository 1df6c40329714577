export class Emitter {
  constructor() {
    this._listeners = new Map();
  }
  on(name, listener) {
    const set = this._listeners.get(name) ?? new Set();
    set.add(listener);
    this._listeners.set(name, set);
    return () => void set.delete(listener);
  }
  emit(name, value) {
    for (const listener of [...(this._listeners.get(name) ?? [])]) listener(value);
  }
}
