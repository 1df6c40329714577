/**
 * What a player has set for this browser.
 *
 * @typedef {{theme: 'system' | 'light' | 'dark', motion: 'system' | 'less', sound: boolean, vibration: boolean}} Settings
 */

/** @type {Readonly<Settings>} */
export const defaultSettings = Object.freeze({ theme: 'system', motion: 'system', sound: false, vibration: false });

const choices = { theme: ['system', 'light', 'dark'], motion: ['system', 'less'], sound: [true, false], vibration: [true, false] };

/**
 * Settings as they were kept; what is missing or makes no sense is as by default.
 * @param {string | null | undefined} text
 * @returns {Settings}
 */
export function readSettings(text) {
  /** @type {any} */ let kept = null;
  try {
    kept = JSON.parse(text || 'null');
  } catch {
    kept = null;
  }
  /** @type {any} */ const settings = { ...defaultSettings };
  for (const [name, allowed] of Object.entries(choices)) {
    const value = kept !== null && typeof kept === 'object' && Object.hasOwn(kept, name) ? kept[name] : undefined;
    if (/** @type {any[]} */ (allowed).includes(value)) settings[name] = value;
  }
  return settings;
}
