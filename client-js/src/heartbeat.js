/**
 * Pings the server: measures its clock, and notices a connection that is silent.
 */
export class Heartbeat {
  /**
   * @param {{timers: import('./options.js').Timers, clock: import('./server-clock.js').ServerClock,
   *   everyMs: number,
   *   ping: (clientTime: number, resolve: (answer: {serverTime: number}) => void,
   *     reject: (error: import('./errors.js').ArenaError) => void) => void,
   *   onLag: (ms: number) => void, onSilence: () => void}} parts
   */
  constructor({ timers, clock, everyMs, ping, onLag, onSilence }) {
    /** @private */ this._timers = timers;
    /** @private */ this._clock = clock;
    /** @private */ this._everyMs = everyMs;
    /** @private */ this._ping = ping;
    /** @private */ this._onLag = onLag;
    /** @private */ this._onSilence = onSilence;
    /** @private @type {any} */ this._timer = null;
    /** @private Which beating it is: answers to those before a `stop` count nothing. */
    this._turn = 0;
  }

  /** Begins to beat, soon at first. */
  start() {
    this.stop();
    this._later(1000);
  }

  stop() {
    this._turn += 1;
    this._timers.clearTimeout(this._timer);
  }

  /** Beats now. */
  beat() {
    this._turn += 1;
    const turn = this._turn;
    const sentAt = this._timers.now();
    this._ping(Math.round(sentAt), ({ serverTime }) => {
      const receivedAt = this._timers.now();
      this._clock.add(sentAt, receivedAt, serverTime);
      if (turn !== this._turn) return;
      this._onLag(receivedAt - sentAt);
      this._later(this._everyMs);
    }, (error) => {
      if (turn !== this._turn) return;
      if (error.code === 'timed_out') this._onSilence();
      else this._later(error.retryAfterMs ?? this._everyMs);
    });
  }

  /**
   * @private
   * @param {number} ms
   */
  _later(ms) {
    this._timers.clearTimeout(this._timer);
    this._timer = this._timers.setTimeout(() => this.beat(), ms);
  }
}
