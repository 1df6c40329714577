import { Backoff } from './backoff.js';
import { Emitter } from './emitter.js';
import { ArenaError, closeAdvice } from './errors.js';
import { PendingCommands } from './pending-commands.js';
import { defaultTimers, forgetfulIdentity } from './options.js';
import { ServerClock } from './server-clock.js';
import { Topics } from './topics.js';
export const subprotocol = 'neuronarena.v1.json';
export class ArenaClient extends Emitter {
  constructor(options) {
    super();
    const WebSocketType = options.WebSocket ?? (globalThis).WebSocket;
    if (!WebSocketType) throw new TypeError('Give options.WebSocket: this runtime has none.');
    this._WebSocket = WebSocketType;
    this._options = {
      client: 'js/0.1', pendingLimit: 64, commandTimeoutMs: 45000, pingEveryMs: 15000,
      pingTimeoutMs: 8000, ...options,
    };
    this._timers = options.timers ?? defaultTimers();
    this._random = options.random ?? Math.random;
    this._identity = options.identity ?? forgetfulIdentity();
    this._backoff = new Backoff({ random: this._random });
    this._pending = new PendingCommands({
      limit: this._options.pendingLimit, timers: this._timers,
    });
    this._topics = new Topics({
      isOnline: () => this.state === 'online',
      connection: () => this._socket,
      perform: (type, data, resolve, reject) =>
        this._perform(type, data, { survives: false }, resolve, reject),
      later: (work, ms) => this._timers.setTimeout(work, ms),
    });
    this._socket = null;
    this._timer = null;
    this._commandCount = 0;
    this._idPrefix = this._makePrefix();
    this._settled = null;
    this.state = 'idle';
    this.session = null;
    this.clock = new ServerClock(this._timers.now);
  }
  _makePrefix() {
    let prefix = '';
    for (let i = 0; i < 8; i += 1) prefix += Math.floor(this._random() * 36).toString(36);
    return prefix;
  }
  start() {
    if (this.state === 'idle' || this.state === 'stopped') this._connect();
  }
  stop() {
    this._abandonSocket(1000);
    this._end(null, new ArenaError('closed', 'The client was stopped.'));
  }
  wake() {
    if (this.state === 'waiting') this._connect();
    else if (this.state === 'online') this._ping();
  }
  command(type, data = {}, { survives = true, timeoutMs } = {}) {
    return new Promise((resolve, reject) => {
      this._perform(type, data, { survives, timeoutMs }, resolve, reject);
    });
  }
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
      reject((error));
    }
  }
  subscribe(topic) {
    return this._topics.follow(topic);
  }
  _connect() {
    this._timers.clearTimeout(this._timer);
    this._setState('connecting');
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
    socket.onmessage = (message) => {
      if (isCurrent()) this._receive(message.data);
    };
    socket.onclose = (event) => {
      if (isCurrent()) this._lost(event.code ?? 1006, event.reason ?? '');
    };
    socket.onerror = () => {};
    this._timer = this._timers.setTimeout(() => {
      if (isCurrent() && this.state === 'connecting') this._dead('The server did not answer.');
    }, this._options.pingTimeoutMs + 4000);
  }
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
  _welcome(session, sentAt) {
    this._timers.clearTimeout(this._timer);
    this.clock.add(sentAt, this._timers.now(), session.serverTime);
    if (session.secret) this._identity.save({ id: session.player.id, secret: session.secret });
    this.session = session;
    this._setState('online');
    this.emit('hello', session);
    this._topics.askAll();
    for (const entry of this._pending.unsent()) this._transmit(entry);
    this._settled = this._timers.setTimeout(() => this._backoff.reset(), 5000);
    this._schedulePing(1000);
  }
  _unwelcome(error) {
    if (error.code === 'offline' || error.code === 'timed_out') return;
    this._abandonSocket(1000);
    if (error.retryable) this._wait(1013, error.reason, error.retryAfterMs);
    else this._end({ code: 4503, reason: error.reason }, error);
  }
  _lost(code, reason) {
    this._socket = null;
    const advice = closeAdvice(code, reason);
    if (advice.retry) this._wait(code, reason, advice.afterMs, advice.spreadMs);
    else this._end({ code, reason }, new ArenaError('closed', reason || 'The server ended this.'));
  }
  _wait(code, reason, afterMs, spreadMs = 0) {
    this._disconnected();
    const waitMs = this._backoff.next({ afterMs, spreadMs });
    this._timer = this._timers.setTimeout(() => this._connect(), waitMs);
    this._setState('waiting', { close: { code, reason }, retryAt: this._timers.now() + waitMs });
  }
  _disconnected() {
    this._timers.clearTimeout(this._timer);
    this._timers.clearTimeout(this._settled);
    this._pending.disconnected();
    this._topics.disconnected();
  }
  _end(close, error) {
    this._disconnected();
    this._setState('stopped', { close });
    this._pending.failAll(error);
  }
  _abandonSocket(code) {
    const socket = this._socket;
    this._socket = null;
    try {
      socket?.close(code);
    } catch {
    }
  }
  _dead(reason) {
    this._abandonSocket(1000);
    this._lost(1006, reason);
  }
  _nextID() {
    this._commandCount += 1;
    return `${this._idPrefix}-${this._commandCount.toString(36)}`;
  }
  _transmit(entry) {
    entry.sent = true;
    try {
      this._socket?.send(entry.frame);
    } catch {
      entry.sent = false;
    }
  }
  _receive(text) {
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
  _answer(frame) {
    const entry = this._pending.take(frame.re);
    if (!entry) return;
    if (frame.type === 'ok') entry.resolve(frame.data ?? {});
    else entry.reject(ArenaError.fromWire(frame.data));
  }
  _schedulePing(ms) {
    this._timers.clearTimeout(this._timer);
    this._timer = this._timers.setTimeout(() => this._ping(), ms);
  }
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
  _setState(state, { close = null, retryAt = null } = {}) {
    this.state = state;
    this.emit('state', { state, close, retryAt, attempt: this._backoff.attempt });
  }
}
