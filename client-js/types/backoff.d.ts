/** Waiting times between attempts to connect: exponential with full jitter. */
export class Backoff {
    /**
     * @param {{baseMs?: number, capMs?: number, random?: () => number}} options
     *   `random` yields numbers in [0, 1).
     */
    constructor({ baseMs, capMs, random }?: {
        baseMs?: number;
        capMs?: number;
        random?: () => number;
    });
    baseMs: number;
    capMs: number;
    random: () => number;
    /** Failures since the last success. */
    attempt: number;
    /**
     * The wait before the next attempt, in milliseconds. A hint of the server is a floor, to which
     * its spread is added, so that a restart does not bring everybody back at one moment.
     * @param {{afterMs?: number | null, spreadMs?: number}} hint
     */
    next({ afterMs, spreadMs }?: {
        afterMs?: number | null;
        spreadMs?: number;
    }): number;
    /** Starts from the shortest wait again. */
    reset(): void;
}
