/** What the browser keeps between visits; a browser that keeps nothing still plays. */

const key = 'neuronarena.player';
/** @type {import('../src/options.js').Credentials | null} */
let remembered = null;

/** @type {import('../src/options.js').IdentityStore & {forget: () => void}} */
export const identity = {
  load() {
    if (remembered) return remembered;
    try {
      const { id, secret } = JSON.parse(localStorage.getItem(key) ?? 'null') ?? {};
      if (typeof id === 'string' && typeof secret === 'string') remembered = { id, secret };
    } catch {
      remembered = null;
    }
    return remembered;
  },
  save(credentials) {
    remembered = credentials;
    try {
      localStorage.setItem(key, JSON.stringify(credentials));
    } catch {
      // Private mode or full: the guest lives as long as the tab.
    }
  },
  forget() {
    remembered = null;
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing was kept.
    }
  },
};

/**
 * A word kept for this tab: a draft, a moderator's token.
 * @param {string} name
 * @param {string | null} [value] Kept if given, forgotten if null.
 * @returns {string}
 */
export function tabWord(name, value) {
  try {
    if (value === null) sessionStorage.removeItem(`neuronarena.${name}`);
    else if (value !== undefined) sessionStorage.setItem(`neuronarena.${name}`, value);
    return sessionStorage.getItem(`neuronarena.${name}`) ?? '';
  } catch {
    return value ?? '';
  }
}
