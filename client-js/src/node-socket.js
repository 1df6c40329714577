import { createHash, randomBytes } from 'node:crypto';
import { get as getPlain } from 'node:http';
import { get as getSecure } from 'node:https';
import { refusalReason } from './errors.js';
import { FrameReader, FrameViolation, opcodes } from './frame-reader.js';

/** What a server proves with that it speaks WebSocket (RFC 6455 section 1.3). */
const acceptGUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
/** How long the other side may take to end its half, in milliseconds. */
const closeTimeoutMs = 5000;

/**
 * The part of a browser's WebSocket that a client needs (RFC 6455: text messages, no extensions), for
 * Node before 22, which has none.
 */
export class NodeSocket {
  /**
   * @param {string} url
   * @param {string} protocol The subprotocol to offer; another answer is a failure.
   */
  constructor(url, protocol) {
    if (!/^wss?:\/\//i.test(url)) throw new SyntaxError(`${url} is no WebSocket's address.`);
    /** @type {(() => void) | null} */ this.onopen = null;
    /** @type {((event: {data: string}) => void) | null} */ this.onmessage = null;
    /** @type {(() => void) | null} */ this.onerror = null;
    /** @type {((event: {code: number, reason: string}) => void) | null} */ this.onclose = null;
    /** @private @type {any} */ this._socket = null;
    /** @private @type {'connecting' | 'open' | 'closing' | 'closed'} */ this._state = 'connecting';
    /** @private */ this._reader = new FrameReader({
      text: (data) => { if (this._state === 'open') this.onmessage?.({ data }); },
      ping: (payload) => { if (this._state === 'open') this._write(opcodes.pong, payload); },
      close: (code, reason) => {
        this.close(code === 1005 ? 1000 : code);
        this._closed(code, reason);
      },
    });
    const key = randomBytes(16).toString('base64');
    const get = /^wss/i.test(url) ? getSecure : getPlain;
    /** @private */ this._request = get(new URL(url.replace(/^ws/i, 'http')), {
      agent: false, headers: {
        Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Key': key,
        'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Protocol': protocol,
      },
    });
    this._request.on('upgrade', (response, socket, head) => {
      const accept = createHash('sha1').update(key + acceptGUID).digest('base64');
      const { headers } = response;
      this._upgraded(socket, head, headers['sec-websocket-accept'] === accept
        && headers['sec-websocket-protocol'] === protocol && !headers['sec-websocket-extensions']);
    });
    this._request.on('response', (response) => this._refused(response));
    this._request.on('error', () => this._closed(1006, ''));
  }

  /**
   * @private
   * @param {any} socket
   * @param {Buffer} head What came with the answer.
   * @param {boolean} fits Whether it is what was asked for.
   */
  _upgraded(socket, head, fits) {
    this._socket = socket;
    socket.on('error', () => {});
    socket.on('close', () => this._closed(1006, ''));
    if (!fits || this._state !== 'connecting') {
      socket.destroy();
      return;
    }
    this._state = 'open';
    socket.setNoDelay(true);
    socket.on('data', (/** @type {Buffer} */ chunk) => this._read(chunk));
    socket.on('end', () => socket.end());
    this.onopen?.();
    this._read(head);
  }

  /**
   * @private
   * @param {any} response An answer that is no upgrade.
   */
  _refused(response) {
    let body = '';
    response.setEncoding('utf8');
    response.on('data', (/** @type {string} */ text) => { body = (body + text).slice(0, 200); });
    response.on('close', () => {
      const reason = refusalReason(response.statusCode, response.headers['retry-after'], body);
      this._closed(reason === null ? 1006 : 1013, reason ?? body.trim());
    });
  }

  /**
   * @private
   * @param {Buffer} chunk
   */
  _read(chunk) {
    if (this._state === 'closed') return;
    try {
      this._reader.read(chunk);
    } catch (error) {
      if (!(error instanceof FrameViolation)) throw error;
      this.close(error.code, error.message);
      this._closed(error.code, error.message);
    }
  }

  /** @param {string} text */
  send(text) {
    if (this._state !== 'open') throw new Error('The socket is not open.');
    this._write(opcodes.text, Buffer.from(text));
  }

  /**
   * @param {number} [code]
   * @param {string} [reason]
   */
  close(code = 1000, reason = '') {
    if (this._state === 'connecting') {
      this._request.destroy();
      this._closed(1006, '');
    }
    if (this._state !== 'open') return;
    this._state = 'closing';
    const payload = Buffer.alloc(2 + Buffer.byteLength(reason));
    payload.writeUInt16BE(code, 0);
    payload.write(reason, 2);
    this._write(opcodes.close, payload);
    this._socket.end();
    this._socket.setTimeout(closeTimeoutMs, () => this._socket.destroy());
  }

  /**
   * @private
   * @param {number} code
   * @param {string} reason
   */
  _closed(code, reason) {
    if (this._state === 'closed') return;
    this._state = 'closed';
    this.onclose?.({ code, reason });
  }

  /**
   * Sends one masked frame (RFC 6455 section 5.3).
   * @private
   * @param {number} opcode
   * @param {Uint8Array} payload
   */
  _write(opcode, payload) {
    const { length } = payload;
    const head = Buffer.alloc(length < 126 ? 2 : length < 65536 ? 4 : 10);
    head[0] = 0x80 | opcode;
    head[1] = 0x80 | (length < 126 ? length : length < 65536 ? 126 : 127);
    if (head.length === 4) head.writeUInt16BE(length, 2);
    if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
    const mask = randomBytes(4);
    const masked = Buffer.from(payload);
    for (let i = 0; i < length; i += 1) masked[i] ^= mask[i & 3];
    this._socket.write(Buffer.concat([head, mask, masked]));
  }
}
