export class ServerClock {
  constructor(now, keep = 8) {
    this._now = now;
    this._keep = keep;
    this._samples = [];
  }
  add(sentAt, receivedAt, serverTime) {
    if (!Number.isFinite(serverTime) || receivedAt < sentAt) return;
    const roundTripMs = receivedAt - sentAt;
    this._samples.push({ offsetMs: serverTime - (sentAt + receivedAt) / 2, roundTripMs });
    if (this._samples.length > this._keep) this._samples.shift();
  }
  reset() {
    this._samples = [];
  }
  get best() {
    let best = null;
    for (const sample of this._samples) {
      if (!best || sample.roundTripMs <= best.roundTripMs) best = sample;
    }
    return best;
  }
  get offsetMs() {
    return this.best?.offsetMs ?? 0;
  }
  get roundTripMs() {
    return this.best?.roundTripMs ?? null;
  }
  now() {
    return this._now() + this.offsetMs;
  }
}
