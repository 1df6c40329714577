/** What the browser keeps between visits; a browser that keeps nothing still plays. */

/**
 * What could not be kept lives as long as the page.
 * @type {Map<string, string>}
 */
const unkept = new Map();

/**
 * @param {() => Storage} store Reaching for it may throw already.
 * @param {string} name
 * @param {string | null} [value] Kept if given, forgotten if null.
 * @returns {string}
 */
function word(store, name, value) {
  const key = `neuronarena.${name}`;
  if (value === null) unkept.delete(key);
  try {
    if (value === null) store().removeItem(key);
    else if (value !== undefined) store().setItem(key, value);
    return store().getItem(key) ?? unkept.get(key) ?? '';
  } catch {
    // Private mode, or full.
    if (typeof value === 'string') unkept.set(key, value);
    return unkept.get(key) ?? '';
  }
}

/**
 * A word kept in this browser.
 * @param {string} name
 * @param {string | null} [value] Kept if given, forgotten if null.
 */
export function kept(name, value) {
  return word(() => localStorage, name, value);
}

/**
 * A word kept for this tab: a draft, a moderator's token.
 * @param {string} name
 * @param {string | null} [value] Kept if given, forgotten if null.
 */
export function tabWord(name, value) {
  return word(() => sessionStorage, name, value);
}

/** @type {import('../src/options.js').Credentials | null} */
let remembered = null;

/** @returns {import('../src/options.js').Credentials | null} */
function stored() {
  try {
    const { id, secret } = JSON.parse(kept('player') || 'null') ?? {};
    return typeof id === 'string' && typeof secret === 'string' ? { id, secret } : null;
  } catch {
    return null;
  }
}

/** @type {import('../src/options.js').IdentityStore & {forget: () => void}} */
export const identity = {
  load() {
    remembered ??= stored();
    return remembered;
  },
  save(credentials) {
    remembered = credentials;
    kept('player', JSON.stringify(credentials));
  },
  /** Forgets who this tab speaks for; whom another tab has found meanwhile is taken up instead. */
  forget() {
    const isStored = stored()?.secret === remembered?.secret;
    remembered = null;
    if (isStored) kept('player', null);
  },
};

/** The first minute: shown to whoever is here for the first time, until it was played or skipped. */
export const welcome = {
  /** Looks, before the first connection makes a player, whether there was one. */
  arrive() {
    if (kept('welcome') === '') kept('welcome', identity.load() ? 'done' : 'due');
  },
  isDue() {
    return kept('welcome') === 'due';
  },
  /** @param {boolean} isDue */
  set(isDue) {
    kept('welcome', isDue ? 'due' : 'done');
  },
};
