/** Where a client's sockets come from: given, shared with other tabs, the runtime's own, or ours. */
export class SocketSource {
    /** @param {import('./options.js').ClientOptions} options */
    constructor({ WebSocket, fetch, shared }: import('./options.js').ClientOptions);
    /** @private */ private _given;
    /** @private */ private _isShared;
    /** @private */ private _fetch;
    /**
     * Opens a socket, at once where the runtime has its class at hand.
     * @param {string} url
     * @param {string} protocol
     * @param {(socket: any) => void} done Called with null where the address is not one.
     */
    open(url: string, protocol: string, done: (socket: any) => void): void;
    /**
     * Finds out over HTTP whether the server refuses newcomers for now.
     * @param {string} url The socket's.
     * @param {(reason: string) => void} done Called, with a hint as in close reasons, if it does.
     */
    refusal(url: string, done: (reason: string) => void): Promise<void>;
}
