/**
 * The part of a browser's WebSocket that a client needs (RFC 6455: text messages, no extensions), for
 * Node before 22, which has none.
 */
export class NodeSocket {
    /**
     * @param {string} url
     * @param {string} protocol The subprotocol to offer; another answer is a failure.
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
    /** @private @type {any} */ private _socket;
    /** @private @type {'connecting' | 'open' | 'closing' | 'closed'} */ private _state;
    /** @private */ private _reader;
    /** @private */ private _request;
    /**
     * @private
     * @param {any} socket
     * @param {Buffer} head What came with the answer.
     * @param {boolean} fits Whether it is what was asked for.
     */
    private _upgraded;
    /**
     * @private
     * @param {any} response An answer that is no upgrade.
     */
    private _refused;
    /**
     * @private
     * @param {Buffer} chunk
     */
    private _read;
    /** @param {string} text */
    send(text: string): void;
    /**
     * @param {number} [code]
     * @param {string} [reason]
     */
    close(code?: number | undefined, reason?: string | undefined): void;
    /**
     * @private
     * @param {number} code
     * @param {string} reason
     */
    private _closed;
    /**
     * Sends one masked frame (RFC 6455 section 5.3).
     * @private
     * @param {number} opcode
     * @param {Uint8Array} payload
     */
    private _write;
}
