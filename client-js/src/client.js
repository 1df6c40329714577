import { Backoff } from './backoff.js';
import { Emitter } from './emitter.js';
import { ArenaError, closeAdvice } from './errors.js';
import { PendingCommands } from './pending-commands.js';
import { defaultTimers, forgetfulIdentity } from './options.js';
import { ServerClock } from './server-clock.js';
import { Topics } from './topics.js';

/** The subprotocol that this client speaks. */
export const subprotocol = 'neuronarena.v1.json';

/**
 * @typedef {import('./options.js').Credentials} Credentials
 * @typedef {import('./options.js').IdentityStore} IdentityStore
 * @typedef {import('./options.js').ClientOptions} ClientOptions
 * @typedef {import('./options.js').ClientState} ClientState
 * @typedef {import('./options.js').StateChange} StateChange
 */

/**
 * A player's connection to an arena: it connects, says who it is, comes back by itself after
 * losses, and loses neither commands nor events on the way.
 *
 *     idle ──start──▶ connecting ──hello ok──▶ online
 *                        ▲   │ lost              │ lost
 *                        │   ▼                   ▼
 *                        └─ waiting (backoff) ◀──┘        stopped: final close code, or `stop`
 *
 * @extends {Emitter<{state: StateChange, hello: any, lag: number, protocolError: string}>}
 */
export class ArenaClient extends Emitter {
  /** @param {ClientOptions} options */
  constructor(options) {
    super();
    const WebSocketType = options.WebSocket ?? /** @type {any} */ (globalThis).WebSocket;
    if (!WebSocketType) throw new TypeError('Give options.WebSocket: this runtime has none.');
    /** @private */ this._WebSocket = WebSocketType;
    /** @private */ this._options = {
      client: 'js/0.1', pendingLimit: 64, commandTimeoutMs: 45000, pingEveryMs: 15000,
      pingTimeoutMs: 8000, ...options,
    };
    /** @private */ this._timers = options.timers ?? defaultTimers();
    /** @private */ this._random = options.random ?? Math.random;
    /** @private */ this._identity = options.identity ?? forgetfulIdentity();
    /** @private */ this._backoff = new Backoff({ random: this._random });
    /** @private */ this._pending = new PendingCommands({
      limit: this._options.pendingLimit, timers: this._timers,
    });
    /** @private */ this._topics = new Topics({
      isOnline: () => this.state === 'online',
      connection: () => this._socket,
      perform: (type, data, resolve, reject) =>
        this._perform(type, data, { survives: false }, resolve, reject),
      later: (work, ms) => this._timers.setTimeout(work, ms),
    });
    /** @private @type {any} */ this._socket = null;
    /** @private @type {any} */ this._timer = null;
    /** @private */ this._commandCount = 0;
    /** @private */ this._idPrefix = this._makePrefix();
    /** @private @type {any} */ this._settled = null;
    /** @type {ClientState} */ this.state = 'idle';
    /**
     * The last answer to hello: player, limits, activeDuel, activeRun, campaign.
     * @type {any}
     */
    this.session = null;
    /** The server's clock. */
    this.clock = new ServerClock(this._timers.now);
  }

  /** @private Ids must differ between the tabs of one player. */
  _makePrefix() {
    let prefix = '';
    for (let i = 0; i < 8; i += 1) prefix += Math.floor(this._random() * 36).toString(36);
    return prefix;
  }

  /** Connects, and stays connected until `stop` or a final close. */
  start() {
    if (this.state === 'idle' || this.state === 'stopped') this._connect();
  }

  /** Ends the connection and everything that waits. */
  stop() {
    this._abandonSocket(1000);
    this._end(null, new ArenaError('closed', 'The client was stopped.'));
  }

  /** Tries at once instead of waiting, or checks a connection that may have died during a sleep. */
  wake() {
    if (this.state === 'waiting') this._connect();
    else if (this.state === 'online') this._ping();
  }

  /**
   * Sends a command; it may be called while offline, and then goes out after the reconnect.
   * @param {string} type
   * @param {any} [data]
   * @param {{survives?: boolean, timeoutMs?: number}} options
   * @returns {Promise<any>} The answer's data.
   * @throws {ArenaError} What the server refused, and why.
   */
  command(type, data = {}, { survives = true, timeoutMs } = {}) {
    return new Promise((resolve, reject) => {
      this._perform(type, data, { survives, timeoutMs }, resolve, reject);
    });
  }

