/** Waiting times between attempts to connect: exponential with full jitter. */
export class Backoff {
  /**
   * @param {{baseMs?: number, capMs?: number, random?: () => number}} options
   *   `random` yields numbers in [0, 1).
   */
  constructor({ baseMs = 400, capMs = 15000, random = Math.random } = {}) {
    this.baseMs = baseMs;
    this.capMs = capMs;
    this.random = random;
    /** Failures since the last success. */
    this.attempt = 0;
  }

  /**
   * The wait before the next attempt, in milliseconds. A hint of the server is a floor, to which
   * its spread is added, so that a restart does not bring everybody back at one moment.
   * @param {{afterMs?: number | null, spreadMs?: number}} hint
   */
  next({ afterMs = null, spreadMs = 0 } = {}) {
    const ceiling = Math.min(this.capMs, this.baseMs * 2 ** Math.min(this.attempt, 20));
    this.attempt += 1;
    const jittered = this.random() * Math.max(ceiling, spreadMs);
    return Math.round((afterMs ?? 0) + jittered);
  }

  /** Starts from the shortest wait again. */
  reset() {
    this.attempt = 0;
  }
}
