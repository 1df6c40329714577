/**
 * Names the way in which tabs and worker talk: a page that is newer than a running worker gets one of
 * its own.
 */
const version = 2;

/** Set once a worker could not be started, such as under a policy that forbids it. */
let isBroken = false;
/** @type {any} */ let policy = null;

/**
 * The script of the shared worker, as a page with Trusted Types wants it.
 * @returns {any}
 */
function scriptURL() {
  const url = new URL('./socket-hub.js', import.meta.url).href;
  policy ??= /** @type {any} */ (globalThis).trustedTypes?.createPolicy('neuronarena', {
    createScriptURL: () => url,
  });
  return policy?.createScriptURL('') ?? url;
}

/**
 * A WebSocket in the eyes of a client; in truth a line to the worker that all tabs share, where one
 * real socket serves all tabs of a player (`SocketHub`).
 *
 * The socket belongs to no tab: the others never notice that one is closed, frozen or discarded. This
 * is why it is a shared worker, and no tab that leads the others: locks tell that a leader has gone,
 * but a frozen one keeps its lock and does nothing. Browsers without shared workers get a connection
 * for each tab.
 */
export class SharedSocket {
  /** Whether this runtime has shared workers, as far as is known. */
  static get isAvailable() {
    return !isBroken && typeof (/** @type {any} */ (globalThis).SharedWorker) === 'function';
  }

  /**
   * @param {string} url
   * @param {string} protocol
   */
  constructor(url, protocol) {
    /** @type {(() => void) | null} */ this.onopen = null;
    /** @type {((event: {data: string}) => void) | null} */ this.onmessage = null;
    /** @type {(() => void) | null} */ this.onerror = null;
    /** @type {((event: {code: number, reason: string}) => void) | null} */ this.onclose = null;
    /** @private @type {any} */ this._port = null;
    /** @private */ this._ending = new AbortController();
    /** @private */ this._leave = () => {
      this._closed(1001, 'The page goes away.');
    };
    try {
      const worker = new SharedWorker(scriptURL(), { type: 'module', name: `neuronarena/${version}` });
      worker.onerror = () => this._break();
      this._port = worker.port;
    } catch {
      queueMicrotask(() => this._break());
      return;
    }
    this._port.onmessage = (/** @type {any} */ { data }) => this._take(data);
    this._port.postMessage(['open', url, protocol]);
    globalThis.addEventListener?.('pagehide', this._leave);
    this._showLife();
  }

  /**
   * Holds a lock for as long as this tab lives and is open here; the hub waits for it, and so learns of
   * a tab that ends without a word.
   * @private
   */
  _showLife() {
    const name = `neuronarena/tab/${Date.now()}-${Math.random()}`;
    this._lock(name, () => {
      this._port.postMessage(['alive', name]);
      return new Promise((resolve) => {
        this._ending.signal.addEventListener('abort', () => resolve(undefined));
      });
    });
  }

  /**
   * Waits for a lock, unless it is over here before.
   * @private
   * @param {string} name
   * @param {() => any} work
   */
  _lock(name, work) {
    const { locks } = /** @type {any} */ (globalThis.navigator ?? {});
    locks?.request(name, { signal: this._ending.signal }, work).catch(() => {});
  }

  /** @param {string} text */
  send(text) {
    if (!this._port) throw new Error('The socket is closed.');
    this._port.postMessage(['frame', text]);
  }

  /**
   * Leaves; the reason `silent` tells the hub that nothing has come for long, so that it looks after
   * the real socket.
   * @param {number} [_code]
   * @param {string} [reason]
   */
  close(_code, reason = '') {
    this._port?.postMessage(['close', reason]);
    this._port?.close();
    this._port = null;
    this._ending.abort();
    globalThis.removeEventListener?.('pagehide', this._leave);
  }

  /**
   * @private
   * @param {any[]} message
   */
  _take([kind, ...content]) {
    switch (kind) {
      case 'open':
        // The hub holds it while it lives: the browser may end it with the tab whose process it is in.
        if (content[0]) this._lock(content[0], () => this._closed(1006, 'The shared worker ended.'));
        return this.onopen?.();
      case 'frame': return this.onmessage?.({ data: content[0] });
      case 'read': return this._port?.postMessage(['read']);
      case 'close': return this._closed(content[0], content[1]);
      default:
    }
  }

  /**
   * @private
   * @param {number} code
   * @param {string} reason
   */
  _closed(code, reason) {
    if (!this._port) return;
    this.close();
    this.onclose?.({ code, reason });
  }

  /** @private The worker doesn't run: from now on every tab has a connection of its own. */
  _break() {
    isBroken = true;
    this._port ??= { postMessage() {}, close() {} };
    this._closed(1001, 'There is no shared worker.');
  }
}
