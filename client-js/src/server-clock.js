/**
 * What time it is at the server.
 *
 * Each sample is a round trip; the server's time is taken to belong to its middle, so the error of a
 * sample is at most half its round trip. The best of the last samples wins (Cristian, 1989).
 */
export class ServerClock {
  /**
   * @param {() => number} now The local clock in milliseconds; should never jump.
   * @param {number} [keep] How many samples are kept.
   */
  constructor(now, keep = 8) {
    /** @private */ this._now = now;
    /** @private */ this._keep = keep;
    /** @private @type {{offsetMs: number, roundTripMs: number}[]} */ this._samples = [];
  }

  /**
   * Takes in one exchange.
   * @param {number} sentAt Local time of sending.
   * @param {number} receivedAt Local time of the answer.
   * @param {number} serverTime What the server's clock said.
   */
  add(sentAt, receivedAt, serverTime) {
    if (!Number.isFinite(serverTime) || receivedAt < sentAt) return;
    const roundTripMs = receivedAt - sentAt;
    this._samples.push({ offsetMs: serverTime - (sentAt + receivedAt) / 2, roundTripMs });
    if (this._samples.length > this._keep) this._samples.shift();
  }

  /** Forgets all samples, as after a sleep of the machine. */
  reset() {
    this._samples = [];
  }

  get best() {
    /** @type {{offsetMs: number, roundTripMs: number} | null} */
    let best = null;
    for (const sample of this._samples) {
      if (!best || sample.roundTripMs <= best.roundTripMs) best = sample;
    }
    return best;
  }

  /** How far the server's clock is ahead of the local one, in milliseconds. */
  get offsetMs() {
    return this.best?.offsetMs ?? 0;
  }

  /** The shortest round trip among the kept samples, in milliseconds; null before the first. */
  get roundTripMs() {
    return this.best?.roundTripMs ?? null;
  }

  /** The server's time now, in milliseconds since the epoch. */
  now() {
    return this._now() + this.offsetMs;
  }
}
