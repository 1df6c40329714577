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
export function defaultTimers() {
  return {
    // Unlike Date.now this doesn't jump when the machine's clock is set.
    now: () => performance.timeOrigin + performance.now(),
    setTimeout: (work, ms) => globalThis.setTimeout(work, ms),
    clearTimeout: (timer) => globalThis.clearTimeout(timer),
  };
}

/** @returns {IdentityStore} */
export function forgetfulIdentity() {
  /** @type {Credentials | null} */
  let kept = null;
  return { load: () => kept, save: (credentials) => void (kept = credentials) };
}
