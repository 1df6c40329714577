import { readSettings } from './logic/settings.js';
import { kept } from './storage.js';

/** The settings of this browser: kept, applied to the page, and the same in all its tabs. */

let settings = readSettings(kept('settings'));

/** @returns {Readonly<import('./logic/settings.js').Settings>} */
export function currentSettings() {
  return settings;
}

/** @param {Partial<import('./logic/settings.js').Settings>} change */
export function changeSettings(change) {
  settings = readSettings(kept('settings', JSON.stringify({ ...settings, ...change })));
  applySettings();
}

/** Shows the page as it is set. */
export function applySettings() {
  const root = document.documentElement;
  if (settings.theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = settings.theme;
  if (settings.motion === 'less') root.dataset.motion = 'less';
  else delete root.dataset.motion;
  // The frame that a phone draws around the page follows the theme.
  const paper = getComputedStyle(root).backgroundColor;
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) meta.setAttribute('content', paper);
}

/** Follows changes from the system and from other tabs. */
export function watchSettings() {
  applySettings();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', applySettings);
  addEventListener('storage', (event) => {
    if (event.key !== 'neuronarena.settings') return;
    settings = readSettings(event.newValue);
    applySettings();
  });
}
