import { refusalReason } from './errors.js';
import { SharedSocket } from './shared-socket.js';

/** Where a client's sockets come from: given, shared with other tabs, the runtime's own, or ours. */
export class SocketSource {
  /** @param {import('./options.js').ClientOptions} options */
  constructor({ WebSocket, fetch, shared = true }) {
    /** @private */ this._given = WebSocket;
    /** @private */ this._isShared = shared;
    const own = WebSocket ? undefined : globalThis.fetch?.bind(globalThis);
    /** @private */ this._fetch = fetch ?? own;
  }

  /**
   * Opens a socket, at once where the runtime has its class at hand.
   * @param {string} url
   * @param {string} protocol
   * @param {(socket: any) => void} done Called with null where the address is not one.
   */
  open(url, protocol, done) {
    const make = (/** @type {any} */ Type) => {
      let socket = null;
      try {
        socket = new Type(url, protocol);
      } catch {
        // It is told by null.
      }
      done(socket);
    };
    const own = /** @type {any} */ (globalThis).WebSocket;
    if (this._given) make(this._given);
    else if (this._isShared && SharedSocket.isAvailable) make(SharedSocket);
    else if (own) make(own);
    else import('./node-socket.js').then(({ NodeSocket }) => make(NodeSocket), () => done(null));
  }

  /**
   * Finds out over HTTP whether the server refuses newcomers for now.
   * @param {string} url The socket's.
   * @param {(reason: string) => void} done Called, with a hint as in close reasons, if it does.
   */
  async refusal(url, done) {
    if (!this._fetch) return;
    try {
      const response = await this._fetch(url.replace(/^ws/i, 'http'), {
        cache: 'no-store', credentials: 'omit', signal: /** @type {any} */ (AbortSignal).timeout(4000),
      });
      const body = await response.text();
      const reason = refusalReason(response.status, response.headers.get('Retry-After'), body);
      if (reason !== null) done(reason);
    } catch {
      // Nobody answers; the backoff goes on as it would.
    }
  }
}
