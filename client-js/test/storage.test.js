import assert from 'node:assert/strict';
import { test } from 'node:test';

/** A browser's storage, and a tab: the module as it is loaded anew. */
function browser(t, { isFull = false } = {}) {
  const kept = new Map();
  const own = Object.getOwnPropertyDescriptor(globalThis, 'localStorage');
  const value = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => {
      if (isFull) throw new DOMException('Full.', 'QuotaExceededError');
      kept.set(key, text);
    },
    removeItem: (key) => void kept.delete(key),
  };
  Object.defineProperty(globalThis, 'localStorage', { value, configurable: true });
  t.after(() => (own ? Object.defineProperty(globalThis, 'localStorage', own) : delete globalThis.localStorage));
  let count = 0;
  const tab = async () => {
    count += 1;
    return (await import(`../web/storage.js?${t.name.length}-${count}`)).identity;
  };
  return { kept, tab };
}

const [ada, bob] = [{ id: 'p_ada', secret: 'a' }, { id: 'p_bob', secret: 'b' }];

test('tabs and later visits have the player that was kept', async (t) => {
  const { tab } = browser(t);
  const first = await tab();
  assert.equal(first.load(), null);
  first.save(ada);
  assert.deepEqual((await tab()).load(), ada);
});

test('a tab forgets whom it speaks for, not whom another tab has found meanwhile', async (t) => {
  const { tab } = browser(t);
  const [one, two] = [await tab(), await tab()];
  one.save(ada);
  assert.deepEqual(two.load(), ada);
  one.forget();
  assert.equal(one.load(), null);
  one.save(bob);
  two.forget();
  assert.deepEqual(two.load(), bob);
  assert.deepEqual(one.load(), bob);
});

test('what is not a player is nobody, and a full browser still plays', async (t) => {
  const { kept, tab } = browser(t, { isFull: true });
  for (const text of ['', '{', '7', 'null', '[]', '{"id":1,"secret":"x"}', '{"id":"x"}']) {
    kept.set('neuronarena.player', text);
    assert.equal((await tab()).load(), null, text);
  }
  const full = await tab();
  full.save(ada);
  assert.deepEqual(full.load(), ada);
});
