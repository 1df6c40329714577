import { switchRow } from './switch-row.js';

/**
 * The choice whether to be shown texts that are marked as explicit; kept with the player, hidden by default.
 * @param {import('../app.js').App} app
 * @returns {{element: HTMLElement, stop: () => void}}
 */
export function explicitChoice(app) {
  return choice(app, 'explicit', 'Show explicit texts', 'Texts about sex or violence are hidden, and the next one is shown in place of each. In a duel it needs both of you.',
    (player) => player.showExplicit === true, (showExplicit) => ({ showExplicit }));
}

/**
 * The choice whether explanations are held back in solo play until one's own guess; on by default.
 * @param {import('../app.js').App} app
 */
export function heldChoice(app) {
  return choice(app, 'held', 'Guess first', 'In solo play you see what others say after your own guess, so that it doesn\u2019t lead you.',
    (player) => player.hideExplanations !== false, (hideExplanations) => ({ showExplicit: app.player?.showExplicit === true, hideExplanations }));
}

/**
 * @param {import('../app.js').App} app
 * @param {string} id
 * @param {string} title
 * @param {string} explained
 * @param {(player: any) => boolean} isOn
 * @param {(isOn: boolean) => any} settings
 */
function choice(app, id, title, explained, isOn, settings) {
  const row = switchRow(title, explained, {
    id, isOn: false, change: async (wished) => {
      await app.wish('settings.set', settings(wished));
      draw();
    },
  });
  const draw = () => row.set(Boolean(app.player) && isOn(app.player), Boolean(app.player));
  draw();
  return { element: row.element, stop: app.on('player', draw) };
}
