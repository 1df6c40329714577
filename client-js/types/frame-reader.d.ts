/** A fault in the bytes of a peer, with the code to close with (RFC 6455 section 7.4.1). */
export class FrameViolation extends Error {
    /**
     * @param {number} code
     * @param {string} reason
     */
    constructor(code: number, reason: string);
    code: number;
}
export namespace opcodes {
    const continuation: number;
    const text: number;
    const binary: number;
    const close: number;
    const ping: number;
    const pong: number;
}
/**
 * Reads what a server sends over a WebSocket (RFC 6455 section 5): frames from bytes however they are
 * cut, messages from frames.
 *
 *     | FIN RSV opcode(4) | MASK length(7) | longer length (0, 2 or 8 bytes) | payload
 */
export class FrameReader {
    /**
     * @param {{text: (data: string) => void, ping: (payload: Uint8Array) => void,
     *   close: (code: number, reason: string) => void}} on What to do with each; after `close` there is
     *   nothing more.
     * @param {{messageByteCountMax?: number, fragmentCountMax?: number}} limits A server's messages
     *   are some kilobytes, mostly in one frame.
     */
    constructor(on: {
        text: (data: string) => void;
        ping: (payload: Uint8Array) => void;
        close: (code: number, reason: string) => void;
    }, { messageByteCountMax, fragmentCountMax }?: {
        messageByteCountMax?: number;
        fragmentCountMax?: number;
    });
    /** @private */ private _on;
    /** @private */ private _messageByteCountMax;
    /** @private */ private _fragmentCountMax;
    /** @private @type {any[]} Bytes that don't make a frame yet. */ private _chunks;
    /** @private */ private _byteCount;
    /** @private How many bytes the frame that begins takes, as far as is known. */ private _needed;
    /** @private */ private _fragmentCount;
    /** @private */ private _messageByteCount;
    /** @private */ private _text;
    /** @private */ private _decoder;
    /** Whether a close frame has come. */
    isClosed: boolean;
    /**
     * Takes in bytes.
     * @param {Uint8Array} chunk A Buffer.
     * @throws {FrameViolation}
     */
    read(chunk: Uint8Array): void;
    /** @private Reads one frame, or finds out how many bytes it takes. */
    private _readFrame;
    /**
     * @private
     * @param {boolean} isLast
     * @param {number} opcode
     * @param {Buffer} payload
     */
    private _take;
    /**
     * @private
     * @param {boolean} isLast
     * @param {number} opcode
     * @param {Buffer} payload
     */
    private _takeFragment;
    /**
     * @private
     * @param {Buffer} payload
     */
    private _takeClose;
    /**
     * @private
     * @param {Buffer} bytes
     * @param {boolean} stream Whether a character may go on in the next bytes.
     */
    private _decode;
}
