import assert from 'node:assert/strict';
import { test } from 'node:test';
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
  assert.equal(closeAdvice(1012, 'restart').spreadMs, 2000);
});
