import { Backoff } from './backoff.js';
import { CommandQueue } from './command-queue.js';
import { Emitter } from './emitter.js';
import { ArenaError, closeAdvice } from './errors.js';
import { Heartbeat } from './heartbeat.js';
import { defaultTimers, forgetfulIdentity } from './options.js';
import { ServerClock } from './server-clock.js';
import { SocketSource } from './socket-source.js';
import { Topics } from './topics.js';

/** The subprotocol that this client speaks. */
export const subprotocol = 'neuronarena.v1.json';

/**
 * How a refused `hello` would have been closed by the server, had we waited for it.
 * @type {Record<string, number>}
 */
const closeOfRefusal = { bad_secret: 4503, banned: 4501, unsupported_protocol: 4504 };

/**
 * @typedef {import('./options.js').ClientOptions} ClientOptions
 * @typedef {import('./options.js').ClientState} ClientState
 * @typedef {import('./options.js').StateChange} StateChange
 * @typedef {import('./wire.js').Answers['hello']} Session
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
 * Events: `state` at each change; `hello` at each welcome; `lag`, a round trip in milliseconds;
 * `protocolError`, a frame that one side could not read.
 *
 * @extends {Emitter<{state: StateChange, hello: Session, lag: number, protocolError: string}>}
 */
export class ArenaClient extends Emitter {
  /** @param {ClientOptions} options */
  constructor(options) {
    super();
    /** @private */ this._options = {
      client: 'js/0.2', pendingLimit: 64, commandWindow: 16, commandTimeoutMs: 45000,
      pingEveryMs: 15000, pingTimeoutMs: 8000, ...options,
    };
    /** @private */ this._timers = options.timers ?? defaultTimers();
    /** @private */ this._random = options.random ?? Math.random;
    /** @private */ this._identity = options.identity ?? forgetfulIdentity();
    /** @private */ this._sockets = new SocketSource(options);
    /** @private */ this._backoff = new Backoff({ random: this._random });
    /** @private */ this._queue = new CommandQueue({
      limit: this._options.pendingLimit, window: this._options.commandWindow,
      timers: this._timers, random: this._random, send: (frame) => this._socket.send(frame),
    });
    /** @private */ this._topics = new Topics({
      isOnline: () => this.state === 'online',
      connection: () => this._socket,
      perform: (type, data, resolve, reject) =>
        this._perform(type, data, { survives: false }, resolve, reject),
      later: (work, ms) => this._timers.setTimeout(work, ms),
    });
    /** The server's clock. */
    this.clock = new ServerClock(this._timers.now);
    /** @private */ this._heartbeat = new Heartbeat({
      timers: this._timers, clock: this.clock, everyMs: this._options.pingEveryMs,
      ping: (clientTime, resolve, reject) => this._perform('ping', { clientTime }, {
        survives: false, timeoutMs: this._options.pingTimeoutMs,
      }, resolve, reject),
      onLag: (ms) => this.emit('lag', ms),
      onSilence: () => this._dead('The connection went silent.'),
    });
    /** @private @type {any} */ this._socket = null;
    /** @private Ends the wait or the attempt that is under way. @type {any} */ this._timer = null;
    /** @private @type {any} */ this._settled = null;
    /** @private */ this._commandCount = 0;
    /** @private */ this._idPrefix = this._makePrefix();
    /** @type {ClientState} */ this.state = 'idle';
    /**
     * The last answer to hello: player, limits, activeDuel, activeRun, campaign.
     * @type {Session | null}
     */
    this.session = null;
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

  /**
   * Starts, where need be, and waits for the server's welcome.
   * @returns {Promise<Session>}
   * @throws {ArenaError} The connection has ended for good.
   */
  async connected() {
    this.start();
    if (this.state === 'online' && this.session) return this.session;
    return new Promise((resolve, reject) => {
      const listeners = [
        this.on('hello', (session) => { leave(); resolve(session); }),
        this.on('state', ({ state, close }) => {
          if (state !== 'stopped') return;
          leave();
          reject(new ArenaError('closed', close?.reason || 'The connection has ended.'));
        }),
      ];
      const leave = () => { for (const stop of listeners) stop(); };
    });
  }

  /** Ends the connection and everything that waits. */
  stop() {
    this._abandonSocket();
    this._end(null, new ArenaError('closed', 'The client was stopped.'));
  }

  /** Tries at once instead of waiting, or checks a connection that may have died during a sleep. */
  wake() {
    if (this.state === 'waiting') this._connect();
    else if (this.state === 'online') this._heartbeat.beat();
  }

  /**
   * Sends a command. While offline it waits, and goes out in its turn after the reconnect; without an
   * answer it is sent again under the same id, and has no second effect.
   * @template {string} Type
   * @param {Type} type
   * @param {import('./wire.js').CommandData<Type>} [data]
   * @param {import('./command-queue.js').CommandOptions & {onPart?: (data: import('./wire.js').PartData<Type>) => void}} [options]
   * @returns {Promise<import('./wire.js').AnswerData<Type>>} The answer's data.
   * @throws {ArenaError} What the server refused, and why.
   */
  command(type, data, options = {}) {
    return new Promise((resolve, reject) => {
      this._perform(type, data ?? {}, options, resolve, reject);
    });
  }

  /**
   * Follows a topic, over reconnects, until its `close`. Several holders share one stream.
   * @template {import('./wire.js').TopicName | (string & {})} Topic
   * @param {Topic} topic
   * @param {{own?: boolean}} [options] `own`: a board's events tell one's own place too, as `board.own`.
   * @returns {import('./subscription.js').Subscription<Topic>}
   */
  subscribe(topic, options = {}) {
    return this._topics.follow(topic, options);
  }

  /**
   * @private
   * @param {string} type
   * @param {any} data
   * @param {import('./command-queue.js').CommandOptions} options
   * @param {(data: any) => void} resolve
   * @param {(error: ArenaError) => void} reject
   */
  _perform(type, data, { survives = true, retry = false, timeoutMs, onPart }, resolve, reject) {
    if (this.state === 'stopped') {
      reject(new ArenaError('closed', 'The connection has ended.'));
    } else if (!survives && this.state !== 'online' && type !== 'hello') {
      reject(new ArenaError('offline', 'There is no connection.', { retryable: true }));
    } else {
      this._commandCount += 1;
      const id = `${this._idPrefix}-${this._commandCount.toString(36)}`;
      this._queue.add(id, JSON.stringify({ id, type, data }), {
        survives, retry, timeoutMs: timeoutMs ?? this._options.commandTimeoutMs, onPart,
      }, resolve, reject);
    }
  }

  // Connection

  /** @private */
  _connect() {
    this._timers.clearTimeout(this._timer);
    this._setState('connecting');
    /** @type {any} The socket, or what stands for it until there is one. */
    let socket = { close() {} };
    this._socket = socket;
    const isCurrent = () => this._socket === socket;
    // A handshake or hello that never ends is a loss too.
    this._timer = this._timers.setTimeout(() => {
      if (isCurrent()) this._dead('The server did not answer.');
    }, this._options.pingTimeoutMs + 4000);
    this._sockets.open(this._options.url, subprotocol, (/** @type {any} */ opened) => {
      if (!isCurrent()) return opened?.close(1000);
      if (!opened) return this._lost(1006, 'The address could not be opened.');
      this._socket = socket = opened;
      socket.onopen = () => { if (isCurrent()) this._hello(); };
      socket.onmessage = (/** @type {any} */ message) => {
        if (isCurrent()) this._receive(message.data);
      };
      socket.onerror = () => {};
      socket.onclose = (/** @type {any} */ { code = 1006, reason = '' }) => {
        if (!isCurrent()) return;
        const wasWelcome = this.state === 'online';
        this._lost(code, reason);
        if (!wasWelcome && code === 1006) this._askForReason();
      };
    });
  }

  /** @private */
  _hello() {
    const { client, name, pingTimeoutMs } = this._options;
    const player = this._identity.load();
    const sentAt = this._timers.now();
    const socket = this._socket;
    this._perform('hello', {
      protocol: 'neuronarena.v1', client, ...(player ? { player } : {}), ...(name ? { name } : {}),
    }, { survives: false, timeoutMs: pingTimeoutMs + 4000 },
    (session) => { if (this._socket === socket) this._welcome(session, sentAt); },
    (error) => { if (this._socket === socket) this._unwelcome(error); });
  }

  /**
   * @private
   * @param {Session} session
   * @param {number} sentAt
   */
  _welcome(session, sentAt) {
    this._timers.clearTimeout(this._timer);
    this.clock.add(sentAt, this._timers.now(), session.serverTime);
    if (session.secret) this._identity.save({ id: session.player.id, secret: session.secret });
    this.session = session;
    this._setState('online');
    this.emit('hello', session);
    // A listener may have stopped the client.
    if (this.state !== 'online') return;
    this._topics.askAll();
    this._queue.connected();
    // Only a connection that lasts counts as a success; else accept-and-drop would be hammered.
    this._settled = this._timers.setTimeout(() => this._backoff.reset(), 5000);
    this._heartbeat.start();
  }

  /**
   * @private
   * @param {ArenaError} error
   */
  _unwelcome(error) {
    if (error.code === 'offline' || error.code === 'timed_out') return;
    this._abandonSocket();
    if (error.retryable) this._wait(1013, error.reason, { afterMs: error.retryAfterMs });
    else this._end({ code: closeOfRefusal[error.code] ?? 4503, reason: error.reason }, error);
  }

  /**
   * @private
   * @param {number} code
   * @param {string} reason
   */
  _lost(code, reason) {
    this._socket = null;
    const advice = closeAdvice(code, reason);
    if (advice.retry) this._wait(code, reason, advice);
    else this._end({ code, reason }, new ArenaError('closed', reason || 'The server ended this.'));
  }

  /**
   * @private
   * @param {number} code
   * @param {string} reason
   * @param {{afterMs: number | null, spreadMs?: number}} hint
   */
  _wait(code, reason, hint) {
    this._disconnected();
    const waitMs = this._backoff.next(hint);
    this._timer = this._timers.setTimeout(() => this._connect(), waitMs);
    this._setState('waiting', { close: { code, reason }, retryAt: this._timers.now() + waitMs });
  }

  /** @private Waits for longer, if that is what the server says to handshakes. */
  _askForReason() {
    const timer = this._timer;
    this._sockets.refusal(this._options.url, (reason) => {
      if (this.state !== 'waiting' || this._timer !== timer) return;
      this._backoff.attempt -= 1;
      this._wait(1013, reason, closeAdvice(1013, reason));
    });
  }

  /** @private */
  _disconnected() {
    this._timers.clearTimeout(this._timer);
    this._timers.clearTimeout(this._settled);
    this._heartbeat.stop();
    this._queue.disconnected();
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
    this._queue.failAll(error);
    this._topics.ended(close && error);
  }

  /**
   * Gives a socket up without waiting for its close, which can take a minute on a dead network.
   * @private
   * @param {string} [reason]
   */
  _abandonSocket(reason) {
    const socket = this._socket;
    this._socket = null;
    try {
      socket?.close(1000, reason);
    } catch {
      // It was not open; there is nothing to close.
    }
  }

  /**
   * @private
   * @param {string} reason
   */
  _dead(reason) {
    this._abandonSocket('silent');
    this._lost(1006, reason);
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
      if (typeof frame.re === 'string') this._queue.answered(frame);
      else this.emit('protocolError', String(frame.data?.reason ?? 'A frame was refused.'));
    } else if (typeof frame.topic === 'string') {
      this._topics.receive(frame);
    }
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
