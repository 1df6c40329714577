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
    constructor({ timers, clock, everyMs, ping, onLag, onSilence }: {
        timers: import('./options.js').Timers;
        clock: import('./server-clock.js').ServerClock;
        everyMs: number;
        ping: (clientTime: number, resolve: (answer: {
            serverTime: number;
        }) => void, reject: (error: import('./errors.js').ArenaError) => void) => void;
        onLag: (ms: number) => void;
        onSilence: () => void;
    });
    /** @private */ private _timers;
    /** @private */ private _clock;
    /** @private */ private _everyMs;
    /** @private */ private _ping;
    /** @private */ private _onLag;
    /** @private */ private _onSilence;
    /** @private @type {any} */ private _timer;
    /** @private Which beating it is: answers to those before a `stop` count nothing. */
    private _turn;
    /** Begins to beat, soon at first. */
    start(): void;
    stop(): void;
    /** Beats now. */
    beat(): void;
    /**
     * @private
     * @param {number} ms
     */
    private _later;
}