  /**
   * @private
   * @param {string} type
   * @param {any} data
   * @param {{survives: boolean, timeoutMs?: number | undefined}} options
   * @param {(data: any) => void} resolve
   * @param {(error: ArenaError) => void} reject
   */
  _perform(type, data, { survives, timeoutMs }, resolve, reject) {
    if (this.state === 'stopped') {
      reject(new ArenaError('closed', 'The connection has ended.'));
      return;
    }
    if (!survives && this.state !== 'online') {
      reject(new ArenaError('offline', 'There is no connection.', { retryable: true }));
      return;
    }
    const id = this._nextID();
    try {
      const entry = this._pending.add(id, JSON.stringify({ id, type, data }), {
        survives, timeoutMs: timeoutMs ?? this._options.commandTimeoutMs,
      }, resolve, reject);
      if (this.state === 'online') this._transmit(entry);
    } catch (error) {
      reject(/** @type {ArenaError} */ (error));
    }
  }

  /**
   * Follows a topic, over reconnects, until its `close`. Several holders share one stream.
   * @param {string} topic
   * @returns {import('./subscription.js').Subscription}
   */
  subscribe(topic) {
    return this._topics.follow(topic);
  }

  // Connection

  /** @private */
  _connect() {
    this._timers.clearTimeout(this._timer);
    this._setState('connecting');
    /** @type {any} */
    let socket;
    try {
      socket = new this._WebSocket(this._options.url, subprotocol);
    } catch {
      this._lost(1006, 'The address could not be opened.');
      return;
    }
    this._socket = socket;
    const isCurrent = () => this._socket === socket;
    socket.onopen = () => { if (isCurrent()) this._hello(); };
    socket.onmessage = (/** @type {any} */ message) => {
      if (isCurrent()) this._receive(message.data);
    };
    socket.onclose = (/** @type {any} */ event) => {
      if (isCurrent()) this._lost(event.code ?? 1006, event.reason ?? '');
    };
    socket.onerror = () => {};
    // A handshake or hello that never ends is a loss too.
    this._timer = this._timers.setTimeout(() => {
      if (isCurrent() && this.state === 'connecting') this._dead('The server did not answer.');
    }, this._options.pingTimeoutMs + 4000);
  }

  /** @private */
  _hello() {
    const { client, name } = this._options;
    const player = this._identity.load();
    const data = {
      protocol: 'neuronarena.v1', client, ...(player ? { player } : {}), ...(name ? { name } : {}),
    };
    const id = this._nextID();
    const sentAt = this._timers.now();
    const socket = this._socket;
    const entry = this._pending.add(id, JSON.stringify({ id, type: 'hello', data }), {
      survives: false, timeoutMs: this._options.pingTimeoutMs + 4000,
    },
    (session) => { if (this._socket === socket) this._welcome(session, sentAt); },
    (error) => { if (this._socket === socket) this._unwelcome(error); });
    this._transmit(entry);
  }

  /**
   * @private
   * @param {any} session
   * @param {number} sentAt
   */
  _welcome(session, sentAt) {
    this._timers.clearTimeout(this._timer);
    this.clock.add(sentAt, this._timers.now(), session.serverTime);
    if (session.secret) this._identity.save({ id: session.player.id, secret: session.secret });
    this.session = session;
    this._setState('online');
    this.emit('hello', session);
    this._topics.askAll();
    for (const entry of this._pending.unsent()) this._transmit(entry);
    // Only a connection that lasts counts as a success; else accept-and-drop would be hammered.
    this._settled = this._timers.setTimeout(() => this._backoff.reset(), 5000);
    this._schedulePing(1000);
  }

  /**
   * @private
   * @param {ArenaError} error
   */
  _unwelcome(error) {
    if (error.code === 'offline' || error.code === 'timed_out') return;
    this._abandonSocket(1000);
    if (error.retryable) this._wait(1013, error.reason, error.retryAfterMs);
    else this._end({ code: 4503, reason: error.reason }, error);
  }

