export class Backoff {
  constructor({ baseMs = 400, capMs = 15000, random = Math.random } = {}) {
    this.baseMs = baseMs;
    this.capMs = capMs;
    this.random = random;
    this.attempt = 0;
  }
  next({ afterMs = null, spreadMs = 0 } = {}) {
    const ceiling = Math.min(this.capMs, this.baseMs * 2 ** Math.min(this.attempt, 20));
    this.attempt += 1;
    const jittered = this.random() * Math.max(ceiling, spreadMs);
    return Math.round((afterMs ?? 0) + jittered);
  }
  reset() {
    this.attempt = 0;
  }
}
