import { fill, h } from '../dom.js';
import { heatLevel } from '../logic/heat.js';
import { welcome } from '../storage.js';
import { moveDots, startCoach } from './coach.js';
import { sample } from './try-one.js';

/** How long the touched word may shine before the duel comes, in milliseconds. */
const shineMs = 700;

/**
 * The first minute of a guest: a word to touch, then a duel against a bot, guided. No form, no menu.
 * @type {import('../main.js').Screen}
 */
export function showFirst(main, app) {
  const dots = moveDots();
  dots.set(1);
  const told = h('p', { class: 'told', role: 'status' }, 'The stronger the glow, the harder the neuron fires.');
  let isHere = true;
  let isOn = false;

  const begin = async (/** @type {HTMLElement} */ word) => {
    if (isOn) return;
    isOn = true;
    word.classList.add('found');
    fill(told, 'Yes: ', h('b', null, word.textContent?.trim() ?? ''), '. A bot is coming to play\u2026');
    const [duel] = await Promise.all([firstDuel(app), new Promise((resolve) => { setTimeout(resolve, shineMs); })]);
    if (!isHere) return;
    if (!duel) {
      isOn = false;
      fill(told, 'No bot could come just now. Touch the word again, or go to the lobby.');
      return;
    }
    welcome.set(false);
    startCoach(duel);
    app.go(`#/duel/${duel}`);
  };
  const skip = () => {
    welcome.set(false);
    app.go('#/');
  };
  const line = /** @type {typeof sample.lines[number]} */ (sample.lines[1]);
  const words = line.tokens.map((token, i) => {
    const level = heatLevel(line.activations[i] ?? 0, sample.scale);
    const isPeak = i === line.peak;
    const word = h('button', { class: `t ${level > 0 ? `h${level}` : ''}${isPeak ? ' peak' : ''}`, on: { click: () => {
      if (isPeak) begin(word);
      else if (!isOn) fill(told, h('b', null, token.trim()), ' leaves it nearly cold. One word glows much more.');
    } } }, token.trim());
    return /^[\p{L}\p{N}]/u.test(token.trim()) ? [i === 0 ? '' : ' ', word] : token;
  });
  main.append(h('section', { class: 'first-minute' },
    h('div', { class: 'row apart' }, dots.element, h('button', { class: 'button plain', id: 'skip-first', on: { click: skip } }, 'Skip, to the lobby')),
    h('h1', null, 'Touch the word that glows most.'),
    h('p', { class: 'lead' }, 'Inside an AI that writes are thousands of tiny parts, called neurons. Each lights up on certain words. Here is one, reading.'),
    h('p', { class: 'card heat first-line', role: 'group', 'aria-label': 'A text with its glow' }, words.flat()), told));
  return () => { isHere = false; };
}

/**
 * A duel against a bot; the one that runs already, if there is one.
 * @param {import('../app.js').App} app
 * @returns {Promise<string | null>}
 */
async function firstDuel(app) {
  try {
    return (await app.client.command('queue.acceptBot', { format: 'pick' })).duel;
  } catch (error) {
    const { code, reason } = /** @type {any} */ (error);
    if (code === 'already_in_duel' && app.activeDuel) return app.activeDuel;
    app.say(reason);
    return null;
  }
}