  /**
   * @private
   * @param {number} code
   * @param {string} reason
   */
  _lost(code, reason) {
    this._socket = null;
    const advice = closeAdvice(code, reason);
    if (advice.retry) this._wait(code, reason, advice.afterMs, advice.spreadMs);
    else this._end({ code, reason }, new ArenaError('closed', reason || 'The server ended this.'));
  }

  /**
   * @private
   * @param {number} code
   * @param {string} reason
   * @param {number | null} afterMs
   * @param {number} [spreadMs]
   */
  _wait(code, reason, afterMs, spreadMs = 0) {
    this._disconnected();
    const waitMs = this._backoff.next({ afterMs, spreadMs });
    this._timer = this._timers.setTimeout(() => this._connect(), waitMs);
    this._setState('waiting', { close: { code, reason }, retryAt: this._timers.now() + waitMs });
  }

  /** @private */
  _disconnected() {
    this._timers.clearTimeout(this._timer);
    this._timers.clearTimeout(this._settled);
    this._pending.disconnected();
    this._topics.disconnected();
  }

  /**
   * @private
   * @param {{code: number, reason: string} | null} close
   * @param {ArenaError} error
   */
  _end(close, error) {
    this._disconnected();
    this._setState('stopped', { close });
    this._pending.failAll(error);
  }

  /**
   * Gives a socket up without waiting for its close, which can take a minute on a dead network.
   * @private
   * @param {number} code
   */
  _abandonSocket(code) {
    const socket = this._socket;
    this._socket = null;
    try {
      socket?.close(code);
    } catch {
      // It was not open; there is nothing to close.
    }
  }

  /**
   * @private
   * @param {string} reason
   */
  _dead(reason) {
    this._abandonSocket(1000);
    this._lost(1006, reason);
  }

  // Frames

  /** @private */
  _nextID() {
    this._commandCount += 1;
    return `${this._idPrefix}-${this._commandCount.toString(36)}`;
  }

  /**
   * @private
   * @param {import('./pending-commands.js').Pending} entry
   */
  _transmit(entry) {
    entry.sent = true;
    try {
      this._socket?.send(entry.frame);
    } catch {
      entry.sent = false;
    }
  }

  /**
   * @private
   * @param {any} text
   */
  _receive(text) {
    /** @type {any} */
    let frame;
    try {
      frame = JSON.parse(text);
    } catch {
      this.emit('protocolError', 'A frame was not JSON.');
      return;
    }
    if (frame === null || typeof frame !== 'object') return;
    if ('re' in frame) {
      if (typeof frame.re === 'string') this._answer(frame);
      else this.emit('protocolError', String(frame.data?.reason ?? 'A frame was refused.'));
    } else if (typeof frame.topic === 'string') {
      this._topics.receive(frame);
    }
  }

  /**
   * @private
   * @param {any} frame
   */
  _answer(frame) {
    const entry = this._pending.take(frame.re);
    if (!entry) return;
    if (frame.type === 'ok') entry.resolve(frame.data ?? {});
    else entry.reject(ArenaError.fromWire(frame.data));
  }

  // Clock

  /**
   * @private
   * @param {number} ms
   */
  _schedulePing(ms) {
    this._timers.clearTimeout(this._timer);
    this._timer = this._timers.setTimeout(() => this._ping(), ms);
  }

  /** @private */
  _ping() {
    if (this.state !== 'online') return;
    const socket = this._socket;
    const sentAt = this._timers.now();
    this.command('ping', { clientTime: Math.round(sentAt) }, {
      survives: false, timeoutMs: this._options.pingTimeoutMs,
    }).then((answer) => {
      if (this._socket !== socket) return;
      const receivedAt = this._timers.now();
      this.clock.add(sentAt, receivedAt, answer.serverTime);
      this.emit('lag', receivedAt - sentAt);
      this._schedulePing(this._options.pingEveryMs);
    }, (error) => {
      if (this._socket !== socket) return;
      if (error.code === 'timed_out') this._dead('The connection went silent.');
      else this._schedulePing(error.retryAfterMs ?? this._options.pingEveryMs);
    });
  }

  /**
   * @private
   * @param {ClientState} state
   * @param {{close?: {code: number, reason: string} | null, retryAt?: number | null}} more
   */
  _setState(state, { close = null, retryAt = null } = {}) {
    this.state = state;
    this.emit('state', { state, close, retryAt, attempt: this._backoff.attempt });
  }
}
