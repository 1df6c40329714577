import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusalReason } from '../src/errors.js';
import { Backoff, closeAdvice } from '../src/index.js';

test('the wait is spread over all of the interval', () => {
  assert.equal(new Backoff({ random: () => 0 }).next(), 0);
  const backoff = new Backoff({ baseMs: 100, capMs: 800, random: () => 1 });
  assert.deepEqual([1, 2, 3, 4, 5, 6].map(() => backoff.next()), [100, 200, 400, 800, 800, 800]);
  backoff.reset();
  assert.equal(backoff.next(), 100);
});

test('a hint is a floor and its spread is added', () => {
  assert.equal(new Backoff({ random: () => 0 }).next({ afterMs: 5000, spreadMs: 3000 }), 5000);
  assert.equal(new Backoff({ random: () => 1 }).next({ afterMs: 5000, spreadMs: 3000 }), 8000);
});

test('thousands of failures do not overflow the exponent', () => {
  const backoff = new Backoff({ random: () => 1 });
  for (let i = 0; i < 5000; i += 1) assert.ok(backoff.next() <= 15000);
});

test('close codes say whether to come back', () => {
  assert.equal(closeAdvice(4499, '').retry, true);
  assert.equal(closeAdvice(4500, '').retry, false);
  assert.equal(closeAdvice(1006, '').retry, true);
  assert.deepEqual(closeAdvice(1012, 'restart; retry in 250 ms'),
    { retry: true, afterMs: 250, spreadMs: 0 });
  assert.deepEqual(closeAdvice(1012, 'restart'), { retry: true, afterMs: 0, spreadMs: 5000 });
  assert.deepEqual(closeAdvice(1013, ''), { retry: true, afterMs: 5000, spreadMs: 5000 });
  assert.deepEqual(closeAdvice(4029, ''), { retry: true, afterMs: 30000, spreadMs: 0 });
  // A hint belongs to a close that may be retried, and only as it is written.
  assert.equal(closeAdvice(4500, 'retry in 5 ms').retry, false);
  for (const reason of ['retry in -5 ms', 'retry in 5', 'retry in 99999999 ms', 'retry in x ms']) {
    assert.equal(closeAdvice(1006, reason).afterMs, null, reason);
  }
});

test('an HTTP refusal for now becomes a close reason with its Retry-After', () => {
  const wait = (status, field) => {
    const reason = refusalReason(status, field, 'Full.');
    return reason === null ? null : closeAdvice(1013, reason).afterMs;
  };
  assert.equal(wait(503, '7'), 7000);
  assert.equal(wait(429, '0'), 0);
  assert.equal(wait(503, '999999999'), 3_600_000);
  assert.equal(wait(503, 'Thu, 01 Jan 1970 00:00:00 GMT'), 0);
  const inAMinute = wait(503, new Date(Date.now() + 60_000).toUTCString());
  assert.ok(inAMinute > 55_000 && inAMinute <= 60_000, String(inAMinute));
  // What can't be read counts as not said: the advice of 1013 holds.
  for (const field of [null, '', 'soon', '-1', '1e3', '5 s']) assert.equal(wait(503, field), 5000, String(field));
  for (const status of [200, 403, 426, 500, 502]) assert.equal(wait(status, '7'), null);
  assert.equal(refusalReason(503, null, ''), 'The server is busy.');
  assert.ok(refusalReason(503, '1', 'x'.repeat(9999)).length < 130);
});
