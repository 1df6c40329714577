import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { FrameReader, FrameViolation } from '../src/frame-reader.js';

const { vectors } = JSON.parse(readFileSync(new URL('../../protocol/vectors/frames.json', import.meta.url), 'utf8'));

/** What a client's frames would be if a server had sent them: without masks. Null if they end in a frame. */
function unmasked(bytes) {
  const parts = [];
  for (let at = 0; at < bytes.length;) {
    const short = bytes[at + 1] & 0x7f;
    const headSize = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (bytes.length < at + headSize + 4) return null;
    const length = short < 126 ? short
      : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
    const head = Buffer.from(bytes.subarray(at, at + headSize));
    head[1] &= 0x7f;
    const mask = bytes.subarray(at + headSize, at + headSize + 4);
    const payload = Buffer.from(bytes.subarray(at + headSize + 4, at + headSize + 4 + length));
    for (let i = 0; i < payload.length; i += 1) payload[i] ^= mask[i & 3];
    parts.push(head, payload);
    at += headSize + 4 + length;
    if (at > bytes.length) return null;
  }
  return Buffer.concat(parts);
}

/** The events and the close code of the violation that come of bytes, cut into chunks. */
function reading(chunks, limits) {
  const events = [];
  const reader = new FrameReader({
    text: (data) => events.push({ type: 'text', payload: Buffer.from(data).toString('hex') }),
    ping: (payload) => events.push({ type: 'ping', payload: Buffer.from(payload).toString('hex') }),
    close: (code, reason) => events.push({ type: 'close', code, reason: Buffer.from(reason).toString('hex') }),
  }, limits);
  try {
    for (const chunk of chunks) reader.read(chunk);
  } catch (error) {
    if (!(error instanceof FrameViolation)) throw error;
    return { events, violation: error.code };
  }
  return { events, violation: null };
}

/** What a client makes of a vector: no binary messages, and no need to see pongs. */
function expected({ events, violation }) {
  const binary = events.findIndex((event) => event.type === 'binary');
  const seen = binary < 0 ? events : events.slice(0, binary);
  return {
    events: seen.filter((event) => event.type !== 'pong')
      .map((event) => (event.type === 'close' ? { ...event, code: event.code ?? 1005, reason: event.reason ?? '' } : event)),
    violation: binary < 0 ? violation?.closeCode ?? null : 1003,
  };
}

let count = 0;
for (const vector of vectors) {
  // Not a client's: masks, extensions that it never offers, binary fragments, failing within a frame.
  const isServers = vector.deflate || /unmasked from a client|fail fast inside a frame|binary inside text|too many fragments/.test(vector.name);
  const given = Buffer.from(vector.bytes, 'hex');
  const bytes = isServers ? null : vector.endpoint === 'client' ? given : unmasked(given);
  if (!bytes) continue;
  count += 1;
  test(`frames: ${vector.name}`, () => {
    const wanted = expected(vector);
    assert.deepEqual(reading([bytes], vector.limits), wanted);
    assert.deepEqual(reading([...bytes].map((byte) => Buffer.of(byte)), vector.limits), wanted);
    for (let at = 1; at < Math.min(bytes.length, 600); at += 1) {
      assert.deepEqual(reading([bytes.subarray(0, at), bytes.subarray(at)], vector.limits), wanted, `cut at ${at}`);
    }
  });
}

test('most vectors are a client\u2019s too', () => {
  assert.ok(count > 120, String(count));
});

test('what comes after a close frame is not read', () => {
  const { events } = reading([Buffer.from('880203e8', 'hex'), Buffer.from('8101ff', 'hex')]);
  assert.deepEqual(events, [{ type: 'close', code: 1000, reason: '' }]);
});
