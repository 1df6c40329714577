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
    constructor(now: () => number, keep?: number | undefined);
    /** @private */ private _now;
    /** @private */ private _keep;
    /** @private @type {{offsetMs: number, roundTripMs: number}[]} */ private _samples;
    /**
     * Takes in one exchange.
     * @param {number} sentAt Local time of sending.
     * @param {number} receivedAt Local time of the answer.
     * @param {number} serverTime What the server's clock said.
     */
    add(sentAt: number, receivedAt: number, serverTime: number): void;
    /** Forgets all samples, as after a sleep of the machine. */
    reset(): void;
    get best(): {
        offsetMs: number;
        roundTripMs: number;
    } | null;
    /** How far the server's clock is ahead of the local one, in milliseconds. */
    get offsetMs(): number;
    /** The shortest round trip among the kept samples, in milliseconds; null before the first. */
    get roundTripMs(): number | null;
    /** The server's time now, in milliseconds since the epoch. */
    now(): number;
}
