/** What a client can be given, and what it uses otherwise. */
/**
 * What a client needs of the clock; tests give a manual one.
 * @typedef {{
 *   now: () => number,
 *   setTimeout: (work: () => void, ms: number) => any,
 *   clearTimeout: (timer: any) => void
 * }} Timers
 *
 * Who the player is, kept by the caller: in `localStorage`, a file, or nowhere.
 * @typedef {{id: string, secret: string}} Credentials
 * @typedef {{load: () => Credentials | null, save: (credentials: Credentials) => void}} IdentityStore
 *
 * @typedef {'idle' | 'connecting' | 'online' | 'waiting' | 'stopped'} ClientState
 * @typedef {{state: ClientState, attempt: number, retryAt: number | null,
 *   close: {code: number, reason: string} | null}} StateChange
 *
 * @typedef {object} ClientOptions
 * @property {string} url Where the socket is, such as `wss://arena.example/v1/socket`.
 * @property {string} [client] Name and version of the program, told to the server.
 * @property {string} [name] The name that a new guest wishes for.
 * @property {IdentityStore} [identity]
 * @property {boolean} [shared] Whether the tabs of one player share a connection; they do, where the
 *   browser has shared workers and `WebSocket` is not given.
 * @property {new (url: string, protocols: string) => any} [WebSocket] By default the runtime's own; in
 *   Node before 22 the SDK's.
 * @property {(url: string, init: any) => Promise<any>} [fetch] Asks over HTTP why a handshake failed,
 *   which a WebSocket doesn't tell; by default the runtime's own, unless `WebSocket` is given.
 * @property {Timers} [timers]
 * @property {() => number} [random] Numbers in [0, 1).
 * @property {number} [pendingLimit] Most commands without an answer.
 * @property {number} [commandWindow] Most of them that are under way at once; the others wait.
 * @property {number} [commandTimeoutMs] After this a command fails with `timed_out`.
 * @property {number} [pingEveryMs] Between two measurements of the server's clock.
 * @property {number} [pingTimeoutMs] After this without an answer the connection counts as dead.
 */
/** @returns {Timers} */
export function defaultTimers(): Timers;
/** @returns {IdentityStore} */
export function forgetfulIdentity(): IdentityStore;
/**
 * Who the player is, kept by the caller: in `localStorage`, a file, or nowhere.
 */
export type Timers = {
    now: () => number;
    setTimeout: (work: () => void, ms: number) => any;
    clearTimeout: (timer: any) => void;
};
/**
 * What a client needs of the clock; tests give a manual one.
 */
export type Credentials = {
    id: string;
    secret: string;
};
/**
 * What a client needs of the clock; tests give a manual one.
 */
export type IdentityStore = {
    load: () => Credentials | null;
    save: (credentials: Credentials) => void;
};
/**
 * What a client needs of the clock; tests give a manual one.
 */
export type ClientState = 'idle' | 'connecting' | 'online' | 'waiting' | 'stopped';
/**
 * What a client needs of the clock; tests give a manual one.
 */
export type StateChange = {
    state: ClientState;
    attempt: number;
    retryAt: number | null;
    close: {
        code: number;
        reason: string;
    } | null;
};
/**
 * What a client needs of the clock; tests give a manual one.
 */
export type ClientOptions = {
    /**
     * Where the socket is, such as `wss://arena.example/v1/socket`.
     */
    url: string;
    /**
     * Name and version of the program, told to the server.
     */
    client?: string | undefined;
    /**
     * The name that a new guest wishes for.
     */
    name?: string | undefined;
    identity?: IdentityStore | undefined;
    /**
     * Whether the tabs of one player share a connection; they do, where the
     * browser has shared workers and `WebSocket` is not given.
     */
    shared?: boolean | undefined;
    /**
     * By default the runtime's own; in
     * Node before 22 the SDK's.
     */
    WebSocket?: (new (url: string, protocols: string) => any) | undefined;
    /**
     * Asks over HTTP why a handshake failed,
     * which a WebSocket doesn't tell; by default the runtime's own, unless `WebSocket` is given.
     */
    fetch?: ((url: string, init: any) => Promise<any>) | undefined;
    timers?: Timers | undefined;
    /**
     * Numbers in [0, 1).
     */
    random?: (() => number) | undefined;
    /**
     * Most commands without an answer.
     */
    pendingLimit?: number | undefined;
    /**
     * Most of them that are under way at once; the others wait.
     */
    commandWindow?: number | undefined;
    /**
     * After this a command fails with `timed_out`.
     */
    commandTimeoutMs?: number | undefined;
    /**
     * Between two measurements of the server's clock.
     */
    pingEveryMs?: number | undefined;
    /**
     * After this without an answer the connection counts as dead.
     */
    pingTimeoutMs?: number | undefined;
};
