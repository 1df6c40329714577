import { SocketHub } from '../../src/socket-hub.js';

/** Two ends of a line between a tab and a worker; messages come in order, and never at once. */
export function linkedPorts() {
  const make = () => ({
    other: null, isClosed: false, onmessage: null,
    postMessage(message) {
      const copy = structuredClone(message);
      queueMicrotask(() => { if (!this.other.isClosed) this.other.onmessage?.({ data: copy }); });
    },
    close() { this.isClosed = true; },
    start() {},
  });
  const [one, two] = [make(), make()];
  one.other = two;
  two.other = one;
  return [one, two];
}

/** Locks as a browser has them, as far as tabs need: exclusive, in the order of asking. */
class FakeLocks {
  constructor() {
    this.queues = new Map();
  }

  request(name, options, work = options) {
    const before = this.queues.get(name) ?? Promise.resolve();
    const done = before.then(() => {
      if (options.signal?.aborted) throw new DOMException('The wait was given up.', 'AbortError');
      return work();
    });
    this.queues.set(name, done.catch(() => {}));
    return done;
  }
}

/**
 * Makes this runtime look like a browser with shared workers, until the test ends. `tab()` tells which tab's
 * lines are made next; a tab dies without a word by `kill(tab)`, and reads nothing while `freeze`d.
 */
export function fakeBrowser(t, arena, { withLocks = true } = {}) {
  const saved = ['SharedWorker', 'navigator', 'addEventListener', 'removeEventListener']
    .map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]);
  const browser = {
    workers: new Map(), ports: [], locks: new FakeLocks(), listeners: new Set(),
    /** What a worker that could not start does. */
    breaks: false,
    hub: () => [...browser.workers.values()][0],
    ends: [],
    /** The worker dies with all that it holds. */
    endWorker: () => {
      browser.workers.clear();
      for (const port of browser.ports.splice(0)) port.other.onmessage = null;
      for (const end of browser.ends.splice(0)) end();
    },
    hide: () => { for (const work of [...browser.listeners]) work(); },
  };
  const define = (name, value) => Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  define('SharedWorker', class {
    constructor(url, { name, type }) {
      const key = `${url} ${name} ${type}`;
      const [port, other] = linkedPorts();
      this.port = port;
      if (browser.breaks) {
        queueMicrotask(() => this.onerror?.());
        return;
      }
      if (!browser.workers.has(key)) {
        const lock = `hub ${browser.workers.size} ${browser.ends.length}`;
        if (withLocks) browser.locks.request(lock, () => new Promise((end) => browser.ends.push(end)));
        browser.workers.set(key, new SocketHub({
          WebSocket: arena.WebSocket, now: arena.timers.now,
          whenFree: (name, work) => void browser.locks.request(name, work),
          lock: Promise.resolve(withLocks ? lock : null),
        }));
      }
      browser.ports.push(port);
      browser.workers.get(key).attach(other);
    }
  });
  define('navigator', withLocks ? { locks: browser.locks } : {});
  define('addEventListener', (_, work) => browser.listeners.add(work));
  define('removeEventListener', (_, work) => browser.listeners.delete(work));
  t.after(() => {
    for (const [name, own] of saved) {
      if (own) Object.defineProperty(globalThis, name, own);
      else delete globalThis[name];
    }
  });
  return browser;
}
