/** @typedef {import('./logic/territories.js').Territories} Territories */

/** @type {Promise<Territories | null> | null} */ let asked = null;

/** Names of territories, read once; null where they can't be had, and then codes have to do. */
export function territories() {
  asked ??= fetch('/web/data/territories.json').then((reply) => reply.json()).catch(() => { asked = null; return null; });
  return asked;
}
