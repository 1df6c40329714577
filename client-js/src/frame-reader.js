/** A fault in the bytes of a peer, with the code to close with (RFC 6455 section 7.4.1). */
export class FrameViolation extends Error {
  /**
   * @param {number} code
   * @param {string} reason
   */
  constructor(code, reason) {
    super(reason);
    this.code = code;
  }
}

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 };

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
  constructor(on, { messageByteCountMax = 4 << 20, fragmentCountMax = 1024 } = {}) {
    /** @private */ this._on = on;
    /** @private */ this._messageByteCountMax = messageByteCountMax;
    /** @private */ this._fragmentCountMax = fragmentCountMax;
    /** @private @type {any[]} Bytes that don't make a frame yet. */ this._chunks = [];
    /** @private */ this._byteCount = 0;
    /** @private How many bytes the frame that begins takes, as far as is known. */ this._needed = 2;
    /** @private */ this._fragmentCount = 0;
    /** @private */ this._messageByteCount = 0;
    /** @private */ this._text = '';
    /** @private */ this._decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    /** Whether a close frame has come. */
    this.isClosed = false;
  }

  /**
   * Takes in bytes.
   * @param {Uint8Array} chunk A Buffer.
   * @throws {FrameViolation}
   */
  read(chunk) {
    this._chunks.push(chunk);
    this._byteCount += chunk.length;
    while (this._byteCount >= this._needed && !this.isClosed) this._readFrame();
  }

  /** @private Reads one frame, or finds out how many bytes it takes. */
  _readFrame() {
    /** @type {Buffer} */
    const bytes = this._chunks.length === 1 ? this._chunks[0] : Buffer.concat(this._chunks);
    this._chunks = [bytes];
    const [first, second] = bytes;
    const opcode = first & 0x0f;
    const isLast = (first & 0x80) !== 0;
    if ((first & 0x70) !== 0) throw new FrameViolation(1002, 'A reserved bit was set.');
    if ((second & 0x80) !== 0) throw new FrameViolation(1002, 'A server masks nothing.');
    const short = second & 0x7f;
    if (opcode >= opcodes.close && (!isLast || short > 125)) {
      throw new FrameViolation(1002, 'A control frame was too long or not whole.');
    }
    const headSize = short < 126 ? 2 : short === 126 ? 4 : 10;
    this._needed = headSize;
    if (bytes.length < headSize) return;
    const length = short < 126 ? short
      : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
    if (headSize > 2 && length < (headSize === 4 ? 126 : 65536)) {
      throw new FrameViolation(1002, 'A length was longer than it must be.');
    }
    if (length >= 2 ** 63) throw new FrameViolation(1002, 'A length was out of range.');
    const before = opcode < opcodes.close ? this._messageByteCount : 0;
    if (before + length > this._messageByteCountMax) throw new FrameViolation(1009, 'A message was too long.');
    this._needed += length;
    if (bytes.length < this._needed) return;
    const payload = bytes.subarray(headSize, this._needed);
    this._chunks = [bytes.subarray(this._needed)];
    this._byteCount -= this._needed;
    this._needed = 2;
    this._take(isLast, opcode, payload);
  }

  /**
   * @private
   * @param {boolean} isLast
   * @param {number} opcode
   * @param {Buffer} payload
   */
  _take(isLast, opcode, payload) {
    switch (opcode) {
      case opcodes.continuation:
      case opcodes.text: return this._takeFragment(isLast, opcode, payload);
      case opcodes.binary: throw new FrameViolation(1003, 'A binary message came; this protocol is text.');
      case opcodes.ping: return this._on.ping(payload);
      case opcodes.pong: return undefined;
      case opcodes.close: return this._takeClose(payload);
      default: throw new FrameViolation(1002, 'A frame was of an unknown kind.');
    }
  }

  /**
   * @private
   * @param {boolean} isLast
   * @param {number} opcode
   * @param {Buffer} payload
   */
  _takeFragment(isLast, opcode, payload) {
    if ((opcode === opcodes.text) !== (this._fragmentCount === 0)) {
      throw new FrameViolation(1002, 'A fragment came out of place.');
    }
    this._fragmentCount += 1;
    if (this._fragmentCount > this._fragmentCountMax) throw new FrameViolation(1008, 'Too many fragments came.');
    this._messageByteCount += payload.length;
    this._text += this._decode(payload, !isLast);
    if (!isLast) return;
    const text = this._text;
    this._text = '';
    this._fragmentCount = 0;
    this._messageByteCount = 0;
    this._on.text(text);
  }

  /**
   * @private
   * @param {Buffer} payload
   */
  _takeClose(payload) {
    if (payload.length === 1) throw new FrameViolation(1002, 'A close code was cut.');
    const code = payload.length === 0 ? 1005 : payload.readUInt16BE(0);
    const isDefined = (code >= 1000 && code <= 1014 && code !== 1004 && code !== 1006)
      || (code >= 3000 && code <= 4999);
    if (!isDefined || (code === 1005 && payload.length > 0)) {
      throw new FrameViolation(1002, 'A close code was none.');
    }
    // The message that it interrupts, if there is one, is dropped.
    this._decoder = new TextDecoder('utf-8', { fatal: true });
    const reason = this._decode(payload.subarray(2), false);
    this.isClosed = true;
    this._on.close(code, reason);
  }

  /**
   * @private
   * @param {Buffer} bytes
   * @param {boolean} stream Whether a character may go on in the next bytes.
   */
  _decode(bytes, stream) {
    try {
      return this._decoder.decode(bytes, { stream });
    } catch {
      throw new FrameViolation(1007, 'A text was not UTF-8.');
    }
  }
}
