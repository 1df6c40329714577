/** The subprotocol that this client speaks. */
export const subprotocol: "neuronarena.v1.json";
/**
 * @typedef {import('./options.js').ClientOptions} ClientOptions
 * @typedef {import('./options.js').ClientState} ClientState
 * @typedef {import('./options.js').StateChange} StateChange
 * @typedef {import('./wire.js').Answers['hello']} Session
 */
/**
 * A player's connection to an arena: it connects, says who it is, comes back by itself after
 * losses, and loses neither commands nor events on the way.
 *
 *     idle ──start──▶ connecting ──hello ok──▶ online
 *                        ▲   │ lost              │ lost
 *                        │   ▼                   ▼
 *                        └─ waiting (backoff) ◀──┘        stopped: final close code, or `stop`
 *
 * Events: `state` at each change; `hello` at each welcome; `lag`, a round trip in milliseconds;
 * `protocolError`, a frame that one side could not read.
 *
 * @extends {Emitter<{state: StateChange, hello: Session, lag: number, protocolError: string}>}
 */
export class ArenaClient extends Emitter<{
    state: StateChange;
    hello: Session;
    lag: number;
    protocolError: string;
}> {
    /** @param {ClientOptions} options */
    constructor(options: ClientOptions);
    /** @private */ private _options;
    /** @private */ private _timers;
    /** @private */ private _random;
    /** @private */ private _identity;
    /** @private */ private _sockets;
    /** @private */ private _backoff;
    /** @private */ private _queue;
    /** @private */ private _topics;
    /** The server's clock. */
    clock: ServerClock;
    /** @private */ private _heartbeat;
    /** @private @type {any} */ private _socket;
    /** @private Ends the wait or the attempt that is under way. @type {any} */ private _timer;
    /** @private @type {any} */ private _settled;
    /** @private */ private _commandCount;
    /** @private */ private _idPrefix;
    /** @type {ClientState} */ state: ClientState;
    /**
     * The last answer to hello: player, limits, activeDuel, activeRun, campaign.
     * @type {Session | null}
     */
    session: Session | null;
    /** @private Ids must differ between the tabs of one player. */
    private _makePrefix;
    /** Connects, and stays connected until `stop` or a final close. */
    start(): void;
    /**
     * Starts, where need be, and waits for the server's welcome.
     * @returns {Promise<Session>}
     * @throws {ArenaError} The connection has ended for good.
     */
    connected(): Promise<Session>;
    /** Ends the connection and everything that waits. */
    stop(): void;
    /** Tries at once instead of waiting, or checks a connection that may have died during a sleep. */
    wake(): void;
    /**
     * Sends a command. While offline it waits, and goes out in its turn after the reconnect; without an
     * answer it is sent again under the same id, and has no second effect.
     * @template {string} Type
     * @param {Type} type
     * @param {import('./wire.js').CommandData<Type>} [data]
     * @param {import('./command-queue.js').CommandOptions & {onPart?: (data: import('./wire.js').PartData<Type>) => void}} [options]
     * @returns {Promise<import('./wire.js').AnswerData<Type>>} The answer's data.
     * @throws {ArenaError} What the server refused, and why.
     */
    command<Type extends string>(type: Type, data?: import("./wire.js").CommandData<Type> | undefined, options?: (import("./command-queue.js").CommandOptions & {
        onPart?: ((data: import("./wire.js").PartData<Type>) => void) | undefined;
    }) | undefined): Promise<import("./wire.js").AnswerData<Type>>;
    /**
     * Follows a topic, over reconnects, until its `close`. Several holders share one stream.
     * @template {import('./wire.js').TopicName | (string & {})} Topic
     * @param {Topic} topic
     * @param {{own?: boolean}} [options] `own`: a board's events tell one's own place too, as `board.own`.
     * @returns {import('./subscription.js').Subscription<Topic>}
     */
    subscribe<Topic extends (string & {}) | import("./wire.js").TopicName>(topic: Topic, options?: {
        own?: boolean | undefined;
    } | undefined): import("./subscription.js").Subscription<Topic>;
    /**
     * @private
     * @param {string} type
     * @param {any} data
     * @param {import('./command-queue.js').CommandOptions} options
     * @param {(data: any) => void} resolve
     * @param {(error: ArenaError) => void} reject
     */
    private _perform;
    /** @private */
    private _connect;
    /** @private */
    private _hello;
    /**
     * @private
     * @param {Session} session
     * @param {number} sentAt
     */
    private _welcome;
    /**
     * @private
     * @param {ArenaError} error
     */
    private _unwelcome;
    /**
     * @private
     * @param {number} code
     * @param {string} reason
     */
    private _lost;
    /**
     * @private
     * @param {number} code
     * @param {string} reason
     * @param {{afterMs: number | null, spreadMs?: number}} hint
     */
    private _wait;
    /** @private Waits for longer, if that is what the server says to handshakes. */
    private _askForReason;
    /** @private */
    private _disconnected;
    /**
     * @private
     * @param {{code: number, reason: string} | null} close
     * @param {ArenaError} error
     */
    private _end;
    /**
     * Gives a socket up without waiting for its close, which can take a minute on a dead network.
     * @private
     * @param {string} [reason]
     */
    private _abandonSocket;
    /**
     * @private
     * @param {string} reason
     */
    private _dead;
    /**
     * @private
     * @param {any} text
     */
    private _receive;
    /**
     * @private
     * @param {ClientState} state
     * @param {{close?: {code: number, reason: string} | null, retryAt?: number | null}} more
     */
    private _setState;
}
export type ClientOptions = import('./options.js').ClientOptions;
export type ClientState = import('./options.js').ClientState;
export type StateChange = import('./options.js').StateChange;
export type Session = import('./wire.js').Answers['hello'];
import { Emitter } from "./emitter.js";
import { ServerClock } from "./server-clock.js";
