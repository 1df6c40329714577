import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';

/** A browser's store; one that is full or forbidden throws. */
class Store {
  constructor({ isBroken = false } = {}) {
    this.isBroken = isBroken;
    /** @type {Map<string, string>} */ this.words = new Map();
  }

  /** @param {string} key */
  getItem(key) {
    if (this.isBroken) throw new Error('forbidden');
    return this.words.get(key) ?? null;
  }

  /** @param {string} key @param {string} value */
  setItem(key, value) {
    if (this.isBroken) throw new Error('full');
    this.words.set(key, value);
  }

  /** @param {string} key */
  removeItem(key) {
    if (this.isBroken) throw new Error('forbidden');
    this.words.delete(key);
  }
}

let visits = 0;

/** A page that is opened anew, in a browser with this store. @param {Store | null} store */
async function visit(store) {
  if (store) Object.assign(globalThis, { localStorage: store, sessionStorage: store });
  visits += 1;
  return import(`../web/storage.js?visit=${visits}`);
}

afterEach(() => {
  for (const name of ['localStorage', 'sessionStorage']) delete (/** @type {any} */ (globalThis))[name];
});

test('the first minute is due once, and not for who has played before', async () => {
  const store = new Store();
  const first = await visit(store);
  first.welcome.arrive();
  assert.equal(first.welcome.isDue(), true);
  // The connection makes a player at once; a reload before the first round changes nothing.
  first.identity.save({ id: 'p_1', secret: 's' });
  const again = await visit(store);
  again.welcome.arrive();
  assert.equal(again.welcome.isDue(), true);
  again.welcome.set(false);
  const later = await visit(store);
  later.welcome.arrive();
  assert.equal(later.welcome.isDue(), false);

  const old = new Store();
  old.setItem('neuronarena.player', JSON.stringify({ id: 'p_2', secret: 's' }));
  const known = await visit(old);
  known.welcome.arrive();
  assert.equal(known.welcome.isDue(), false);
});

test('a browser that keeps nothing plays as long as the page lives', async () => {
  for (const store of [new Store({ isBroken: true }), null]) {
    const page = await visit(store);
    page.welcome.arrive();
    assert.equal(page.welcome.isDue(), true);
    page.welcome.set(false);
    assert.equal(page.welcome.isDue(), false);
    page.identity.save({ id: 'p_1', secret: 's' });
    assert.deepEqual(page.identity.load(), { id: 'p_1', secret: 's' });
    page.identity.forget();
    assert.equal(page.identity.load(), null);
    assert.equal(page.tabWord('draft', 'rain'), 'rain');
    assert.equal(page.tabWord('draft', null), '');
  }
});

test('a player that was kept badly is none', async () => {
  for (const text of ['{', 'null', '7', '{"id":1,"secret":"s"}', '{"id":"p_1"}', '[]']) {
    const store = new Store();
    store.setItem('neuronarena.player', text);
    assert.equal((await visit(store)).identity.load(), null, text);
  }
});

test('a tab that forgets its player leaves alone whom another tab has found', async () => {
  const store = new Store();
  const one = await visit(store);
  one.identity.save({ id: 'p_1', secret: 'old' });
  store.setItem('neuronarena.player', JSON.stringify({ id: 'p_2', secret: 'new' }));
  one.identity.forget();
  assert.deepEqual(one.identity.load(), { id: 'p_2', secret: 'new' });
});
