/** A clock that only moves when a test turns it; timers fire in the order of their times. */
export class ManualTimers {
  constructor(start = 1_000_000) {
    this.time = start;
    this.timers = new Map();
    this.count = 0;
    this.now = () => this.time;
    this.setTimeout = (work, ms) => {
      this.count += 1;
      this.timers.set(this.count, { at: this.time + Math.max(0, ms), work });
      return this.count;
    };
    this.clearTimeout = (id) => void this.timers.delete(id);
  }

  /** Moves on by `ms`, letting promises settle after each timer. */
  async advance(ms) {
    const end = this.time + ms;
    await settle();
    for (;;) {
      let next = null;
      for (const [id, timer] of this.timers) {
        if (timer.at <= end && (!next || timer.at < next.at)) next = { id, ...timer };
      }
      if (!next) break;
      this.timers.delete(next.id);
      this.time = Math.max(this.time, next.at);
      next.work();
      await settle();
    }
    this.time = end;
    await settle();
  }
}

/** Lets everything that is ready run. */
export async function settle() {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
}

/** Numbers in [0, 1) from a seed (mulberry32), so that a failing run can be repeated. */
export function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
