/**
 * A WebSocket in the eyes of a client; in truth a line to the worker that all tabs share, where one
 * real socket serves all tabs of a player (`SocketHub`).
 *
 * The socket belongs to no tab: the others never notice that one is closed, frozen or discarded. This
 * is why it is a shared worker, and no tab that leads the others: locks tell that a leader has gone,
 * but a frozen one keeps its lock and does nothing. Browsers without shared workers get a connection
 * for each tab.
 */
export class SharedSocket {
    /** Whether this runtime has shared workers, as far as is known. */
    static get isAvailable(): boolean;
    /**
     * @param {string} url
     * @param {string} protocol
     */
    constructor(url: string, protocol: string);
    /** @type {(() => void) | null} */ onopen: (() => void) | null;
    /** @type {((event: {data: string}) => void) | null} */ onmessage: ((event: {
        data: string;
    }) => void) | null;
    /** @type {(() => void) | null} */ onerror: (() => void) | null;
    /** @type {((event: {code: number, reason: string}) => void) | null} */ onclose: ((event: {
        code: number;
        reason: string;
    }) => void) | null;
    /** @private @type {any} */ private _port;
    /** @private */ private _ending;
    /** @private */ private _leave;
    /**
     * Holds a lock for as long as this tab lives and is open here; the hub waits for it, and so learns of
     * a tab that ends without a word.
     * @private
     */
    private _showLife;
    /**
     * Waits for a lock, unless it is over here before.
     * @private
     * @param {string} name
     * @param {() => any} work
     */
    private _lock;
    /** @param {string} text */
    send(text: string): void;
    /**
     * Leaves; the reason `silent` tells the hub that nothing has come for long, so that it looks after
     * the real socket.
     * @param {number} [_code]
     * @param {string} [reason]
     */
    close(_code?: number | undefined, reason?: string | undefined): void;
    /**
     * @private
     * @param {any[]} message
     */
    private _take;
    /**
     * @private
     * @param {number} code
     * @param {string} reason
     */
    private _closed;
    /** @private The worker doesn't run: from now on every tab has a connection of its own. */
    private _break;
}
